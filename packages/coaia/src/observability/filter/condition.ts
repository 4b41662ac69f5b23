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
  if (typeof operator !== 'string' || !rules.operators.includes(operator)) {
    return `"operator" of type ${String(type)} is one of ${rules.operators.join(', ')}`;
  }
  const [words, fits] = VALUES[rules.value];
  if (!fits(value)) return `"value" of type ${String(type)} is ${words}`;
  const name = rules.key === 'none' ? undefined : toKey(key);
  if (rules.key === 'needed' && name === undefined) return `type ${String(type)} needs a "key"`;
  return { type: String(type), column, operator, value: value as Condition['value'], key: name };
}

function toKey(key: unknown): string | undefined {
  return typeof key === 'string' && key !== '' ? key : undefined;
}
