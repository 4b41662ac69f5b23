/** Conditions of the filter parameter with every type, operator, column and value, right and wrong. */

const TYPES = [
  'datetime',
  'string',
  'number',
  'stringOptions',
  'categoryOptions',
  'arrayOptions',
  'stringObject',
  'numberObject',
  'booleanObject',
  'boolean',
  'null',
  'constructor',
  '__proto__',
  7,
  null,
];
const OPERATORS = [
  '=',
  '>',
  '<',
  '>=',
  '<=',
  '<>',
  'contains',
  'does not contain',
  'starts with',
  'ends with',
  'matches',
  'any of',
  'none of',
  'all of',
  'is null',
  'is not null',
  'DROP',
  '',
  1,
  null,
];
const COLUMNS = [
  'timestamp',
  'name',
  'latency',
  'tags',
  'metadata',
  'scores_avg',
  'score_categories',
  'isRootObservation',
  'input',
  'level',
  'totalCost',
  'nothing',
  '__proto__',
  '',
  5,
];
const VALUES: readonly unknown[] = [
  'x',
  '',
  'a\0b',
  '\ud800',
  '%',
  0,
  -0,
  1e308,
  5e-324,
  true,
  null,
  [],
  ['a'],
  [1],
  [['a']],
  {},
  '2026-02-30',
  '+275760-09-13T00:00:00Z',
  'x'.repeat(3000),
  Array.from({ length: 300 }, () => 'v'),
];

/** One condition of the filter parameter, chosen by number; all combinations when counted up far enough. */
export function toCondition(seed: number): object {
  const pick = <T>(list: readonly T[], at: number): T | undefined => list[at % list.length];
  const key = pick([undefined, 'k', '', "a'b", '$.a', '__proto__', 7], Math.floor(seed / 3));
  return {
    type: pick(TYPES, seed),
    operator: pick(OPERATORS, Math.floor(seed / TYPES.length)),
    column: pick(COLUMNS, Math.floor(seed / 7)),
    value: pick(VALUES, Math.floor(seed / 11)),
    ...(key === undefined ? {} : { key }),
  };
}

export const CONDITIONS = TYPES.length * OPERATORS.length * VALUES.length;

/** Whole filters that are no list of conditions. */
export const BAD_FILTERS: readonly string[] = [
  '{',
  '[',
  'null',
  '1',
  '"x"',
  '{}',
  '[null]',
  '[1]',
  '[[]]',
  '[{}]',
  '{"0":{}}',
  '['.repeat(3000),
  JSON.stringify(Array.from({ length: 101 }, () => ({}))),
  '[{"__proto__":{"type":"string"}}]',
];
