/** What can be done with evaluation rules; both spellings of the API stand on these. */
import { createId, notFound, toPageMeta } from '#base';
import type { CursorPage, Scope } from '#base';
import type { Database, EvaluationRuleRow, Transaction } from '#store';
import type { EvaluationRule, EvaluationTarget, RuleAssignment, RuleFilter } from '@coaia/client';
import { evaluatorFailures } from '../evaluators/errors.ts';
import { parseAssignments } from '../evaluators/evaluator.ts';
import { parsePlace, toPlaceMeta } from '../evaluators/places.ts';
import type { CursorQuery } from '../evaluators/schema.ts';
import { readAllRules, readEvaluator } from '../evaluators/storage.ts';
import type { StoredEvaluator } from '../evaluators/evaluator.ts';
import type { PageQuery } from '../evaluators/unstable-schema.ts';
import type { CurationPorts } from '../ports.ts';
import { toAssignments } from './assignments.ts';
import { requireFilter } from './filter.ts';
import { parseFilter, toRule, toUnstableRule } from './rule.ts';
import type { RuleBody, RulePatch } from './schema.ts';
import { readRule, readRulesAfter } from './storage.ts';

/** As many rules of a project may be switched on at once. */
const MOST_ENABLED = 500;

/** What a rule is made of, checked. */
export interface RuleParts {
  readonly name: string;
  readonly target: EvaluationTarget;
  readonly isEnabled: boolean;
  readonly sampling: number;
  readonly filter: readonly RuleFilter[];
  readonly assignments: readonly RuleAssignment[];
}

/** Makes a rule. Fails with COAIA-0003 and COAIA-2250 to 2258. */
export async function createRule(
  { db, clock }: CurationPorts,
  { projectId }: Scope,
  body: RuleBody,
): Promise<EvaluationRule> {
  const { enabled: isEnabled, evaluatorAssignments: inputs, filter, name, sampling, target } = body;
  requireFilter(filter, target);
  // Whether evaluators could run is asked before anything is written: it may take starting a process.
  await toAssignments(db, projectId, inputs, { isEnabled });
  const row = await db.write(async (tx) => {
    const assignments = await toAssignments(tx, projectId, inputs, { isEnabled: false });
    const parts: RuleParts = { name, filter, sampling, isEnabled, assignments, target };
    return writeRule(tx, projectId, { parts, now: clock() });
  });
  return toRule(row);
}

/** Changes what is given. Fails like `createRule`. */
export async function updateRule(
  ports: CurationPorts,
  { projectId }: Scope,
  id: string,
  patch: RulePatch,
): Promise<EvaluationRule> {
  const row = await changeRule(ports, projectId, id, async (reader, known, isPreflight) => {
    const isEnabled = toEnabled(patch, known);
    // What was right when it was given is not asked again, unless the rule is switched on now.
    const isChecked = patch.evaluatorAssignments !== undefined || (isEnabled && !known.isEnabled);
    const inputs = patch.evaluatorAssignments ?? known.assignments;
    const assignments = isChecked
      ? await toAssignments(reader, projectId, inputs, { isEnabled: isEnabled && isPreflight })
      : known.assignments;
    if (patch.filter !== undefined) requireFilter(patch.filter, known.target);
    return {
      ...known,
      name: patch.name ?? known.name,
      sampling: patch.sampling ?? known.sampling,
      filter: patch.filter ?? known.filter,
      isEnabled,
      assignments,
    };
  });
  return toRule(row);
}

/** As it is said; without an evaluator a rule goes off by itself. */
function toEnabled({ enabled, evaluatorAssignments }: RulePatch, known: RuleParts): boolean {
  return enabled ?? (known.isEnabled && evaluatorAssignments?.length !== 0);
}

/**
 * The rule as it shall be. Called twice: before anything is written, when it also asks whether evaluators could
 * run, and then with nobody in between reading and writing.
 */
type Change = (
  reader: Pick<Transaction, 'read'>,
  known: RuleParts,
  isPreflight: boolean,
) => Promise<RuleParts>;

/** Reads, changes and writes a rule. Fails with COAIA-0003. */
export async function changeRule(
  { db, clock }: CurationPorts,
  projectId: string,
  id: string,
  change: Change,
): Promise<EvaluationRuleRow> {
  const before = await readRule(db, projectId, id);
  if (before === undefined) throw notFound('Evaluation rule', id);
  await change(db, toParts(before), true);
  return db.write(async (tx) => {
    await tx.lock([`evaluation-rules:${projectId}`]);
    const row = await readRule(tx, projectId, id);
    if (row === undefined) throw notFound('Evaluation rule', id);
    const parts = await change(tx, toParts(row), false);
    return writeRule(tx, projectId, { parts, now: clock(), known: row });
  });
}

function toParts(row: EvaluationRuleRow): RuleParts {
  return {
    name: row.name,
    target: row.target,
    isEnabled: row.enabled === 1,
    sampling: row.sampling,
    filter: parseFilter(row),
    assignments: parseAssignments(row),
  };
}

/** Writes a rule. Fails with COAIA-2257 (too many are on) and COAIA-2258 (on without an evaluator). */
export async function writeRule(
  tx: Transaction,
  projectId: string,
  {
    parts,
    now,
    known,
  }: {
    readonly parts: RuleParts;
    readonly now: number;
    readonly known?: EvaluationRuleRow;
  },
): Promise<EvaluationRuleRow> {
  const { isEnabled, assignments } = parts;
  if (isEnabled && assignments.length === 0)
    throw evaluatorFailures.create('COAIA-2258', 'A rule that is on needs at least one evaluator.');
  const wasEnabled = known?.enabled === 1;
  if (isEnabled && !wasEnabled) await requireRoom(tx, projectId);
  const row: EvaluationRuleRow = {
    project_id: projectId,
    ...toIdentity(known, now),
    name: parts.name,
    enabled: isEnabled ? 1 : 0,
    target: parts.target,
    sampling: parts.sampling,
    active_since: toActiveSince(parts, known, now),
    updated_at: now,
    filter: JSON.stringify(parts.filter),
    assignments: JSON.stringify(assignments),
  };
  await tx.upsert('evaluation_rules', [row]);
  if (wasEnabled && !isEnabled) await removeWaiting(tx, projectId, row.id);
  return row;
}

function toIdentity(known: EvaluationRuleRow | undefined, now: number) {
  return { id: known?.id ?? createId(), created_at: known?.created_at ?? now };
}

/** A rule that is off wants nothing any more. */
async function removeWaiting(tx: Transaction, projectId: string, ruleId: string): Promise<void> {
  await tx.run(
    `DELETE FROM evaluations WHERE project_id = ? AND rule_id = ? AND status = 'pending'`,
    [projectId, ruleId],
  );
}

/** A rule that is switched on begins with what arrives from then on. */
function toActiveSince(
  { isEnabled }: RuleParts,
  known: EvaluationRuleRow | undefined,
  now: number,
): number | null {
  if (!isEnabled) return null;
  return known?.active_since ?? now;
}

async function requireRoom(tx: Transaction, projectId: string): Promise<void> {
  const rules = await readAllRules(tx, projectId);
  if (rules.filter(({ enabled }) => enabled === 1).length >= MOST_ENABLED)
    throw evaluatorFailures.create(
      'COAIA-2257',
      `This project has ${MOST_ENABLED} evaluation rules that are on; switch one off first.`,
      { details: { limit: MOST_ENABLED } },
    );
}

/** One rule. Fails with COAIA-0003. */
export async function getRule(
  { db }: CurationPorts,
  { projectId }: Scope,
  id: string,
): Promise<EvaluationRule> {
  const row = await readRule(db, projectId, id);
  if (row === undefined) throw notFound('Evaluation rule', id);
  return toRule(row);
}

/** One page, newest first. */
export async function listRules(
  { db }: CurationPorts,
  { projectId }: Scope,
  { limit, cursor }: CursorQuery,
): Promise<CursorPage<EvaluationRule>> {
  const after = parsePlace(cursor);
  const rows = await readRulesAfter(db, projectId, { after, limit: limit + 1 });
  return { data: rows.slice(0, limit).map(toRule), meta: toPlaceMeta(rows, limit) };
}

/** Removes a rule and what it still wanted to evaluate; evaluators and scores stay. Fails with COAIA-0003. */
export async function deleteRule(
  { db }: CurationPorts,
  { projectId }: Scope,
  id: string,
): Promise<{ readonly id: string }> {
  await db.write(async (tx) => {
    const values = [projectId, id];
    const count = await tx.run(
      'DELETE FROM evaluation_rules WHERE project_id = ? AND id = ?',
      values,
    );
    if (count === 0) throw notFound('Evaluation rule', id);
    await removeWaiting(tx, projectId, id);
  });
  return { id };
}

/** One rule in the older form. Fails with COAIA-0003. */
export async function getUnstableRule({ db }: CurationPorts, { projectId }: Scope, id: string) {
  const row = await readRule(db, projectId, id);
  if (row === undefined) throw notFound('Evaluation rule', id);
  return toUnstableRule(row, await readEvaluatorsOf(db, [row]));
}

/** One numbered page in the older form, newest first. */
export async function listUnstableRules(
  { db }: CurationPorts,
  { projectId }: Scope,
  { page, limit }: PageQuery,
) {
  const all = await readAllRules(db, projectId);
  const rows = all.slice((page - 1) * limit, page * limit);
  const evaluators = await readEvaluatorsOf(db, rows);
  return {
    data: rows.map((row) => toUnstableRule(row, evaluators)),
    meta: toPageMeta(page, limit, all.length),
  };
}

/** Evaluators that the rules name, by id. */
async function readEvaluatorsOf(
  db: Database,
  rows: readonly EvaluationRuleRow[],
): Promise<ReadonlyMap<string, StoredEvaluator>> {
  const pairs = rows.flatMap((row) =>
    parseAssignments(row).map(({ evaluatorId }) => `${row.project_id} ${evaluatorId}`),
  );
  const found = await Promise.all(
    [...new Set(pairs)].map(async (pair) => {
      const [projectId = '', id = ''] = pair.split(' ');
      return readEvaluator(db, projectId, id);
    }),
  );
  return new Map(found.flatMap((one) => (one === undefined ? [] : [[one.id, one] as const])));
}
