/** An item of a dataset as the Langfuse API returns it, and the ids we give. */
import { fromStored, toIso } from '#base';
import type { DatasetItemRow } from '#store';
import type { DatasetItem, DatasetItemStatus } from '@coaia/client';

/** A version of an item with the name of its dataset. */
export interface StoredDatasetItem extends DatasetItemRow {
  readonly dataset_name: string;
}

/** `mediaReferences` is always there, and empty: `media-references.ts` fills it. */
export function toDatasetItem(row: StoredDatasetItem): DatasetItem {
  return {
    id: row.id,
    status: row.status as DatasetItemStatus,
    input: fromStored(row.input),
    expectedOutput: fromStored(row.expected_output),
    metadata: fromStored(row.metadata),
    sourceTraceId: row.source_trace_id,
    sourceObservationId: row.source_observation_id,
    datasetId: row.dataset_id,
    datasetName: row.dataset_name,
    createdAt: toIso(row.created_at),
    updatedAt: toIso(row.valid_from),
    mediaReferences: [],
  };
}

let made = 0;

/** An id that sorts by time and, within a millisecond of one process, by the order of making (UUID version 7 form). */
export function createItemId(now: number): string {
  made = (made + 1) % 0x1000;
  const time = now.toString(16).padStart(12, '0');
  const { randomBytes } = process.getBuiltinModule('node:crypto');
  const random = randomBytes(8).toString('hex');
  const count = made.toString(16).padStart(3, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-7${count}-8${random.slice(0, 3)}-${random.slice(3, 15)}`;
}
