/** Items of datasets, archived ones where the server lists them; the state of now, not its history. */
import { toStored } from '#base';
import type { DatasetItemRow } from '#store';
import { readNumbered } from '../sources/pages.ts';
import { readId, readText, readTime, toFields } from '../sources/wire.ts';
import type { Wire } from '../sources/wire.ts';
import { findExisting } from './find-existing.ts';
import type { Gap, Kind, WriteTarget } from './kind.ts';
import { findReferences } from './media-references.ts';

const LIST = { segments: ['dataset-items'], query: { includeArchived: true }, limit: 100 };

const FIELDS = [
  'datasetId',
  'status',
  'input',
  'expectedOutput',
  'metadata',
  'sourceTraceId',
  'sourceObservationId',
  'createdAt',
] as const;

export const datasetItems: Kind = {
  name: 'dataset-items',
  readPage: ({ api }, position) => readNumbered(api, LIST, position),
  toId: readId,
  toContent: (item) => toFields(item, FIELDS),
  findMedia: (item) =>
    findReferences(item, ['input', 'expectedOutput', 'metadata'], {
      subject: 'dataset_item',
      parentId: readId(item, 'datasetId'),
      subjectId: readId(item),
    }),
  async write(target, items) {
    const wanted = items.map((item) => readId(item, 'datasetId'));
    const known = await findExisting(target, 'datasets', [...new Set(wanted)]);
    const gaps: Gap[] = [];
    for (const item of items) {
      const reason = known.has(readId(item, 'datasetId'))
        ? await writeItem(target, toRow(item, target.scope.projectId, target.now))
        : `its dataset ${readText(item, 'datasetName') ?? ''} was not copied`;
      if (reason !== undefined) gaps.push({ id: readId(item), reason });
    }
    return gaps;
  },
};

/** Stores the item as its newest version; the same content again makes none. */
async function writeItem({ tx }: WriteTarget, row: DatasetItemRow): Promise<string | undefined> {
  const [last] = await tx.read<DatasetItemRow>(
    'SELECT * FROM dataset_items WHERE project_id = ? AND id = ? ORDER BY valid_from DESC LIMIT 1',
    [row.project_id, row.id],
  );
  if (last === undefined) {
    await tx.upsert('dataset_items', [row]);
    return undefined;
  }
  const isCurrent = last.valid_to === null;
  if (isCurrent && last.dataset_id !== row.dataset_id)
    return 'an item of another dataset has its id';
  if (isCurrent && isSame(last, row)) return undefined;
  const earliest = Math.max(last.valid_to ?? 0, last.valid_from) + 1;
  const from = Math.max(row.valid_from, earliest);
  if (isCurrent)
    await tx.run(
      'UPDATE dataset_items SET valid_to = ? WHERE project_id = ? AND id = ? AND valid_to IS NULL',
      [from, row.project_id, row.id],
    );
  await tx.upsert('dataset_items', [{ ...row, valid_from: from }]);
  return undefined;
}

function isSame(left: DatasetItemRow, right: DatasetItemRow): boolean {
  const toText = ({ valid_from: _from, valid_to: _to, ...rest }: DatasetItemRow) =>
    JSON.stringify(Object.entries(rest).toSorted(([a], [b]) => (a < b ? -1 : 1)));
  return toText(left) === toText(right);
}

function toRow(item: Wire, projectId: string, now: number): DatasetItemRow {
  const created = readTime(item, 'createdAt') ?? now;
  return {
    project_id: projectId,
    id: readId(item),
    valid_from: readTime(item, 'updatedAt') ?? created,
    valid_to: null,
    dataset_id: readId(item, 'datasetId'),
    status: readText(item, 'status') ?? 'ACTIVE',
    source_trace_id: readText(item, 'sourceTraceId'),
    source_observation_id: readText(item, 'sourceObservationId'),
    created_at: created,
    metadata: toStored(item['metadata']),
    input: toStored(item['input']),
    expected_output: toStored(item['expectedOutput']),
  };
}
