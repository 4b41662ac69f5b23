/** A dataset as it is stored and as the Langfuse API returns it. */
import { fromStored, toIso } from '#base';
import type { DatasetRow } from '#store';
import type { Dataset } from '@coaia/client';

export function toDataset(row: DatasetRow): Dataset {
  return {
    id: row.id,
    name: row.name,
    description: row.description,
    metadata: fromStored(row.metadata),
    inputSchema: fromStored(row.input_schema),
    expectedOutputSchema: fromStored(row.expected_output_schema),
    projectId: row.project_id,
    createdAt: toIso(row.created_at),
    updatedAt: toIso(row.updated_at),
  };
}
