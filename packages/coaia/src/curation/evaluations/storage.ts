/** SQL of evaluations: noted once, claimed by one, finished once. */
import type { Database, EvaluationRow, SqlValue, Transaction } from '#store';
import type { Place } from '../evaluators/storage.ts';

type Reader = Pick<Transaction, 'read'>;

/**
 * Notes what is to be evaluated. What was noted before stays as it is, but for one thing: what waits may become
 * due earlier. Returns how many are new or earlier.
 */
export async function addEvaluations(
  tx: Transaction,
  rows: readonly EvaluationRow[],
): Promise<number> {
  let count = 0;
  for (const row of rows) {
    const names = Object.keys(row);
    count += await tx.run(
      `INSERT INTO evaluations (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})
       ON CONFLICT (project_id, id) DO UPDATE SET due_at = excluded.due_at
       WHERE evaluations.status = 'pending' AND evaluations.attempts = 0 AND evaluations.due_at > excluded.due_at`,
      Object.values(row) as SqlValue[],
    );
  }
  return count;
}

/** Evaluations of rules wait while their evaluator is paused. */
const RUNNABLE = `(e.rule_id IS NULL OR NOT EXISTS (SELECT 1 FROM evaluators v
  WHERE v.project_id = e.project_id AND v.id = e.evaluator_id AND v.paused_at IS NOT NULL))`;

/** What can be begun now, longest due first: what waits, and what somebody began and left. */
export function readDue(
  db: Database,
  now: number,
  { limit, ids }: { readonly limit: number; readonly ids?: readonly string[] | undefined },
): Promise<readonly EvaluationRow[]> {
  const named = ids === undefined ? '' : `AND ${db.dialect.inList('e.id')}`;
  return db.read(
    `SELECT e.* FROM evaluations e WHERE e.status IN ('pending', 'running') AND e.due_at <= ?
     AND (e.status = 'pending' OR e.claimed_until < ?) AND ${RUNNABLE} ${named}
     ORDER BY e.due_at, e.created_at, e.id LIMIT ?`,
    [now, now, ...(ids === undefined ? [] : [JSON.stringify(ids)]), limit],
  );
}

export interface Claim {
  readonly claim: string;
  readonly now: number;
  readonly until: number;
}

/** Takes an evaluation; false when somebody else has it. */
export async function claimEvaluation(
  tx: Transaction,
  row: EvaluationRow,
  { claim, now, until }: Claim,
): Promise<boolean> {
  const count = await tx.run(
    `UPDATE evaluations SET status = 'running', claim = ?, claimed_until = ?, attempts = attempts + 1, updated_at = ?
     WHERE project_id = ? AND id = ? AND (status = 'pending' OR (status = 'running' AND claimed_until < ?))`,
    [claim, until, now, row.project_id, row.id, now],
  );
  return count === 1;
}

/** Says that it is still being worked on. */
export async function renewClaim(tx: Transaction, row: EvaluationRow, claim: Claim): Promise<void> {
  await tx.run(
    `UPDATE evaluations SET claimed_until = ?
     WHERE project_id = ? AND id = ? AND claim = ? AND status = 'running'`,
    [claim.until, row.project_id, row.id, claim.claim],
  );
}

/** Columns that the end of an attempt changes. */
export type Outcome = Partial<
  Pick<
    EvaluationRow,
    | 'status'
    | 'due_at'
    | 'attempts'
    | 'error_code'
    | 'error_message'
    | 'execution_trace_id'
    | 'evaluator_version'
    | 'finished_at'
    | 'score_ids'
  >
>;

/** Writes how an attempt ended; false when the claim was lost meanwhile, and then nothing may be written. */
export async function writeOutcome(
  tx: Transaction,
  row: EvaluationRow,
  { claim, now }: Pick<Claim, 'claim' | 'now'>,
  outcome: Outcome,
): Promise<boolean> {
  const names = Object.keys(outcome);
  const count = await tx.run(
    `UPDATE evaluations SET ${names.map((name) => `${name} = ?`).join(', ')},
       claim = NULL, claimed_until = NULL, updated_at = ?
     WHERE project_id = ? AND id = ? AND claim = ? AND status = 'running'`,
    [...(Object.values(outcome) as SqlValue[]), now, row.project_id, row.id, claim],
  );
  return count === 1;
}

export interface EvaluationBounds {
  readonly status?: string | undefined;
  readonly evaluatorId?: string | undefined;
  readonly evaluationRuleId?: string | undefined;
  readonly traceId?: string | undefined;
  readonly after?: Place | undefined;
  readonly limit: number;
}

/** An evaluation with the name of its evaluator. */
export interface NamedEvaluation extends EvaluationRow {
  readonly evaluator_name: string | null;
}

/** One page of the log, newest first. */
export function readEvaluations(
  db: Database,
  projectId: string,
  { after, limit, ...bounds }: EvaluationBounds,
): Promise<readonly NamedEvaluation[]> {
  const columns = {
    status: bounds.status,
    evaluator_id: bounds.evaluatorId,
    rule_id: bounds.evaluationRuleId,
    trace_id: bounds.traceId,
  };
  const given = Object.entries(columns).flatMap(([name, value]) =>
    value === undefined ? [] : [{ sql: `AND e.${name} = ?`, value }],
  );
  const place =
    after === undefined ? '' : 'AND (e.created_at < ? OR (e.created_at = ? AND e.id < ?))';
  return db.read(
    `SELECT e.*, v.name AS evaluator_name FROM evaluations e
     LEFT JOIN evaluators v ON v.project_id = e.project_id AND v.id = e.evaluator_id
     WHERE e.project_id = ? ${given.map(({ sql }) => sql).join(' ')} ${place}
     ORDER BY e.created_at DESC, e.id DESC LIMIT ?`,
    [
      projectId,
      ...given.map(({ value }) => value),
      ...(after === undefined ? [] : [after.time, after.time, after.id]),
      limit,
    ],
  );
}

/** One evaluation, or undefined. */
export async function readEvaluation(
  db: Reader,
  projectId: string,
  id: string,
): Promise<NamedEvaluation | undefined> {
  const [row] = await db.read<NamedEvaluation>(
    `SELECT e.*, v.name AS evaluator_name FROM evaluations e
     LEFT JOIN evaluators v ON v.project_id = e.project_id AND v.id = e.evaluator_id
     WHERE e.project_id = ? AND e.id = ?`,
    [projectId, id],
  );
  return row;
}

/** How many evaluations there are of each status. */
export async function readStatusCounts(
  db: Database,
  projectId: string,
): Promise<Readonly<Record<string, number>>> {
  // As long as the log: not on the event loop.
  const rows = await db.scan<{ readonly status: string; readonly total: number | string }>(
    'SELECT status, count(*) AS total FROM evaluations WHERE project_id = ? GROUP BY status',
    [projectId],
  );
  return Object.fromEntries(rows.map(({ status, total }) => [status, Number(total)]));
}
