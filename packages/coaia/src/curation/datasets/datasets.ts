/** What can be done with datasets. */
import { createId, fromStored, notFound, toPageMeta, toStored, type Scope } from '#base';
import type { DatasetRow, Transaction } from '#store';
import type { Dataset, DatasetInput, Paged } from '@coaia/client';
import { readItemsOfDataset } from '../dataset-items/storage.ts';
import { findValueProblems, parseValueSchema } from '../dataset-items/value-schema.ts';
import type { CurationPorts } from '../ports.ts';
import { toDataset } from './dataset.ts';
import { datasetFailures } from './errors.ts';
import { readDatasetByName, readDatasetCount, readDatasets, removeDataset } from './storage.ts';

/** One page of datasets, newest first, each with the number of its active items. */
export async function listDatasets(
  ports: CurationPorts,
  scope: Scope,
  query: { readonly page: number; readonly limit: number },
): Promise<Paged<Dataset>> {
  const { page, limit } = query;
  const [rows, total] = await Promise.all([
    readDatasets(ports.db, scope.projectId, { limit, offset: (page - 1) * limit }),
    readDatasetCount(ports.db, scope.projectId),
  ]);
  const data = rows.map((row) => ({ ...toDataset(row), itemCount: Number(row.item_count) }));
  return { data, meta: toPageMeta(page, limit, total) };
}

/** One dataset by name. Fails with COAIA-0003. */
export async function getDataset(
  ports: CurationPorts,
  scope: Scope,
  name: string,
): Promise<Dataset> {
  return toDataset(await requireDataset(ports.db, scope.projectId, name));
}

/** The stored dataset with this name. Fails with COAIA-0003. */
export async function requireDataset(
  reader: Pick<Transaction, 'read'>,
  projectId: string,
  name: string,
): Promise<DatasetRow> {
  const row = await readDatasetByName(reader, projectId, name);
  if (row === undefined) throw notFound('Dataset', name, 'coaia fuse datasets list');
  return row;
}

/**
 * Creates a dataset, or changes the one with this name: absent members stay, null clears. A new schema must fit
 * all current items. Fails with COAIA-2101 and COAIA-2102.
 */
export async function createDataset(
  ports: CurationPorts,
  scope: Scope,
  input: DatasetInput,
): Promise<Dataset> {
  const { projectId } = scope;
  const now = ports.clock();
  const id = createId();
  return ports.db.write(async (tx) => {
    await tx.lock([`dataset:${projectId}:${input.name}`]);
    const old = await readDatasetByName(tx, projectId, input.name);
    const row: DatasetRow = {
      project_id: projectId,
      id: old?.id ?? id,
      name: input.name,
      description: input.description === undefined ? (old?.description ?? null) : input.description,
      created_at: old?.created_at ?? now,
      updated_at: now,
      metadata: toChanged(input.metadata, old?.metadata),
      input_schema: toChanged(input.inputSchema, old?.input_schema),
      expected_output_schema: toChanged(input.expectedOutputSchema, old?.expected_output_schema),
    };
    await checkSchemas(tx, row, old);
    await tx.upsert('datasets', [row]);
    return toDataset(row);
  });
}

function toChanged(given: unknown, stored: string | null | undefined): string | null {
  return given === undefined ? (stored ?? null) : toStored(given);
}

/** Items that are named in details. */
const MAX_NAMED = 10;

async function checkSchemas(
  tx: Transaction,
  row: DatasetRow,
  old: DatasetRow | undefined,
): Promise<void> {
  const isChanged =
    row.input_schema !== (old?.input_schema ?? null) ||
    row.expected_output_schema !== (old?.expected_output_schema ?? null);
  if (!isChanged) return;
  const input = parseValueSchema(fromStored(row.input_schema), 'input');
  const expected = parseValueSchema(fromStored(row.expected_output_schema), 'expectedOutput');
  if (old === undefined) return;
  const wrong: { readonly id: string; readonly problems: readonly string[] }[] = [];
  for (const item of await readItemsOfDataset(tx, row.project_id, row.id)) {
    const problems = [
      ...findValueProblems(input, 'input', fromStored(item.input)),
      ...findValueProblems(expected, 'expectedOutput', fromStored(item.expected_output)),
    ];
    if (problems.length > 0) wrong.push({ id: item.id, problems });
  }
  const [first] = wrong;
  if (first === undefined) return;
  throw datasetFailures.create(
    'COAIA-2101',
    `The schema does not fit ${wrong.length} of the dataset's items; item ${first.id}: ${first.problems[0]}.`,
    { details: wrong.slice(0, MAX_NAMED) },
  );
}

/** Removes a dataset with everything that hangs on it. Fails with COAIA-0003. */
export async function deleteDataset(
  ports: CurationPorts,
  scope: Scope,
  name: string,
): Promise<{ readonly message: string }> {
  const { projectId } = scope;
  await ports.db.write(async (tx) => {
    await tx.lock([`dataset:${projectId}:${name}`]);
    const { id } = await requireDataset(tx, projectId, name);
    await removeDataset(tx, projectId, id);
  });
  return { message: 'Dataset successfully deleted' };
}
