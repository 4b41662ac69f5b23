/** One condition of the JSON filter: which operators and values each type takes. */
import { isObject } from '#base';

export interface Condition {
  readonly type: string;
  readonly column: string;
  readonly operator: string;
  readonly value: string | number | boolean | readonly string[] | undefined;
  /** Member of `metadata`, or name of a score. */
  readonly key: string | undefined;
}

interface ConditionType {
  readonly operators: readonly string[];
  readonly value: 'text' | 'number' | 'flag' | 'texts' | 'nothing';
  readonly key: 'none' | 'needed' | 'possible';
}

const COMPARISONS = ['>', '<', '>=', '<='];
const TEXT = ['=', 'contains', 'does not contain', 'starts with', 'ends with', 'matches'];
const LIST = ['any of', 'none of'];

// oxfmt-ignore
const TYPES: Readonly<Record<string, ConditionType>> = {
  datetime: { operators: COMPARISONS, value: 'text', key: 'none' },
  string: { operators: TEXT, value: 'text', key: 'possible' },
  number: { operators: ['=', ...COMPARISONS], value: 'number', key: 'possible' },
  stringOptions: { operators: LIST, value: 'texts', key: 'none' },
  categoryOptions: { operators: LIST, value: 'texts', key: 'needed' },
  arrayOptions: { operators: [...LIST, 'all of'], value: 'texts', key: 'none' },
  stringObject: { operators: TEXT, value: 'text', key: 'needed' },
  numberObject: { operators: ['=', ...COMPARISONS], value: 'number', key: 'needed' },
  booleanObject: { operators: ['=', '<>'], value: 'flag', key: 'needed' },
  boolean: { operators: ['=', '<>'], value: 'flag', key: 'none' },
  null: { operators: ['is null', 'is not null'], value: 'nothing', key: 'possible' },
};

const VALUES: Readonly<
  Record<ConditionType['value'], readonly [string, (value: unknown) => boolean]>
> = {
  text: ['a text', (value) => typeof value === 'string'],
  number: ['a number', (value) => typeof value === 'number' && Number.isFinite(value)],
  flag: ['true or false', (value) => typeof value === 'boolean'],
  texts: [
    'a list of texts',
    (value) => Array.isArray(value) && value.every((item) => typeof item === 'string'),
  ],
  nothing: ['absent', () => true],
};

/** Checks one condition; a text says what is wrong with it. */
export function parseCondition(item: unknown): Condition | string {
  if (!isObject(item)) return 'it is not an object';
  const { type, column, operator, value, key } = item;
  const rules = typeof type === 'string' && Object.hasOwn(TYPES, type) ? TYPES[type] : undefined;
  if (rules === undefined) return `"type" is one of ${Object.keys(TYPES).join(', ')}`;
  if (typeof column !== 'string' || column === '') return '"column" is a text';
  const name = rules.key === 'none' ? undefined : toKey(key);
  const wrong = findWrong(rules, operator, value, name);
  if (wrong !== undefined) return `${wrong} for type ${String(type)}`;
  return {
    type: String(type),
    column,
    operator: String(operator),
    value: value as Condition['value'],
    key: name,
  };
}

function findWrong(
  rules: ConditionType,
  operator: unknown,
  value: unknown,
  key: string | undefined,
): string | undefined {
  if (typeof operator !== 'string' || !rules.operators.includes(operator)) {
    return `"operator" is one of ${rules.operators.join(', ')}`;
  }
  const [words, fits] = VALUES[rules.value];
  if (!fits(value)) return `"value" is ${words}`;
  return rules.key === 'needed' && key === undefined ? '"key" is needed' : undefined;
}

function toKey(key: unknown): string | undefined {
  return typeof key === 'string' && key !== '' ? key : undefined;
}
