/** Runs over datasets and their items as the Langfuse API returns them. */
import { fromStored, toIso } from '#base';
import type { DatasetRunItemRow, DatasetRunRow } from '#store';
import type { DatasetRun, DatasetRunItem } from '@coaia/client';

export function toDatasetRun(row: DatasetRunRow, datasetName: string): DatasetRun {
  return {
    id: row.id,
    name: row.name,
    description: row.description,
    metadata: fromStored(row.metadata),
    datasetId: row.dataset_id,
    datasetName,
    createdAt: toIso(row.created_at),
    updatedAt: toIso(row.updated_at),
  };
}

export function toDatasetRunItem(row: DatasetRunItemRow, runName: string): DatasetRunItem {
  return {
    id: row.id,
    datasetRunId: row.run_id,
    datasetRunName: runName,
    datasetItemId: row.dataset_item_id,
    traceId: row.trace_id,
    observationId: row.observation_id,
    createdAt: toIso(row.created_at),
    updatedAt: toIso(row.updated_at),
  };
}
