/** Whether a score keeps to its config, and what is stored for it. Used where scores are written. */
import type { ScoreCategory, ScoreConfig } from '@coaia/client';
import { toPlain } from '../ingestion/body-reader.ts';
import { renderRequirement } from './requirement.ts';

/** The part of a config that scores are checked against. */
export type ConfigRules = Pick<
  ScoreConfig,
  'id' | 'name' | 'dataType' | 'isArchived' | 'minValue' | 'maxValue' | 'categories'
>;

/** Score configs by id, as far as a batch names them. */
export type ConfigsById = ReadonlyMap<string, ConfigRules>;

/** What is stored: numbers, 1 and 0 with True and False, a category's number with its label, texts. */
export interface CheckedValue {
  readonly value: number | null;
  readonly string_value: string | null;
}

/** Checks a score's value and declared type; a text says what is wrong and what is accepted. */
export function checkScore(
  config: ConfigRules,
  given: { readonly value: unknown; readonly dataType: string | undefined },
): CheckedValue | string {
  if (config.isArchived) {
    return `The score config "${config.name}" is archived; restore it before new scores use it.`;
  }
  if (given.dataType !== undefined && given.dataType !== config.dataType) {
    return `The score config "${config.name}" is ${config.dataType}, the score ${given.dataType}.`;
  }
  const checked = CHECKS[config.dataType](config, given.value);
  if (checked !== undefined) return checked;
  return `The value ${toShown(given.value)} does not fit the score config "${config.name}": ${renderRequirement(config)}.`;
}

type Check = (config: ConfigRules, value: unknown) => CheckedValue | undefined;

const CHECKS: Readonly<Record<ConfigRules['dataType'], Check>> = {
  NUMERIC: ({ minValue, maxValue }, value) => {
    if (typeof value !== 'number' || !Number.isFinite(value)) return undefined;
    if (typeof minValue === 'number' && value < minValue) return undefined;
    if (typeof maxValue === 'number' && value > maxValue) return undefined;
    return { value, string_value: null };
  },
  // CoAiAPy sends JSON true and false, and the number of a category.
  BOOLEAN: (_, given) => {
    const value = typeof given === 'boolean' ? Number(given) : given;
    return value === 0 || value === 1
      ? { value, string_value: value === 1 ? 'True' : 'False' }
      : undefined;
  },
  CATEGORICAL: ({ categories }, value) => {
    const found = findCategory(categories ?? [], value);
    return found === undefined ? undefined : { value: found.value, string_value: found.label };
  },
  TEXT: (_, value) =>
    typeof value === 'string' && value.length > 0 && value.length <= MAX_TEXT
      ? { value: null, string_value: toPlain(value) }
      : undefined,
};

/** Longest text of a TEXT score, in characters. */
const MAX_TEXT = 500;

function findCategory(
  categories: readonly ScoreCategory[],
  value: unknown,
): ScoreCategory | undefined {
  return (
    categories.find(({ label }) => label === value) ??
    categories.find((category) => category.value === value)
  );
}

function toShown(value: unknown): string {
  const text = JSON.stringify(value) ?? 'undefined';
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}
