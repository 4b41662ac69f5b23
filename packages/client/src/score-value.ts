/** The value of a score as its config wants it, checked before anything is sent. */
import { ClientError } from './client-error.ts';
import type { ScoreConfig } from './scores-api.ts';

const WORDS: Readonly<Record<string, number>> = { true: 1, yes: 1, 1: 1, false: 0, no: 0, 0: 0 };

type Rules = Pick<ScoreConfig, 'dataType' | 'minValue' | 'maxValue' | 'categories'>;

/** A number for NUMERIC, 1 or 0 for BOOLEAN, the label for CATEGORICAL. Throws ClientError of kind `rejected`. */
export function validateScoreValue(config: Rules, value: unknown): string | number {
  if (config.dataType === 'NUMERIC') return toNumber(config, value);
  if (config.dataType === 'CATEGORICAL') return toLabel(config, value);
  const text = String(value).trim();
  if (config.dataType === 'TEXT') return text;
  const flag = WORDS[text.toLowerCase()];
  if (flag === undefined) throw refuse(`${text} is neither true nor false.`);
  return flag;
}

function refuse(message: string): ClientError {
  return new ClientError(message, { kind: 'rejected' });
}

function toNumber({ minValue, maxValue }: Rules, value: unknown): number {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  if (typeof number !== 'number' || !Number.isFinite(number))
    throw refuse(`${String(value)} is no number.`);
  if (number >= (minValue ?? -Infinity) && number <= (maxValue ?? Infinity)) return number;
  throw refuse(`${number} is outside the range from ${minValue ?? 'any'} to ${maxValue ?? 'any'}.`);
}

/** By label in any case, or by the number behind it. */
function toLabel({ categories }: Rules, value: unknown): string {
  const all = categories ?? [];
  const wanted = String(value).trim().toLowerCase();
  const found =
    all.find(({ label }) => label.toLowerCase() === wanted) ??
    all.find((category) => String(category.value) === wanted);
  if (found !== undefined) return found.label;
  const labels = all.map(({ label }) => label).join(', ');
  throw refuse(`${String(value)} is no category; there are: ${labels}.`);
}
