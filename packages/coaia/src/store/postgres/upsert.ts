/** One statement per call for any number of whole rows: they travel as one JSON parameter. */
import { TABLE_COLUMNS } from '../columns.ts';
import type { ColumnType } from '../columns.ts';
import { PRIMARY_KEYS } from '../tables.ts';
import type { Tables } from '../tables.ts';
import { toSafeJson } from './values.ts';

const SQL_TYPES: Readonly<Record<ColumnType, string>> = {
  text: 'text',
  json: 'text',
  integer: 'bigint',
  real: 'double precision',
  bytes: 'bytea',
};

/** SQL with one parameter, the rows as a JSON array of objects. */
export function renderUpsert(table: keyof Tables): string {
  const columns: readonly (readonly [string, ColumnType])[] = Object.entries(TABLE_COLUMNS[table]);
  const keys: readonly string[] = PRIMARY_KEYS[table];
  const names = columns.map(([name]) => `"${name}"`).join(', ');
  const shape = columns.map(([name, type]) => `"${name}" ${SQL_TYPES[type]}`).join(', ');
  const updates = columns
    .filter(([name]) => !keys.includes(name))
    .map(([name]) => `"${name}" = excluded."${name}"`);
  return `INSERT INTO ${table} (${names}) SELECT ${names} FROM json_to_recordset($1::json) AS given (${shape}) ON CONFLICT (${keys.join(', ')}) DO UPDATE SET ${updates.join(', ')}`;
}

/** Escapes of U+0000 and of surrogates, at any depth of quoting: rare, so one look at the whole text is enough. */
const SUSPECT = /\\u(?:0000|d[89a-f])/i;

/** The parameter for `renderUpsert`. */
export function toRowsParameter<T extends keyof Tables>(
  table: T,
  rows: readonly Tables[T][],
): string {
  const text = JSON.stringify(hasBytes(table) ? rows.map(toHexCells) : rows);
  if (!SUSPECT.test(text)) return text;
  const types: Readonly<Record<string, ColumnType>> = TABLE_COLUMNS[table];
  return JSON.stringify(
    rows.map((row) =>
      Object.fromEntries(
        Object.entries(row).map(([name, value]) => [name, toSafeCell(value, types[name])]),
      ),
    ),
  );
}

function hasBytes(table: keyof Tables): boolean {
  return Object.values<ColumnType>(TABLE_COLUMNS[table]).includes('bytes');
}

/** Bytes inside JSON are hex as Postgres reads it: https://www.postgresql.org/docs/current/datatype-binary.html */
function toHexCells(row: object): object {
  return Object.fromEntries(
    Object.entries(row).map(([name, value]: [string, unknown]) => [
      name,
      value instanceof Uint8Array ? String.raw`\x${Buffer.from(value).toString('hex')}` : value,
    ]),
  );
}

/** A value as a column of this type can hold it in Postgres. */
export function toSafeCell(value: unknown, type: ColumnType | undefined): unknown {
  if (typeof value !== 'string') return value;
  return type === 'json' ? toSafeJson(value) : value.replaceAll('\0', '�').toWellFormed();
}
