/** One value of one field: what is taken from JSON, and what from text (CSV), where everything arrives as words. */
import type { Datatype, Value } from '../tensors/tensor.ts';
import type { Field } from './signature.ts';

/** Returns the value as it travels, or undefined when it is none of the field's. Never sees a missing value. */
export type ValueReader = (value: unknown) => Value | undefined;

/** Bits of whole numbers by datatype; beyond 2^53 only bigints are exact. */
const WHOLE: Readonly<Partial<Record<Datatype, readonly [number, number]>>> = {
  UINT8: [0, 255],
  UINT16: [0, 65_535],
  UINT32: [0, 4_294_967_295],
  UINT64: [0, Number.MAX_SAFE_INTEGER],
  INT8: [-128, 127],
  INT16: [-32_768, 32_767],
  INT32: [-2_147_483_648, 2_147_483_647],
  INT64: [Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER],
};

/** The reader of the field's single values; `isText` for CSV. */
export function toValueReader(field: Field, isText: boolean): ValueReader {
  const read = toTypeReader(field);
  const inside = toRange(field, read);
  return isText ? fromText(field, inside) : inside;
}

function toTypeReader(field: Field): ValueReader {
  switch (field.type) {
    case 'number':
      return field.datatype === 'FP64' ? readNumber : (value) => readShort(value, field);
    case 'integer':
      return toWholeReader(field.datatype);
    case 'boolean':
      return (value) => (typeof value === 'boolean' ? value : undefined);
    case 'string':
      return (value) => (typeof value === 'string' ? value : undefined);
    case 'category':
      return toLevelReader(field.levels ?? []);
    case 'date':
      return (value) => (typeof value === 'string' && isDate(value) ? value : undefined);
    case 'datetime':
      return (value) => (typeof value === 'string' && isDatetime(value) ? value : undefined);
    default:
      throw new TypeError(`unknown type of field: ${String(field.type)}`);
  }
}

function readNumber(value: unknown): number | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined;
  return typeof value === 'bigint' ? Number(value) : undefined;
}

/** What is larger would reach the model as infinity. */
function readShort(value: unknown, { datatype }: Field): number | undefined {
  const number = readNumber(value);
  return number !== undefined && isHeld(number, datatype) ? number : undefined;
}

/** Whether a number of this datatype is not infinite for it; of 16 bits 65,520 is (IEEE 754, 4.3.1). */
export function isHeld(number: number, datatype: Datatype): boolean {
  if (datatype === 'FP16') return Math.abs(number) < 65_520;
  return datatype !== 'FP32' || Number.isFinite(Math.fround(number));
}

function toWholeReader(datatype: Datatype): ValueReader {
  const [min, max] = WHOLE[datatype] ?? [Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER];
  return (value) => {
    if (typeof value === 'bigint') return toExact(value, datatype);
    return Number.isInteger(value) && (value as number) >= min && (value as number) <= max
      ? (value as number)
      : undefined;
  };
}

/** Undefined outside of what the datatype holds. */
function toExact(value: bigint, datatype: Datatype): number | bigint | undefined {
  const bits = Number(datatype.replaceAll(/\D/g, '')) || 64;
  const held = datatype.startsWith('U') ? BigInt.asUintN(bits, value) : BigInt.asIntN(bits, value);
  if (held !== value) return undefined;
  return Number.isSafeInteger(Number(value)) ? Number(value) : value;
}

/** A level by itself, or by how it is written: 4 for the factor level "4", "4" for the number 4. */
function toLevelReader(levels: readonly (string | number | boolean)[]): ValueReader {
  const known = new Map<unknown, string | number | boolean>();
  for (const level of levels) known.set(typeof level === 'boolean' ? level : String(level), level);
  for (const level of levels) known.set(level, level);
  return (value) =>
    known.get(value) ??
    (typeof value === 'number' || typeof value === 'bigint' ? known.get(String(value)) : undefined);
}

function toRange(field: Field, read: ValueReader): ValueReader {
  const { min, max } = field;
  if (min === undefined && max === undefined) return read;
  const low = min ?? Number.NEGATIVE_INFINITY;
  const high = max ?? Number.POSITIVE_INFINITY;
  return (value) => {
    const one = read(value);
    const isNumber = typeof one === 'number' || typeof one === 'bigint';
    return isNumber && (one < low || one > high) ? undefined : one;
  };
}

const TRUTHS = new Map(
  Object.entries({ true: true, t: true, 1: true, false: false, f: false, 0: false }),
);

function fromText(field: Field, read: ValueReader): ValueReader {
  const { type } = field;
  const hasBooleans = type === 'category' && field.levels?.some((one) => typeof one === 'boolean');
  if (type === 'boolean' || hasBooleans === true)
    return (value) => read(typeof value === 'string' ? toTruth(value) : value);
  if (type === 'number' || type === 'integer')
    return (value) => read(typeof value === 'string' ? toNumber(value) : value);
  if (type === 'string') return read;
  return (value) => read(typeof value === 'string' ? value.trim() : value);
}

const toTruth = (text: string) => TRUTHS.get(text.trim().toLowerCase());

/** Decimal notation, as every CSV has it; no hexadecimal, no empty text. */
export function toNumber(text: string): number | undefined {
  const plain = text.trim();
  return /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/.test(plain) ? Number(plain) : undefined;
}

/** A day of the calendar as YYYY-MM-DD. */
export function isDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

/** ISO 8601 with or without seconds, fraction and zone; a day alone is its midnight. */
export function isDatetime(text: string): boolean {
  const found =
    /^(\d{4}-\d{2}-\d{2})(?:[T ](?:[01]\d|2[0-3]):\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?$/.exec(
      text,
    );
  return (
    found !== null && isDate(found[1] ?? '') && !Number.isNaN(Date.parse(text.replace(' ', 'T')))
  );
}

/** How people write that nothing is known, in CSV. */
export function isMissingText(text: string): boolean {
  return MISSING.has(text.trim());
}

/** The same of a field: a level that is called `None` is a level. */
export function isMissingCell(text: string, { levels }: Pick<Field, 'levels'>): boolean {
  return isMissingText(text) && levels?.some((level) => String(level) === text.trim()) !== true;
}

const MISSING: ReadonlySet<string> = new Set([
  '',
  'NA',
  'N/A',
  'NaN',
  'nan',
  'null',
  'NULL',
  'None',
]);
