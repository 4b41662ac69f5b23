/** Which of some ids a table has already. */
import type { Tables } from '#store';
import type { WriteTarget } from './kind.ts';

type OwnTable = 'scores' | 'sessions' | 'datasets' | 'traces' | 'observations';

/** The ids that are there. */
export async function findExisting(
  { tx, db, scope }: WriteTarget,
  table: OwnTable & keyof Tables,
  ids: readonly string[],
): Promise<ReadonlySet<string>> {
  if (ids.length === 0) return new Set();
  const rows = await tx.read<{ readonly id: string }>(
    `SELECT id FROM ${table} WHERE project_id = ? AND ${db.dialect.inList('id')}`,
    [scope.projectId, JSON.stringify(ids)],
  );
  return new Set(rows.map(({ id }) => id));
}
