/** What can be done with evaluators; both spellings of the API stand on these. */
import { notFound, toCursor, toPageMeta } from '#base';
import type { CursorPage, Scope } from '#base';
import type { EvaluatorRow } from '#store';
import type { Evaluator, EvaluatorDefinition, EvaluatorVersion } from '@coaia/client';
import type { CurationPorts } from '../ports.ts';
import { listVariables, requireMapping } from './definition.ts';
import { evaluatorFailures } from './errors.ts';
import {
  parseAssignments,
  toDefinition,
  toEvaluator,
  toEvaluatorVersion,
  toUnstableDefinition,
  toUnstableEvaluator,
} from './evaluator.ts';
import {
  addEvaluator,
  addVersion,
  toEvaluatorRow,
  toRows,
  toVersionParts,
} from './evaluator-rows.ts';
import { parsePlace, toPlaceMeta } from './places.ts';
import { requireRunnable } from './preflight.ts';
import type { CursorQuery, EvaluatorBody, EvaluatorPatch } from './schema.ts';
import {
  readAllRules,
  readEvaluator,
  readEvaluatorByName,
  readEvaluatorCount,
  readEvaluatorPage,
  readEvaluatorsAfter,
  readVersions,
} from './storage.ts';
import type { PageQuery, UnstableEvaluatorBody } from './unstable-schema.ts';

/** Makes an evaluator with version 1; names may repeat. Fails with COAIA-2252 to 2254. */
export async function createEvaluator(
  { db, clock }: CurationPorts,
  { projectId }: Scope,
  body: EvaluatorBody,
): Promise<Evaluator> {
  const definition = toDefinition(body) as EvaluatorDefinition;
  requireOwnMapping(definition);
  const rows = toRows(projectId, body.name, { definition, now: clock() });
  rows.evaluator.description = body.description ?? null;
  await db.write((tx) => addEvaluator(tx, rows));
  return toEvaluator({ ...rows.evaluator, ...toVersionParts(rows.version) }, []);
}

/**
 * Makes an evaluator, or the next version of the one of this name. Fails with COAIA-2250 when it could not run,
 * and COAIA-2258 when the one of that name is of the other type.
 */
export async function createUnstableEvaluator(
  { db, clock }: CurationPorts,
  { projectId }: Scope,
  body: UnstableEvaluatorBody,
) {
  const definition = toUnstableDefinition(body);
  requireOwnMapping(definition);
  await requireRunnable(db, projectId, { name: body.name, definition });
  const fresh = toRows(projectId, body.name, { definition, now: clock() });
  const id = await db.write(async (tx) => {
    await tx.lock([`evaluators:${projectId}`]);
    const known = await readEvaluatorByName(tx, projectId, { name: body.name });
    if (known === undefined) {
      await addEvaluator(tx, fresh);
      return fresh.evaluator.id;
    }
    requireSameType(known.type, definition.type);
    await addVersion(tx, known, definition, clock());
    return known.id;
  });
  return getUnstableEvaluator({ db, clock }, { projectId } as Scope, id);
}

/** Changes names, or adds a version. Fails with COAIA-0003, 2252 to 2254 and 2258. */
export async function updateEvaluator(
  ports: CurationPorts,
  scope: Scope,
  id: string,
  patch: EvaluatorPatch,
): Promise<Evaluator> {
  const { db, clock } = ports;
  const definition = toDefinition(patch);
  if (definition !== undefined) requireOwnMapping(definition);
  await db.write(async (tx) => {
    await tx.lock([`evaluators:${scope.projectId}`]);
    const known = await readEvaluator(tx, scope.projectId, id);
    if (known === undefined) throw notFound('Evaluator', id);
    if (definition !== undefined) requireSameType(known.type, definition.type);
    const named = {
      ...known,
      name: patch.name ?? known.name,
      description: patch.description === undefined ? known.description : patch.description,
    };
    if (definition === undefined) await tx.upsert('evaluators', [toEvaluatorRow(named, clock())]);
    else await addVersion(tx, named, definition, clock());
  });
  return getEvaluator(ports, scope, id);
}

/** Removes an evaluator with its versions and takes it out of every rule; scores stay. Fails with COAIA-0003. */
export async function deleteEvaluator(
  { db, clock }: CurationPorts,
  { projectId }: Scope,
  id: string,
): Promise<{ readonly id: string }> {
  await db.write(async (tx) => {
    await tx.lock([`evaluators:${projectId}`, `evaluation-rules:${projectId}`]);
    const values = [projectId, id];
    const count = await tx.run('DELETE FROM evaluators WHERE project_id = ? AND id = ?', values);
    if (count === 0) throw notFound('Evaluator', id);
    await tx.run(
      'DELETE FROM evaluator_versions WHERE project_id = ? AND evaluator_id = ?',
      values,
    );
    await tx.run(
      `DELETE FROM evaluations WHERE project_id = ? AND evaluator_id = ? AND status = 'pending'`,
      values,
    );
    for (const rule of await readAllRules(tx, projectId)) {
      const all = parseAssignments(rule);
      const kept = all.filter(({ evaluatorId }) => evaluatorId !== id);
      if (kept.length === all.length) continue;
      const isOff = kept.length === 0 ? { enabled: 0, active_since: null } : {};
      const changed = { ...rule, ...isOff, assignments: JSON.stringify(kept), updated_at: clock() };
      await tx.upsert('evaluation_rules', [changed]);
    }
  });
  return { id };
}

/** One evaluator with its newest version. Fails with COAIA-0003. */
export async function getEvaluator(
  { db }: CurationPorts,
  { projectId }: Scope,
  id: string,
): Promise<Evaluator> {
  const row = await readEvaluator(db, projectId, id);
  if (row === undefined) throw notFound('Evaluator', id);
  return toEvaluator(row, await readAllRules(db, projectId));
}

/** The same in the older form. */
export async function getUnstableEvaluator(
  { db }: CurationPorts,
  { projectId }: Scope,
  id: string,
) {
  const row = await readEvaluator(db, projectId, id);
  if (row === undefined) throw notFound('Evaluator', id);
  return toUnstableEvaluator(row, await readAllRules(db, projectId));
}

/** One page, newest first. */
export async function listEvaluators(
  { db }: CurationPorts,
  { projectId }: Scope,
  { limit, cursor }: CursorQuery,
): Promise<CursorPage<Evaluator>> {
  const after = parsePlace(cursor);
  const [rows, rules] = await Promise.all([
    readEvaluatorsAfter(db, projectId, { after, limit: limit + 1 }),
    readAllRules(db, projectId),
  ]);
  const data = rows.slice(0, limit).map((row) => toEvaluator(row, rules));
  return { data, meta: toPlaceMeta(rows, limit) };
}

/** One numbered page in the older form, newest first. */
export async function listUnstableEvaluators(
  { db }: CurationPorts,
  { projectId }: Scope,
  { page, limit }: PageQuery,
) {
  const [rows, total, rules] = await Promise.all([
    readEvaluatorPage(db, projectId, { limit, offset: (page - 1) * limit }),
    readEvaluatorCount(db, projectId),
    readAllRules(db, projectId),
  ]);
  return {
    data: rows.map((row) => toUnstableEvaluator(row, rules)),
    meta: toPageMeta(page, limit, total),
  };
}

/** Versions of an evaluator, newest first. Fails with COAIA-0003. */
export async function listEvaluatorVersions(
  { db }: CurationPorts,
  { projectId }: Scope,
  id: string,
  { limit, cursor }: CursorQuery,
): Promise<CursorPage<EvaluatorVersion>> {
  if ((await readEvaluator(db, projectId, id)) === undefined) throw notFound('Evaluator', id);
  const before = parsePlace(cursor)?.time;
  const rows = await readVersions(db, projectId, id, { before, limit: limit + 1 });
  const page = rows.slice(0, limit);
  const last = rows.length > limit ? page.at(-1) : undefined;
  const meta = last === undefined ? {} : { cursor: toCursor([1, last.version, last.id]) };
  return { data: page.map(toEvaluatorVersion), meta };
}

function requireOwnMapping(definition: EvaluatorDefinition): void {
  if (definition.type === 'code' || definition.variableMapping === null) return;
  requireMapping(definition.variableMapping, listVariables(definition), {
    field: 'variableMapping',
  });
}

function requireSameType(known: EvaluatorRow['type'], given: EvaluatorRow['type']): void {
  if (known !== given)
    throw evaluatorFailures.create(
      'COAIA-2258',
      `The evaluator is of type ${known}, which cannot change to ${given}.`,
    );
}
