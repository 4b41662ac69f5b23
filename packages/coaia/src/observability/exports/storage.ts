/** SQL of exports and their runs. */
import type { BlobExportRow, BlobExportRunRow, Database, Transaction } from '#store';

type Reader = Pick<Database | Transaction, 'read'>;

/** The export of a project, or undefined. */
export async function readExport(
  reader: Reader,
  projectId: string,
): Promise<BlobExportRow | undefined> {
  const [row] = await reader.read<BlobExportRow>(
    'SELECT * FROM blob_exports WHERE project_id = ?',
    [projectId],
  );
  return row;
}

/** The exports of all projects of an organization. */
export function readExportsOf(
  db: Database,
  organizationId: string,
): Promise<readonly BlobExportRow[]> {
  return db.read<BlobExportRow>(
    `SELECT e.* FROM blob_exports e JOIN projects p ON p.id = e.project_id
     WHERE p.organization_id = ? ORDER BY e.created_at, e.project_id`,
    [organizationId],
  );
}

/** Projects whose export is due; those that are being removed are not. */
export async function readDueProjects(db: Database, now: number): Promise<readonly string[]> {
  const rows = await db.read<{ readonly project_id: string }>(
    `SELECT e.project_id FROM blob_exports e JOIN projects p ON p.id = e.project_id
     WHERE e.enabled = 1 AND (e.next_at IS NULL OR e.next_at <= ?) ORDER BY e.next_at, e.project_id`,
    [now],
  );
  return rows.map(({ project_id: projectId }) => projectId);
}

/** Runs of a project, newest first. */
export function readRuns(
  db: Database,
  projectId: string,
  limit: number,
): Promise<readonly BlobExportRunRow[]> {
  return db.read<BlobExportRunRow>(
    `SELECT * FROM blob_export_runs WHERE project_id = ?
     ORDER BY started_at DESC, window_to DESC, id DESC LIMIT ${limit}`,
    [projectId],
  );
}

/** Notes a window that was exported; false when the export is gone or was changed since it was read. */
export async function writeProgress(
  tx: Transaction,
  row: Pick<BlobExportRow, 'project_id' | 'updated_at'>,
  { until, next, now }: { readonly until: number; readonly next: number; readonly now: number },
): Promise<boolean> {
  const changed = await tx.run(
    `UPDATE blob_exports SET synced_until = ?, next_at = ?, last_error = NULL, last_error_at = NULL,
       updated_at = ? WHERE project_id = ? AND updated_at = ?`,
    [until, next, Math.max(now, row.updated_at + 1), row.project_id, row.updated_at],
  );
  return changed > 0;
}

/** Notes a failure and when to try again. */
export async function writeFailure(
  tx: Transaction,
  projectId: string,
  { error, next, now }: { readonly error: string; readonly next: number; readonly now: number },
): Promise<void> {
  await tx.run(
    'UPDATE blob_exports SET last_error = ?, last_error_at = ?, next_at = ? WHERE project_id = ?',
    [error, now, next, projectId],
  );
}

/** Removes the export with its runs; false when there was none. */
export async function removeExport(tx: Transaction, projectId: string): Promise<boolean> {
  await tx.run('DELETE FROM blob_export_runs WHERE project_id = ?', [projectId]);
  return (await tx.run('DELETE FROM blob_exports WHERE project_id = ?', [projectId])) > 0;
}
