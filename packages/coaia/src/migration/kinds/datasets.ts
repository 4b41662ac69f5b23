/** Datasets: names with their schemas. */
import { toStored } from '#base';
import type { DatasetRow } from '#store';
import { readNumbered } from '../sources/pages.ts';
import { readId, readText, readTime, toFields } from '../sources/wire.ts';
import type { Wire } from '../sources/wire.ts';
import type { Gap, Kind } from './kind.ts';

const LIST = { segments: ['v2', 'datasets'], limit: 50 };

const FIELDS = [
  'name',
  'description',
  'metadata',
  'inputSchema',
  'expectedOutputSchema',
  'createdAt',
] as const;

export const datasets: Kind = {
  name: 'datasets',
  readPage: ({ api }, position) => readNumbered(api, LIST, position),
  toId: readId,
  toContent: (item) => toFields(item, FIELDS),
  async write({ tx, db, scope, now }, items) {
    const rows = items.map((item) => toRow(item, scope.projectId, now));
    const named = await tx.read<{ readonly id: string; readonly name: string }>(
      `SELECT id, name FROM datasets WHERE project_id = ? AND ${db.dialect.inList('name')}`,
      [scope.projectId, JSON.stringify(rows.map(({ name }) => name))],
    );
    const owners = new Map(named.map(({ id, name }) => [name, id]));
    const isFree = (row: DatasetRow) => (owners.get(row.name) ?? row.id) === row.id;
    await tx.upsert('datasets', rows.filter(isFree));
    return rows.filter((row) => !isFree(row)).map(toGap);
  },
};

function toGap(row: DatasetRow): Gap {
  return { id: row.id, reason: `this store has another dataset with the name ${row.name}` };
}

function toRow(item: Wire, projectId: string, now: number): DatasetRow {
  const created = readTime(item, 'createdAt') ?? now;
  return {
    project_id: projectId,
    id: readId(item),
    name: readText(item, 'name') ?? readId(item),
    description: readText(item, 'description'),
    created_at: created,
    updated_at: readTime(item, 'updatedAt') ?? created,
    metadata: toStored(item['metadata']),
    input_schema: toStored(item['inputSchema']),
    expected_output_schema: toStored(item['expectedOutputSchema']),
  };
}
