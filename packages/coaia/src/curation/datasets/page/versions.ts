/** How a dataset changed over time, and what two versions of it have differently. */
import { toIso, type Scope } from '#base';
import type { SqlValue } from '#store';
import type { DatasetChange, DatasetDiff, DatasetItemDiff } from '@coaia/client';
import { toDatasetItem, type StoredDatasetItem } from '../../dataset-items/dataset-item.ts';
import { isSameVersion } from '../../dataset-items/item-version.ts';
import type { CurationPorts } from '../../ports.ts';
import { requireDataset } from '../datasets.ts';

/** Moments that the list goes back. */
const MOST_CHANGES = 200;

/** Items of a difference that come with their content. */
const MOST_ITEMS = 500;

interface ChangeRow {
  readonly at: number | string;
  readonly added: number | string;
  readonly begun: number | string;
  readonly ended: number | string;
}

/** Moments at which items changed, the latest first. Fails with COAIA-0003. */
export async function listDatasetChanges(
  { db }: CurationPorts,
  { projectId }: Scope,
  name: string,
): Promise<{ readonly data: readonly DatasetChange[] }> {
  const dataset = await requireDataset(db, projectId, name);
  const place: readonly SqlValue[] = [projectId, dataset.id];
  const rows = await db.scan<ChangeRow>(
    `SELECT at, sum(added) AS added, sum(begun) AS begun, sum(ended) AS ended FROM (
       SELECT valid_from AS at, CASE WHEN valid_from = created_at THEN 1 ELSE 0 END AS added, 1 AS begun, 0 AS ended
         FROM dataset_items WHERE project_id = ? AND dataset_id = ?
       UNION ALL
       SELECT valid_to AS at, 0 AS added, 0 AS begun, 1 AS ended
         FROM dataset_items WHERE project_id = ? AND dataset_id = ? AND valid_to IS NOT NULL
     ) c GROUP BY at ORDER BY at DESC LIMIT ${MOST_CHANGES}`,
    [...place, ...place],
  );
  const data = rows.map((row) => {
    const [added, begun, ended] = [row.added, row.begun, row.ended].map(Number);
    // A version that begins where another ends is a change; what only ends was deleted.
    const changed = (begun ?? 0) - (added ?? 0);
    return {
      at: toIso(Number(row.at)),
      added: added ?? 0,
      changed,
      deleted: Math.max(0, (ended ?? 0) - changed),
    };
  });
  return { data };
}

/** What became of each item between two times; archived items count as there. Fails with COAIA-0003. */
export async function readDatasetDiff(
  ports: CurationPorts,
  scope: Scope,
  {
    name,
    from,
    to,
  }: { readonly name: string; readonly from: number; readonly to?: number | undefined },
): Promise<DatasetDiff> {
  const dataset = await requireDataset(ports.db, scope.projectId, name);
  const read = (time: number | undefined) => readItemsAt(ports, scope, dataset.id, time);
  const [before, after] = await Promise.all([read(from), read(to)]);
  const ids = [...new Set([...before.keys(), ...after.keys()])];
  const items = ids.flatMap((id): readonly DatasetItemDiff[] => {
    const [old, now] = [before.get(id), after.get(id)];
    if (old !== undefined && now !== undefined && isSameVersion(old, now)) return [];
    return [
      {
        id,
        kind: old === undefined ? 'added' : now === undefined ? 'deleted' : 'changed',
        before: old === undefined ? null : toDatasetItem(old),
        after: now === undefined ? null : toDatasetItem(now),
      },
    ];
  });
  const count = (kind: DatasetItemDiff['kind']) =>
    items.filter((item) => item.kind === kind).length;
  return {
    from: toIso(from),
    to: to === undefined ? null : toIso(to),
    added: count('added'),
    changed: count('changed'),
    deleted: count('deleted'),
    unchanged: ids.length - items.length,
    items: items.slice(0, MOST_ITEMS),
  };
}

async function readItemsAt(
  { db }: CurationPorts,
  { projectId }: Scope,
  datasetId: string,
  time: number | undefined,
): Promise<ReadonlyMap<string, StoredDatasetItem>> {
  const [when, values] =
    time === undefined
      ? ['i.valid_to IS NULL', []]
      : ['i.valid_from <= ? AND (i.valid_to IS NULL OR i.valid_to > ?)', [time, time]];
  const rows = await db.scan<StoredDatasetItem>(
    `SELECT i.*, d.name AS dataset_name FROM dataset_items i
     JOIN datasets d ON d.project_id = i.project_id AND d.id = i.dataset_id
     WHERE i.project_id = ? AND i.dataset_id = ? AND ${when} ORDER BY i.created_at DESC, i.id DESC`,
    [projectId, datasetId, ...values],
  );
  return new Map(rows.map((row) => [row.id, row]));
}
