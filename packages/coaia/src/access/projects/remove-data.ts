/** Removes everything that a deleted project held, table by table in small transactions; may be killed anywhere. */
import type { Clock } from '#base';
import { listProjectTables, PRIMARY_KEYS } from '#store';
import type { Database, ProjectDeletionRow, Tables } from '#store';

export interface RemovalPorts {
  readonly db: Database;
  readonly clock: Clock;
  /** Forgets the bytes of one media record. */
  readonly removeMedia: (projectId: string, sha256: string) => Promise<void>;
  readonly signal?: AbortSignal;
  /** Rows that go in one transaction. */
  readonly batchRows?: number;
  /** Milliseconds after the wish in which a process may still take the project's keys for good; default 6 s. */
  readonly graceMs?: number;
}

const BATCH_ROWS = 500;

/** A second more than any process remembers a key (`access.ts`). */
const GRACE_MS = 6_000;

/** What says how far the removal is goes last, and is kept. */
const KEPT: ReadonlySet<string> = new Set(['project_deletions', 'sign_ins']);

/** Removals that were asked for and are not done, oldest first. */
export function listUnfinished(db: Database): Promise<readonly ProjectDeletionRow[]> {
  return db.read<ProjectDeletionRow>(
    'SELECT * FROM project_deletions WHERE finished_at IS NULL ORDER BY requested_at, project_id',
  );
}

/**
 * Removes one project's rows and files and notes that it is done; returns the number of rows, or undefined when the
 * signal stopped it. Begins again wherever an earlier attempt was cut off.
 */
export async function removeProjectData(
  ports: RemovalPorts,
  { project_id: projectId, requested_at: requestedAt }: ProjectDeletionRow,
): Promise<number | undefined> {
  if (!(await emptyTables(ports, projectId))) return undefined;
  const waitMs = requestedAt + (ports.graceMs ?? GRACE_MS) - ports.clock();
  if (waitMs > 0) {
    // What was written meanwhile by a process that did not know yet.
    if (!(await isWaited(waitMs, ports.signal))) return undefined;
    if (!(await emptyTables(ports, projectId))) return undefined;
  }
  const rows = await ports.db.write(async (tx) => {
    await tx.run(
      'UPDATE project_deletions SET step = NULL, finished_at = ? WHERE project_id = ? AND finished_at IS NULL',
      [ports.clock(), projectId],
    );
    return tx.read<{ row_count: number }>(
      'SELECT row_count FROM project_deletions WHERE project_id = ?',
      [projectId],
    );
  });
  return rows[0]?.row_count ?? 0;
}

/** False when the signal came first. */
async function isWaited(ms: number, signal: AbortSignal | undefined): Promise<boolean> {
  const { setTimeout: wait } = await import('node:timers/promises');
  return wait(ms, true, signal === undefined ? {} : { signal }).catch(() => false);
}

async function emptyTables(ports: RemovalPorts, projectId: string): Promise<boolean> {
  for (const table of listProjectTables()) {
    if (KEPT.has(table)) continue;
    if (!(await emptyTable(ports, table, projectId))) return false;
  }
  return true;
}

async function emptyTable(
  ports: RemovalPorts,
  table: keyof Tables,
  projectId: string,
): Promise<boolean> {
  const key = PRIMARY_KEYS[table].join(', ');
  const limit = ports.batchRows ?? BATCH_ROWS;
  // Row values, so that one text serves every table: https://www.sqlite.org/rowvalue.html
  // In order, so that the rows of media are those whose files have gone.
  const sql = `DELETE FROM ${table} WHERE (${key}) IN (SELECT ${key} FROM ${table} WHERE project_id = ? ORDER BY ${key} LIMIT ${limit})`;
  for (;;) {
    if (ports.signal?.aborted === true) return false;
    if (table === 'media') await removeFiles(ports, projectId, limit);
    const count = await ports.db.write(async (tx) => {
      const removed = await tx.run(sql, [projectId]);
      if (removed > 0)
        await tx.run(
          'UPDATE project_deletions SET step = ?, row_count = row_count + ? WHERE project_id = ?',
          [table, removed, projectId],
        );
      return removed;
    });
    if (count === 0) return true;
  }
}

/** Bytes go before the rows that name them; a record may then name nothing, never the other way round. */
async function removeFiles(ports: RemovalPorts, projectId: string, limit: number): Promise<void> {
  const files = await ports.db.read<{ sha256: string }>(
    `SELECT sha256 FROM media WHERE project_id = ? ORDER BY id LIMIT ${limit}`,
    [projectId],
  );
  for (const { sha256 } of files) await ports.removeMedia(projectId, sha256);
}
