/** SQL of score configs. */
import type { Database, Dialect, ScoreConfigRow, Transaction } from '#store';

type Reader = Pick<Database, 'read'> | Pick<Transaction, 'read'>;

/** One page, newest first. */
export function readScoreConfigs(
  db: Database,
  projectId: string,
  page: { readonly limit: number; readonly offset: number },
): Promise<readonly ScoreConfigRow[]> {
  return db.read(
    'SELECT * FROM score_configs WHERE project_id = ? ORDER BY created_at DESC, id DESC LIMIT ? OFFSET ?',
    [projectId, page.limit, page.offset],
  );
}

/** How many configs the project has. */
export async function readScoreConfigCount(db: Database, projectId: string): Promise<number> {
  const [row] = await db.read<{ readonly total: number | string }>(
    'SELECT count(*) AS total FROM score_configs WHERE project_id = ?',
    [projectId],
  );
  return Number(row?.total ?? 0);
}

/** One config, or undefined. */
export async function readScoreConfig(
  reader: Reader,
  projectId: string,
  id: string,
): Promise<ScoreConfigRow | undefined> {
  const [row] = await reader.read<ScoreConfigRow>(
    'SELECT * FROM score_configs WHERE project_id = ? AND id = ?',
    [projectId, id],
  );
  return row;
}

/** The configs with these ids; unknown ids are passed over. */
export function readScoreConfigsById(
  reader: Reader,
  dialect: Dialect,
  projectId: string,
  ids: readonly string[],
): Promise<readonly ScoreConfigRow[]> {
  return reader.read<ScoreConfigRow>(
    `SELECT * FROM score_configs WHERE project_id = ? AND ${dialect.inList('id')}`,
    [projectId, JSON.stringify(ids)],
  );
}
