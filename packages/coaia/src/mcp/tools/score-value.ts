/** The value of a score as its config wants it. */
import { isObject } from '#base';
import { mcpErrors } from '../errors.ts';

type Wire = Readonly<Record<string, unknown>>;

const WORDS: Readonly<Record<string, number>> = {
  true: 1,
  yes: 1,
  '1': 1,
  false: 0,
  no: 0,
  '0': 0,
};

/** Number or label as it is sent. Throws COAIA-0805 with what the config allows. */
export function toScoreValue(config: Wire, value: unknown): string | number {
  switch (config['dataType']) {
    case 'NUMERIC':
      return toNumber(config, value);
    case 'BOOLEAN':
      return toFlag(value);
    case 'CATEGORICAL':
      return toLabel(config, value);
    default:
      return String(value);
  }
}

function toNumber({ minValue, maxValue }: Wire, value: unknown): number {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  if (typeof number !== 'number' || !Number.isFinite(number))
    throw mcpErrors.create('COAIA-0805', `${String(value)} is no number.`);
  const isLow = typeof minValue === 'number' && number < minValue;
  const isHigh = typeof maxValue === 'number' && number > maxValue;
  if (!isLow && !isHigh) return number;
  const from = typeof minValue === 'number' ? minValue : 'any';
  const to = typeof maxValue === 'number' ? maxValue : 'any';
  throw mcpErrors.create('COAIA-0805', `${number} is outside the range from ${from} to ${to}.`);
}

function toFlag(value: unknown): number {
  const flag = WORDS[String(value).trim().toLowerCase()];
  if (flag !== undefined) return flag;
  throw mcpErrors.create('COAIA-0805', `${String(value)} is neither true nor false.`);
}

/** By label in any case, or by the number behind it. */
function toLabel(config: Wire, value: unknown): string {
  const list = Array.isArray(config['categories']) ? config['categories'] : [];
  const categories = list.filter((one): one is Wire => isObject(one));
  const wanted = String(value).trim().toLowerCase();
  const found =
    categories.find(({ label }) => String(label).toLowerCase() === wanted) ??
    categories.find((category) => String(category['value']) === wanted);
  if (found !== undefined) return String(found['label']);
  const labels = categories.map(({ label }) => String(label)).join(', ');
  throw mcpErrors.create('COAIA-0805', `${String(value)} is no category; there are: ${labels}.`);
}
