/** A score's value as somebody types it, by its config. */
import type { ScoreCategory, ScoreConfig } from '@coaia/client';
import { scoreFailures } from '../scores/errors.ts';
import { renderRequirement } from './requirement.ts';

type Rules = Pick<ScoreConfig, 'name' | 'dataType' | 'minValue' | 'maxValue' | 'categories'>;

/**
 * What is sent for a typed value: the label of a category (its number finds it as well), 1 or 0, a number within
 * the range, or the text. Throws COAIA-1081 with what is accepted.
 */
export function parseConfigValue(config: Rules, text: string): number | string {
  const value = PARSERS[config.dataType](config, text);
  if (value !== undefined) return value;
  throw scoreFailures.create(
    'COAIA-1081',
    `The value "${text}" does not fit the score config "${config.name}": ${renderRequirement(config)}.`,
  );
}

const PARSERS: Readonly<
  Record<ScoreConfig['dataType'], (config: Rules, text: string) => number | string | undefined>
> = {
  BOOLEAN: (_, text) => parseFlagWord(text),
  CATEGORICAL: ({ categories }, text) => findCategory(categories ?? [], text)?.label,
  NUMERIC: (config, text) => parseWithin(config, text),
  TEXT: (_, text) => (text.length > 0 && text.length <= 500 ? text : undefined),
};

const FLAGS: ReadonlyMap<string, number> = new Map([
  ...['true', 'yes', 'on'].map((word) => [word, 1] as const),
  ...['false', 'no', 'off'].map((word) => [word, 0] as const),
]);

/** 1 or 0 for true/false, yes/no, on/off in any case and for the numbers themselves; undefined for others. */
export function parseFlagWord(text: string): number | undefined {
  const word = FLAGS.get(text.trim().toLowerCase());
  if (word !== undefined) return word;
  const number = parseDecimal(text);
  return number === 0 || number === 1 ? number : undefined;
}

/** A finite number in decimal or exponent form; undefined for anything else, also for hexadecimal and empty texts. */
export function parseDecimal(text: string): number | undefined {
  if (!/^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i.test(text.trim())) return undefined;
  const number = Number(text);
  return Number.isFinite(number) ? number : undefined;
}

function parseWithin({ minValue, maxValue }: Rules, text: string): number | undefined {
  const number = parseDecimal(text);
  if (number === undefined) return undefined;
  const isWithin = number >= (minValue ?? -Infinity) && number <= (maxValue ?? Infinity);
  return isWithin ? number : undefined;
}

function findCategory(
  categories: readonly ScoreCategory[],
  text: string,
): ScoreCategory | undefined {
  const wanted = text.trim().toLowerCase();
  const number = parseDecimal(text);
  return (
    categories.find(({ label }) => label === text) ??
    categories.find(({ label }) => label.toLowerCase() === wanted) ??
    categories.find(({ value }) => value === number)
  );
}
