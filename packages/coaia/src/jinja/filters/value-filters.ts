/** Filters on numbers and single values. */
import { TemplateError } from '../errors.ts';
import { wholeNumber } from '../values/arithmetic.ts';
import type { CallReader } from '../values/call-values.ts';
import { isTruthy } from '../values/compare.ts';
import { getItem } from '../values/items.ts';
import { toRepr, toText } from '../values/show.ts';
import {
  Float,
  isFloat,
  isNumber,
  isText,
  Structure,
  toNumber,
  typeName,
  Undefined,
} from '../values/kinds.ts';

import type { FilterTable } from './filter.ts';

export const valueFilters: FilterTable = [
  ['default', defaultValue],
  ['d', defaultValue],
  ['int', toInteger],
  ['float', toFloat],
  [
    'abs',
    (value) => {
      const number = needNumber(value, 'abs');
      return isFloat(value) ? Float.of(Math.abs(number)) : Math.abs(number);
    },
  ],
  ['round', round],
  ['filesizeformat', fileSize],
  ['attr', (value, call) => getOwn(value, toText(call.need(0, 'name')))],
  ['pprint', (value) => toRepr(value)],
];

function needNumber(value: unknown, filter: string): number {
  if (isNumber(value)) return toNumber(value);
  throw new TemplateError(`\`${filter}\` needs a number, not a ${typeName(value)}`);
}

function defaultValue(value: unknown, call: CallReader): unknown {
  const isEmpty = call.flag(1, 'boolean', false) && !isTruthy(value);
  return value instanceof Undefined || isEmpty
    ? call.has(0, 'default_value')
      ? call.at(0, 'default_value')
      : ''
    : value;
}

/** Attributes that the language itself gives, never data: `attr` does not look into dictionaries. */
function getOwn(value: unknown, name: string): unknown {
  const found = value instanceof Structure ? getItem(value, name) : undefined;
  return found ?? new Undefined(name);
}

const DIGITS: Readonly<Record<number, RegExp>> = {
  2: /^[-+]?(?:0b)?[01]+$/i,
  8: /^[-+]?(?:0o)?[0-7]+$/i,
  10: /^[-+]?\d+(?:_\d+)*$/,
  16: /^[-+]?(?:0x)?[\da-f]+$/i,
};

function toInteger(value: unknown, call: CallReader): unknown {
  const otherwise = call.has(0, 'default') ? call.at(0, 'default') : 0;
  const base = call.integer(1, 'base', 10);
  if (isNumber(value)) {
    const number = Math.trunc(toNumber(value));
    return Number.isFinite(number) ? wholeNumber(number) : otherwise;
  }
  if (!isText(value)) return otherwise;
  const text = toText(value).trim();
  if (DIGITS[base]?.test(text)) {
    const sign = text.startsWith('-') ? -1 : 1;
    return wholeNumber(
      sign * Number.parseInt(text.replace(/^[-+]?(?:0[box])?/i, '').replaceAll('_', ''), base),
    );
  }
  const number = Math.trunc(parseFloatText(text));
  return Number.isFinite(number) ? wholeNumber(number) : otherwise;
}

function toFloat(value: unknown, call: CallReader): unknown {
  const otherwise = call.has(0, 'default') ? call.at(0, 'default') : Float.of(0);
  if (isNumber(value)) return Float.of(toNumber(value));
  if (!isText(value)) return otherwise;
  const text = toText(value).trim();
  const special = /^(?<sign>[-+]?)(?:(?<infinite>inf(?:inity)?)|nan)$/i.exec(text)?.groups;
  if (special !== undefined)
    return Float.of(
      special['infinite'] ? (special['sign'] === '-' ? -Infinity : Infinity) : Number.NaN,
    );
  const number = parseFloatText(text);
  return Number.isNaN(number) ? otherwise : Float.of(number);
}

/** Not-a-number for what Python's `float()` refuses. */
function parseFloatText(text: string): number {
  return /^[-+]?(?:\d[\d_]*\.?\d*|\.\d+)(?:e[-+]?\d+)?$/i.test(text)
    ? Number(text.replaceAll('_', ''))
    : Number.NaN;
}

function round(value: unknown, call: CallReader): unknown {
  const precision = Math.min(100, Math.max(-100, call.integer(0, 'precision', 0)));
  const method = call.text(1, 'method', 'common');
  const number = needNumber(value, 'round');
  if (method === 'common') {
    const rounded = isFloat(value) ? roundHalfEven(number, precision) : number;
    return isFloat(value)
      ? Float.of(rounded)
      : wholeNumber(roundHalfEven(rounded, Math.min(0, precision)));
  }
  if (method !== 'ceil' && method !== 'floor')
    throw new TemplateError('`round` knows the methods `common`, `ceil` and `floor`');
  const factor = 10 ** precision;
  return Float.of(
    (method === 'ceil' ? Math.ceil(number * factor) : Math.floor(number * factor)) / factor,
  );
}

/** Python rounds the exact binary value, and ties to the even digit. */
function roundHalfEven(value: number, precision: number): number {
  if (!Number.isFinite(value)) return value;
  if (precision > 0) return roundDigits(value, precision);
  const factor = 10 ** -precision;
  const scaled = value / factor;
  const low = Math.floor(scaled);
  const isTie = scaled - low === 0.5;
  return (isTie ? (low % 2 === 0 ? low : low + 1) : Math.round(scaled)) * factor;
}

/** `toFixed` works on the exact value but rounds exact ties up; those are the multiples of a power of a half. */
function roundDigits(value: number, precision: number): number {
  const sign = value < 0 ? -1 : 1;
  const size = Math.abs(value);
  if (size >= 1e21) return value;
  const up = size.toFixed(precision);
  const exact = size.toFixed(Math.min(100, precision + 60));
  const tail = exact.slice(exact.indexOf('.') + 1 + precision);
  const isTie = /^50*$/.test(tail);
  const lastDigit = Number(exact[exact.indexOf('.') + precision]);
  return (
    sign *
    Number(isTie && lastDigit % 2 === 0 ? exact.slice(0, exact.indexOf('.') + 1 + precision) : up)
  );
}

function fileSize(value: unknown, call: CallReader): string {
  const bytes = Number(isNumber(value) ? toNumber(value) : toText(value));
  if (Number.isNaN(bytes)) throw new TemplateError('`filesizeformat` needs a number');
  const isBinary = call.flag(0, 'binary', false);
  const base = isBinary ? 1024 : 1000;
  if (bytes === 1) return '1 Byte';
  if (bytes < base) return `${Math.trunc(bytes)} Bytes`;
  const names = isBinary
    ? ['KiB', 'MiB', 'GiB', 'TiB', 'PiB', 'EiB', 'ZiB', 'YiB']
    : ['kB', 'MB', 'GB', 'TB', 'PB', 'EB', 'ZB', 'YB'];
  const power = names.findIndex((_, index) => bytes < base ** (index + 2));
  const index = power === -1 ? names.length - 1 : power;
  return `${(bytes / base ** (index + 1)).toFixed(1)} ${names[index] ?? ''}`;
}
