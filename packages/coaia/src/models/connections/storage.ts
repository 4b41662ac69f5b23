/** SQL of connections to model servers. */
import type { Database, LlmConnectionRow, Transaction } from '#store';

/** One page, newest first. */
export function readConnections(
  db: Database,
  projectId: string,
  page: { readonly limit: number; readonly offset: number },
): Promise<readonly LlmConnectionRow[]> {
  return db.read<LlmConnectionRow>(
    'SELECT * FROM llm_connections WHERE project_id = ? ORDER BY created_at DESC, id DESC LIMIT ? OFFSET ?',
    [projectId, page.limit, page.offset],
  );
}

/** All of a project, oldest first: the first one counts where several would do. */
export function readAllConnections(
  db: Database,
  projectId: string,
): Promise<readonly LlmConnectionRow[]> {
  return db.read<LlmConnectionRow>(
    'SELECT * FROM llm_connections WHERE project_id = ? ORDER BY created_at, id',
    [projectId],
  );
}

export async function readConnectionCount(db: Database, projectId: string): Promise<number> {
  const [row] = await db.read<{ readonly total: number | string }>(
    'SELECT count(*) AS total FROM llm_connections WHERE project_id = ?',
    [projectId],
  );
  return Number(row?.total ?? 0);
}

/** One connection by its id, or undefined. */
export async function readConnection(
  reader: Pick<Transaction, 'read'>,
  projectId: string,
  id: string,
): Promise<LlmConnectionRow | undefined> {
  const [row] = await reader.read<LlmConnectionRow>(
    'SELECT * FROM llm_connections WHERE project_id = ? AND id = ?',
    [projectId, id],
  );
  return row;
}

/** One connection by its name, or undefined. */
export async function readProvider(
  reader: Pick<Transaction, 'read'>,
  projectId: string,
  provider: string,
): Promise<LlmConnectionRow | undefined> {
  const [row] = await reader.read<LlmConnectionRow>(
    'SELECT * FROM llm_connections WHERE project_id = ? AND provider = ?',
    [projectId, provider],
  );
  return row;
}
