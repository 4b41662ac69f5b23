/** How Postgres spells what the two databases spell differently. Texts have collation C, as in the migrations. */
import type { Dialect } from '../database.ts';

export const postgresDialect: Dialect = {
  name: 'postgres',
  inList: (column) => `${column} = ANY (ARRAY(SELECT json_array_elements_text(?::json)))`,
  jsonText: (column, path) => `(${column}::json #>> ARRAY[${path.map(toLiteral).join(', ')}])`,
  // Two digits of exponent at most, because a larger double is an error here.
  number: (expression) =>
    `CASE WHEN ${expression} ~ '^-?(0|[1-9][0-9]*)([.][0-9]+)?([eE][+-]?[0-9]{1,2})?$' THEN (${expression})::double precision END`,
  jsonArrayHas: (column) =>
    `EXISTS (SELECT 1 FROM json_array_elements_text(${column}::json) AS element (value) WHERE element.value = ?)`,
  jsonArrayRows: (column, alias) => `json_array_elements_text(${column}::json) AS ${alias} (value)`,
  like: (column) => `${column} ILIKE ? ESCAPE '\\'`,
  bucket: (expression, step) =>
    `(floor((${expression}) / ${step}.0) * ${Math.trunc(step)})::bigint`,
  month: (expression) =>
    `(extract(epoch FROM date_trunc('month', to_timestamp((${expression}) / 1000.0) AT TIME ZONE 'UTC')) * 1000)::bigint`,
  percentile: (column, fraction) =>
    `percentile_cont(${fraction}) WITHIN GROUP (ORDER BY ${column})`,
  lockRow: ' FOR UPDATE',
  lockFreeRow: ' FOR UPDATE SKIP LOCKED',
  left: (column, count) => `substr(${column}, 1, ${Math.trunc(count)})`,
};

/** A text literal; Postgres texts cannot hold U+0000, so it is left out. */
function toLiteral(text: string): string {
  const escaped = text.replaceAll('\0', '').replaceAll('\\', '\\\\').replaceAll("'", "''");
  return `E'${escaped}'`;
}
