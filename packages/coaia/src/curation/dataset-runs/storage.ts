/** SQL of runs over datasets. */
import type { Database, DatasetRunItemRow, DatasetRunRow, Transaction } from '#store';

type Reader = Pick<Transaction, 'read'>;
interface PageBounds {
  readonly limit: number;
  readonly offset: number;
}

/** One page of a dataset's runs, newest first. */
export function readRuns(
  db: Database,
  projectId: string,
  datasetId: string,
  page: PageBounds,
): Promise<readonly DatasetRunRow[]> {
  return db.read(
    `SELECT * FROM dataset_runs WHERE project_id = ? AND dataset_id = ?
     ORDER BY created_at DESC, id DESC LIMIT ? OFFSET ?`,
    [projectId, datasetId, page.limit, page.offset],
  );
}

export async function readRunCount(
  db: Database,
  projectId: string,
  datasetId: string,
): Promise<number> {
  const [row] = await db.read<{ readonly total: number | string }>(
    'SELECT count(*) AS total FROM dataset_runs WHERE project_id = ? AND dataset_id = ?',
    [projectId, datasetId],
  );
  return Number(row?.total ?? 0);
}

/** The run with this name, or undefined. */
export async function readRun(
  reader: Reader,
  projectId: string,
  datasetId: string,
  name: string,
): Promise<DatasetRunRow | undefined> {
  const [row] = await reader.read<DatasetRunRow>(
    'SELECT * FROM dataset_runs WHERE project_id = ? AND dataset_id = ? AND name = ?',
    [projectId, datasetId, name],
  );
  return row;
}

/** All items of a run, oldest first. */
export function readRunItems(
  reader: Reader,
  projectId: string,
  runId: string,
): Promise<readonly DatasetRunItemRow[]> {
  return reader.read(
    'SELECT * FROM dataset_run_items WHERE project_id = ? AND run_id = ? ORDER BY created_at, id',
    [projectId, runId],
  );
}

/** The link that says the same, if it is there already. */
export async function readSameRunItem(
  tx: Transaction,
  row: DatasetRunItemRow,
): Promise<DatasetRunItemRow | undefined> {
  const rows = await tx.read<DatasetRunItemRow>(
    `SELECT * FROM dataset_run_items
     WHERE project_id = ? AND run_id = ? AND dataset_item_id = ? AND trace_id = ?`,
    [row.project_id, row.run_id, row.dataset_item_id, row.trace_id],
  );
  return rows.find((one) => one.observation_id === row.observation_id);
}

/** Trace of an observation, or undefined. */
export async function readTraceIdOf(
  reader: Reader,
  projectId: string,
  observationId: string,
): Promise<string | undefined> {
  const [row] = await reader.read<{ readonly trace_id: string }>(
    'SELECT trace_id FROM observations WHERE project_id = ? AND id = ?',
    [projectId, observationId],
  );
  return row?.trace_id;
}

/** Removes a run with its items and the scores of the run itself. */
export async function removeRun(tx: Transaction, projectId: string, runId: string): Promise<void> {
  const values = [projectId, runId];
  const scores = await tx.run(
    'DELETE FROM scores WHERE project_id = ? AND dataset_run_id = ?',
    values,
  );
  if (scores > 0) await tx.addToCounter(projectId, 'scores', -scores);
  await tx.run('DELETE FROM dataset_run_items WHERE project_id = ? AND run_id = ?', values);
  await tx.run('DELETE FROM dataset_runs WHERE project_id = ? AND id = ?', values);
}
