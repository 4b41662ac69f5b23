/** What can be asked about evaluations, and evaluating on demand. */
import { notFound } from '#base';
import type { Scope } from '#base';
import type { Evaluation, EvaluationTrial } from '@coaia/client';
import { evaluatorFailures } from '../evaluators/errors.ts';
import { parseDefinition } from '../evaluators/evaluator.ts';
import type { StoredEvaluator } from '../evaluators/evaluator.ts';
import { parsePlace, toPlaceMeta } from '../evaluators/places.ts';
import { requireRunnable } from '../evaluators/preflight.ts';
import { readEvaluator } from '../evaluators/storage.ts';
import { evaluate } from './evaluate.ts';
import { toEvaluation, toEvaluationRow } from './evaluation.ts';
import { findTargets } from './find-targets.ts';
import type { EvaluationPorts } from './ports.ts';
import type { EvaluationQuery, RunBody, TrialBody } from './schema.ts';
import { addEvaluations, readEvaluation, readEvaluations, readStatusCounts } from './storage.ts';
import { readSubject } from './subject.ts';

type Reading = Pick<EvaluationPorts, 'db' | 'clock'>;

/** One page of the log, newest first, with how many evaluations there are of each status. */
export async function listEvaluations(
  { db }: Reading,
  { projectId }: Scope,
  { cursor, limit, ...bounds }: EvaluationQuery,
) {
  const after = parsePlace(cursor);
  const [rows, counts] = await Promise.all([
    readEvaluations(db, projectId, { ...bounds, after, limit: limit + 1 }),
    readStatusCounts(db, projectId),
  ]);
  return {
    data: rows.slice(0, limit).map(toEvaluation),
    meta: {
      ...toPlaceMeta(rows, limit),
      counts: { pending: 0, running: 0, done: 0, failed: 0, ...counts },
    },
  };
}

/** One evaluation. Fails with COAIA-0003. */
export async function getEvaluation(
  { db }: Reading,
  { projectId }: Scope,
  id: string,
): Promise<Evaluation> {
  const row = await readEvaluation(db, projectId, id);
  if (row === undefined) throw notFound('Evaluation', id);
  return toEvaluation(row);
}

/** Has a failed evaluation done again. Fails with COAIA-0003; one that is not failed stays as it is. */
export async function updateEvaluation(
  ports: Reading,
  scope: Scope,
  id: string,
): Promise<Evaluation> {
  const { db, clock } = ports;
  await db.write((tx) =>
    tx.run(
      `UPDATE evaluations SET status = 'pending', attempts = 0, due_at = ?, updated_at = ?, finished_at = NULL
       WHERE project_id = ? AND id = ? AND status = 'failed'`,
      [clock(), clock(), scope.projectId, id],
    ),
  );
  return getEvaluation(ports, scope, id);
}

/** Evaluates one subject now and stores no score. Fails like `evaluate`, and with COAIA-0003 and 2262. */
export async function runTrial(
  ports: EvaluationPorts,
  scope: Scope,
  evaluatorId: string,
  body: TrialBody & { readonly signal?: AbortSignal },
): Promise<EvaluationTrial> {
  const evaluator = await requireEvaluator(ports, scope, evaluatorId);
  const place = {
    target: 'trace' as const,
    trace_id: body.traceId,
    observation_id: body.observationId ?? null,
    dataset_item_id: body.datasetItemId ?? null,
  };
  const subject = await readSubject(ports.db, scope.projectId, place);
  if (subject === undefined)
    throw evaluatorFailures.create(
      'COAIA-2262',
      `There is no trace ${body.traceId} in this project.`,
    );
  const { scores, executionTraceId } = await evaluate(ports, scope, {
    evaluator,
    definition: parseDefinition(evaluator.definition),
    mapping: null,
    subject,
    signal: body.signal,
    origin: { targetTraceId: body.traceId, trial: 'true' },
  });
  const plain = scores.map(({ name, dataType, value, comment }) => ({
    name,
    dataType,
    value,
    comment,
  }));
  return { scores: plain, executionTraceId };
}

/**
 * Notes evaluations of what was named, for the background to do. What this version of the evaluator has evaluated
 * before is not evaluated again unless `again` is set. Fails with COAIA-0003 and 2250.
 */
export async function createEvaluations(
  ports: Reading,
  scope: Scope,
  evaluatorId: string,
  body: RunBody,
): Promise<{
  readonly evaluationIds: readonly string[];
  readonly added: number;
  readonly known: number;
}> {
  const { db, clock } = ports;
  const evaluator = await requireEvaluator(ports, scope, evaluatorId);
  const definition = parseDefinition(evaluator.definition);
  await requireRunnable(db, scope.projectId, { name: evaluator.name, definition });
  const targets = await findTargets(ports, scope, body);
  const now = clock();
  const salt = body.again ? `again ${now}` : `version ${evaluator.version}`;
  const rows = targets.map((target) =>
    toEvaluationRow(
      { ...target, projectId: scope.projectId, ruleId: null, evaluatorId, dueAt: now, salt },
      now,
    ),
  );
  const added = await db.write((tx) => addEvaluations(tx, rows));
  return { evaluationIds: rows.map(({ id }) => id), added, known: rows.length - added };
}

/** Lets a paused evaluator go on, once it could run. Fails with COAIA-0003 and 2250. */
export async function resumeEvaluator(
  ports: Reading,
  scope: Scope,
  evaluatorId: string,
): Promise<{ readonly id: string; readonly status: 'active' }> {
  const { db, clock } = ports;
  const evaluator = await requireEvaluator(ports, scope, evaluatorId);
  const definition = parseDefinition(evaluator.definition);
  await requireRunnable(db, scope.projectId, { name: evaluator.name, definition });
  await db.write((tx) =>
    tx.run(
      `UPDATE evaluators SET paused_reason = NULL, paused_message = NULL, paused_at = NULL, updated_at = ?
       WHERE project_id = ? AND id = ?`,
      [clock(), scope.projectId, evaluatorId],
    ),
  );
  return { id: evaluatorId, status: 'active' };
}

async function requireEvaluator(
  { db }: Reading,
  { projectId }: Scope,
  id: string,
): Promise<StoredEvaluator> {
  const row = await readEvaluator(db, projectId, id);
  if (row === undefined) throw notFound('Evaluator', id);
  return row;
}
