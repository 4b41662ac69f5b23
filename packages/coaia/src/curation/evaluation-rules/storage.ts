/** SQL of evaluation rules. */
import type { Database, EvaluationRuleRow, Transaction } from '#store';
import type { Place } from '../evaluators/storage.ts';

type Reader = Pick<Transaction, 'read'>;

/** Rules after a place, newest first. */
export function readRulesAfter(
  db: Database,
  projectId: string,
  { after, limit }: { readonly after: Place | undefined; readonly limit: number },
): Promise<readonly EvaluationRuleRow[]> {
  const place = after === undefined ? '' : 'AND (created_at < ? OR (created_at = ? AND id < ?))';
  return db.read(
    `SELECT * FROM evaluation_rules WHERE project_id = ? ${place}
     ORDER BY created_at DESC, id DESC LIMIT ?`,
    [projectId, ...(after === undefined ? [] : [after.time, after.time, after.id]), limit],
  );
}

/** One rule, or undefined. */
export async function readRule(
  db: Reader,
  projectId: string,
  id: string,
): Promise<EvaluationRuleRow | undefined> {
  const [row] = await db.read<EvaluationRuleRow>(
    'SELECT * FROM evaluation_rules WHERE project_id = ? AND id = ?',
    [projectId, id],
  );
  return row;
}

/** Rules of any project that are switched on. */
export function readEnabledRules(db: Reader): Promise<readonly EvaluationRuleRow[]> {
  return db.read('SELECT * FROM evaluation_rules WHERE enabled = 1 ORDER BY created_at, id');
}
