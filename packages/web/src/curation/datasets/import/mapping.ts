import type { DatasetItemInput } from '@coaia/client';
import type { Table } from './parse-table.ts';

/** What a column becomes; several inputs make an object. */
export type ColumnRole = 'input' | 'expectedOutput' | 'metadata' | 'id' | 'none';

/** The role of every column. */
export type Mapping = Readonly<Record<string, ColumnRole>>;

type Item = Omit<DatasetItemInput, 'datasetName'>;

const usual: readonly (readonly [role: ColumnRole, names: readonly string[]])[] = [
  ['input', ['input', 'question', 'prompt', 'query']],
  [
    'expectedOutput',
    ['expectedoutput', 'expected_output', 'expected', 'output', 'answer', 'completion'],
  ],
  ['metadata', ['metadata']],
  ['id', ['id']],
];

/** The usual names find their roles, one column each; the rest is left out. */
export function toFirstMapping(columns: readonly string[]): Mapping {
  const mapping: Record<string, ColumnRole> = Object.fromEntries(
    columns.map((column) => [column, 'none']),
  );
  for (const [role, names] of usual) {
    const found = names
      .map((name) => columns.find((column) => column.toLowerCase() === name))
      .find((column) => column !== undefined);
    if (found !== undefined) mapping[found] = role;
  }
  return mapping;
}

/** The items of a table. With `parse` cells that are JSON are read as JSON. */
export function toItems(table: Table, mapping: Mapping, parse: boolean): readonly Item[] {
  const read = (value: unknown) => (parse && typeof value === 'string' ? toParsed(value) : value);
  return table.rows.map((row) => {
    const pick = (role: ColumnRole) => {
      const columns = table.columns.filter((column) => mapping[column] === role);
      const [first] = columns;
      if (first === undefined) return undefined;
      // One metadata column that is an object is the metadata; others get their names.
      const single = read(row[first]);
      if (columns.length === 1 && (role !== 'metadata' || isPlain(single))) return single ?? null;
      return Object.fromEntries(columns.map((column) => [column, read(row[column]) ?? null]));
    };
    const id = pick('id');
    const fields = {
      id: id === undefined || id === null || id === '' ? undefined : toIdText(id),
      input: pick('input'),
      expectedOutput: pick('expectedOutput'),
      metadata: pick('metadata'),
    };
    return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
  });
}

function isPlain(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function toIdText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function toParsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}
