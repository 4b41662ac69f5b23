/** Conditions of experiment lists: comma lists of plain parameters, and the `filter` of structured conditions. */
import { invalidRequest, isObject } from '#base';
import { toLikePattern, type Dialect } from '#store';
import type { Condition } from './storage.ts';

/** Filter columns and the SQL columns they mean. */
export type Columns = Readonly<Record<string, string>>;

/** Values of a comma list; undefined when nothing is given. */
export function toListCondition(
  dialect: Dialect,
  column: string,
  list: string | undefined,
): readonly Condition[] {
  const values = (list ?? '')
    .split(',')
    .map((value) => value.trim())
    .filter((value) => value !== '');
  return values.length === 0 ? [] : [toAny(dialect, column, values)];
}

function toAny(dialect: Dialect, column: string, values: readonly unknown[]): Condition {
  return { sql: dialect.inList(column), parameters: [JSON.stringify(values)] };
}

/** Reads `filter`. Fails with COAIA-0002 naming the condition that is wrong. */
export function parseFilterConditions(
  dialect: Dialect,
  text: string | undefined,
  columns: Columns,
): readonly Condition[] {
  if (text === undefined) return [];
  const list = toParsed(text);
  if (!Array.isArray(list)) throw invalidRequest('"filter" must be a JSON array of conditions.');
  return list.map((item: unknown, index) => {
    const condition = isObject(item) ? toCondition(dialect, item, columns) : undefined;
    if (condition !== undefined) return condition;
    const names = Object.keys(columns).join(', ');
    throw invalidRequest(
      `Condition ${index + 1} of "filter" cannot be used here: columns are ${names}; types are string (=, contains, does not contain, starts with) and stringOptions (any of, none of).`,
    );
  });
}

function toParsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function toCondition(
  dialect: Dialect,
  item: Record<string, unknown>,
  columns: Columns,
): Condition | undefined {
  const { type, column: name, operator, value } = item;
  if (typeof name !== 'string' || !Object.hasOwn(columns, name)) return undefined;
  const column = columns[name] ?? name;
  if (type === 'stringOptions') {
    if (!Array.isArray(value) || !value.every((one) => typeof one === 'string')) return undefined;
    const any = toAny(dialect, column, value);
    if (operator === 'any of') return any;
    return operator === 'none of' ? toNot(any, column) : undefined;
  }
  if (type !== 'string' || typeof value !== 'string') return undefined;
  return toTextCondition(dialect, column, operator, value);
}

function toTextCondition(
  dialect: Dialect,
  column: string,
  operator: unknown,
  value: string,
): Condition | undefined {
  const contains = { sql: dialect.like(column), parameters: [toLikePattern(value)] };
  if (operator === '=') return { sql: `${column} = ?`, parameters: [value] };
  if (operator === 'contains') return contains;
  if (operator === 'does not contain') return toNot(contains, column);
  if (operator !== 'starts with') return undefined;
  return { sql: `substr(${column}, 1, length(CAST(? AS TEXT))) = ?`, parameters: [value, value] };
}

function toNot(condition: Condition, column: string): Condition {
  return {
    sql: `${column} IS NULL OR NOT (${condition.sql})`,
    parameters: condition.parameters,
  };
}
