/** Datasets with what hangs on them, for the list of the page. */
import { toIso, toPageMeta, type Scope } from '#base';
import type { DatasetRow } from '#store';
import type { DatasetLine, Paged } from '@coaia/client';
import type { CurationPorts } from '../../ports.ts';
import { toDataset } from '../dataset.ts';
import { readDatasetCount } from '../storage.ts';

type Count = number | string | null;

interface CountedRow extends DatasetRow {
  readonly item_count: Count;
  readonly archived_count: Count;
  readonly run_count: Count;
  readonly last_change: Count;
  readonly last_run: Count;
}

/** Items and runs of the dataset `d` of the outer query. */
const ITEMS = `FROM dataset_items i WHERE i.project_id = d.project_id AND i.dataset_id = d.id`;
const RUNS = `FROM dataset_runs r WHERE r.project_id = d.project_id AND r.dataset_id = d.id`;

/** One page of datasets by name. */
export async function listDatasetLines(
  { db }: CurationPorts,
  { projectId }: Scope,
  { page, limit }: { readonly page: number; readonly limit: number },
): Promise<Paged<DatasetLine>> {
  const [rows, total] = await Promise.all([
    db.scan<CountedRow>(
      `SELECT d.*,
         (SELECT count(*) ${ITEMS} AND i.valid_to IS NULL AND i.status = 'ACTIVE') AS item_count,
         (SELECT count(*) ${ITEMS} AND i.valid_to IS NULL AND i.status <> 'ACTIVE') AS archived_count,
         (SELECT max(COALESCE(i.valid_to, i.valid_from)) ${ITEMS}) AS last_change,
         (SELECT count(*) ${RUNS}) AS run_count,
         (SELECT max(r.updated_at) ${RUNS}) AS last_run
       FROM datasets d WHERE d.project_id = ? ORDER BY d.name LIMIT ? OFFSET ?`,
      [projectId, limit, (page - 1) * limit],
    ),
    readDatasetCount(db, projectId),
  ]);
  const data = rows.map((row) => ({
    ...toDataset(row),
    itemCount: Number(row.item_count),
    archivedCount: Number(row.archived_count),
    runCount: Number(row.run_count),
    lastChange: toTime(row.last_change),
    lastRun: toTime(row.last_run),
  }));
  return { data, meta: toPageMeta(page, limit, total) };
}

function toTime(value: Count): string | null {
  return value === null ? null : toIso(Number(value));
}
