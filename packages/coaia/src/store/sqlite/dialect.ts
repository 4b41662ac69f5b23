/** How SQLite spells what the two databases spell differently. */
import { DatabaseSync } from 'node:sqlite';
import type { Dialect } from '../database.ts';

export const sqliteDialect: Dialect = {
  name: 'sqlite',
  inList: (column) => `${column} IN (SELECT value FROM json_each(?))`,
  jsonText(column, path) {
    const place = toLiteral(`$${path.map((key) => `.${JSON.stringify(key)}`).join('')}`);
    return `CASE json_type(${column}, ${place}) WHEN 'null' THEN NULL WHEN 'text' THEN json_extract(${column}, ${place}) ELSE ${column} -> ${place} END`;
  },
  number: (expression) =>
    `CASE WHEN json_valid(${expression}) AND json_type(${expression}) IN ('integer', 'real') THEN CAST(${expression} AS REAL) END`,
  jsonArrayHas: (column) => `EXISTS (SELECT 1 FROM json_each(${column}) WHERE value = ?)`,
  jsonArrayRows: (column, alias) => `json_each(${column}) AS ${alias}`,
  like: (column) => `${column} LIKE ? ESCAPE '\\'`,
  bucket: (expression, step) =>
    `(CAST(floor((${expression}) / ${step}.0) AS INTEGER) * ${Math.trunc(step)})`,
  month: (expression) =>
    `(unixepoch(CAST(floor((${expression}) / 1000.0) AS INTEGER), 'unixepoch', 'start of month') * 1000)`,
  percentile: (column, fraction) =>
    hasPercentile() ? `percentile_cont(${column}, ${fraction})` : undefined,
  // There is one writer at a time.
  lockRow: '',
  lockFreeRow: '',
  left: (column, count) => `substr(${column}, 1, ${Math.trunc(count)})`,
};

let known: boolean | undefined;

/** Percentiles are compiled into the SQLite of some builds of Node only; asked once. */
function hasPercentile(): boolean {
  if (known !== undefined) return known;
  const db = new DatabaseSync(':memory:');
  known =
    db.prepare("SELECT 1 FROM pragma_function_list WHERE name = 'percentile_cont'").get() !==
    undefined;
  db.close();
  return known;
}

function toLiteral(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
