/** Lists as text: the table of the contract, JSON, JSON lines, CSV; all of a row's fields or some. */
import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { isObject, renderCsvRow } from '#base';
import type { Column, ListValues, ListView } from '#surface';
import { cliErrors, usageError } from './errors.ts';
import { renderTable } from './table.ts';

type Form = 'table' | 'json' | 'jsonl' | 'csv';

export interface ListSurroundings {
  /** --json, or a pipe that gets JSON anyway. */
  readonly isJson: boolean;
  /** Columns of the terminal; undefined when there is none. */
  readonly width: number | undefined;
}

/** The whole text, with its last line break. Throws COAIA-0501 when two forms are asked for. */
export function renderList<Row extends object>(
  view: ListView<Row>,
  values: ListValues,
  { isJson, width }: ListSurroundings,
): string {
  const form = findForm(values, isJson);
  const fields = toFields(values.fields);
  if (form === 'table') {
    return fields === undefined
      ? renderTable(view.things, view.rows, view.columns, width)
      : renderTable(view.things, view.rows, toColumns(fields), width);
  }
  const rows = fields === undefined ? view.rows : view.rows.map((row) => pickFields(row, fields));
  if (form === 'jsonl') return rows.map((row) => `${JSON.stringify(row)}\n`).join('');
  if (form === 'csv') return renderCsv(rows, fields);
  const shown = view.page === undefined ? rows : { ...view.page, data: rows };
  return `${JSON.stringify(shown, null, 2)}\n`;
}

/** Throws COAIA-0507. */
export function writeListFile(path: string, cwd: string, text: string): void {
  try {
    writeFileSync(resolve(cwd, path), text);
  } catch (error) {
    throw cliErrors.create('COAIA-0507', `The file ${path} cannot be written.`, { cause: error });
  }
}

function findForm({ csv, jsonl, output }: ListValues, isJson: boolean): Form {
  if (csv === true && jsonl === true)
    throw usageError('--csv and --jsonl are two forms.', 'give one of them');
  if (csv === true) return 'csv';
  if (jsonl === true) return 'jsonl';
  if (output === undefined || output === '-') return isJson ? 'json' : 'table';
  if (isJson) return 'json';
  if (/\.csv$/i.test(output)) return 'csv';
  if (/\.(?:jsonl|ndjson)$/i.test(output)) return 'jsonl';
  return /\.json$/i.test(output) ? 'json' : 'table';
}

/** `a, b.c` is two fields. Throws COAIA-0501 when it names none. */
function toFields(text: string | undefined): readonly string[] | undefined {
  if (text === undefined) return undefined;
  const fields = text
    .split(',')
    .map((field) => field.trim())
    .filter((field) => field !== '');
  if (fields.length === 0) throw usageError('--fields names no field.', 'write --fields id,name');
  return fields;
}

function pickFields(row: object, fields: readonly string[]): Readonly<Record<string, unknown>> {
  return Object.fromEntries(fields.map((field) => [field, findField(row, field) ?? null]));
}

/** The field of that name, else what the dots lead to. */
function findField(row: object, field: string): unknown {
  if (Object.hasOwn(row, field)) return (row as Readonly<Record<string, unknown>>)[field];
  let value: unknown = row;
  for (const key of field.split('.')) {
    if (!isObject(value) && !Array.isArray(value)) return undefined;
    value = Object.hasOwn(value, key) ? (value as Record<string, unknown>)[key] : undefined;
  }
  return value;
}

function toColumns(fields: readonly string[]): readonly Column<object>[] {
  return fields.map((field) => ({
    header: field,
    value: (row) => {
      const value = findField(row, field) ?? 'N/A';
      return typeof value === 'string' ? value : JSON.stringify(value);
    },
  }));
}

/** Columns are the fields that were asked for, else every field of any row; an empty list has no header then. */
function renderCsv(rows: readonly object[], fields: readonly string[] | undefined): string {
  const names = fields ?? [...new Set(rows.flatMap((row) => Object.keys(row)))];
  if (names.length === 0) return '';
  const lines = rows.map((row) =>
    renderCsvRow(names.map((name) => (row as Readonly<Record<string, unknown>>)[name])),
  );
  return [renderCsvRow(names), ...lines, ''].join('\n');
}
