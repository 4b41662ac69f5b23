/** `"%s is %.2f" % values`, as Python has it. */
import { TemplateError } from '../errors.ts';
import type { Meter } from '../running/meter.ts';

import { characters, toRepr, toText } from './show.ts';
import { isNumber, toNumber, typeName, Undefined } from './kinds.ts';

const DIRECTIVE =
  /%(?:\((?<key>[^()]{0,200})\))?(?<flags>[-+ 0#]{0,5})(?<width>\d{0,9})(?:\.(?<precision>\d{0,9}))?(?<type>.)/gsu;

/** Widest field and most digits of a number. */
const MAX_WIDTH = 10_000;
const MAX_DIGITS = 100;

interface Directive {
  readonly flags: string;
  readonly width: number;
  readonly precision: number | undefined;
  readonly type: string;
}

/** @param named the single value, for `%(key)s`. @throws TemplateError when values are missing or left over. */
export function percentFormat(
  format: string,
  values: readonly unknown[],
  named: unknown,
  meter: Meter,
): string {
  let used = 0;
  let length = 0;
  const result = format.replaceAll(DIRECTIVE, (...found: unknown[]) => {
    const groups = found.at(-1) as Record<string, string | undefined>;
    if (groups['type'] === '%') return '%';
    const directive = readDirective(groups);
    const key = groups['key'];
    if (key === undefined && used >= values.length)
      throw new TemplateError('The format asks for more values than there are');
    const value = key === undefined ? values[used++] : lookUp(named, key);
    const text = pad(convert(directive, value), directive);
    length += text.length;
    meter.text(length);
    return text;
  });
  // As in Python: only what has items may be left over.
  const hasItems = named instanceof Map || Array.isArray(named) || named instanceof Undefined;
  if (used < values.length && !hasItems)
    throw new TemplateError('The format does not use every value');
  return result;
}

function lookUp(named: unknown, key: string): unknown {
  if (named instanceof Map && named.has(key)) return named.get(key);
  throw new TemplateError(`The format asks for \`${key}\`, which is not among the values`);
}

function readDirective(groups: Record<string, string | undefined>): Directive {
  const width = Number(groups['width'] ?? '');
  const precision = groups['precision'] === undefined ? undefined : Number(groups['precision']);
  if (width > MAX_WIDTH || (precision ?? 0) > MAX_WIDTH)
    throw new TemplateError(`A field is wider than ${MAX_WIDTH}`, 'COAIA-0973');
  return { flags: groups['flags'] ?? '', width, precision, type: groups['type'] ?? '' };
}

function convert(directive: Directive, value: unknown): string {
  const { type, precision } = directive;
  if (type === 's') return characters(toText(value)).slice(0, precision).join('');
  if (type === 'r' || type === 'a') return characters(toRepr(value)).slice(0, precision).join('');
  return convertNumber(directive, value);
}

function convertNumber(directive: Directive, value: unknown): string {
  const { type, precision } = directive;
  const toDigits = numberForms[type];
  if (toDigits === undefined) throw new TemplateError(`There is no format \`%${type}\``);
  if (!isNumber(value))
    throw new TemplateError(`\`%${type}\` needs a number, not a ${typeName(value)}`);
  const number = toNumber(value);
  const digits = toDigits(Math.abs(number), Math.min(precision ?? 6, MAX_DIGITS), directive);
  const isNegative = number < 0 || Object.is(number, -0);
  return signOf(isNegative, directive.flags) + digits;
}

/** What stands before the digits. */
export function signOf(isNegative: boolean, flags: string): string {
  if (isNegative) return '-';
  return flags.includes('+') ? '+' : flags.includes(' ') ? ' ' : '';
}

export type NumberForm = (size: number, precision: number, directive: Directive) => string;

const wholeForm: NumberForm = (size, _precision, { precision }) =>
  BigInt(Math.trunc(size))
    .toString()
    .padStart(precision ?? 0, '0');

export const numberForms: Readonly<Record<string, NumberForm | undefined>> = {
  d: wholeForm,
  i: wholeForm,
  u: wholeForm,
  x: (size, _precision, { flags }) =>
    (flags.includes('#') ? '0x' : '') + Math.trunc(size).toString(16),
  X: (size, _precision, { flags }) =>
    (flags.includes('#') ? '0X' : '') + Math.trunc(size).toString(16).toUpperCase(),
  o: (size, _precision, { flags }) =>
    (flags.includes('#') ? '0o' : '') + Math.trunc(size).toString(8),
  f: fixed,
  F: fixed,
  e: exponent,
  E: (size, precision) => exponent(size, precision).toUpperCase(),
  g: general,
  G: (size, precision) => general(size, precision).toUpperCase(),
};

function fixed(size: number, precision: number) {
  // From 1e21 on `toFixed` falls back to an exponent; such numbers are whole.
  if (size >= 1e21)
    return BigInt(size).toString() + (precision > 0 ? `.${'0'.repeat(precision)}` : '');
  return size.toFixed(precision);
}

function exponent(size: number, precision: number) {
  const [digits = '', power = ''] = size.toExponential(precision).split('e');
  return `${digits}e${power.startsWith('-') ? '-' : '+'}${power.replace(/^[+-]/, '').padStart(2, '0')}`;
}

function general(size: number, precision: number) {
  const significant = Math.max(1, precision);
  const power = size === 0 ? 0 : Number(size.toExponential(significant - 1).split('e')[1]);
  if (power >= -4 && power < significant)
    return trimZeros(size.toFixed(Math.max(0, significant - 1 - power)));
  const [digits = '', rest = ''] = exponent(size, significant - 1).split('e');
  return `${trimZeros(digits)}e${rest}`;
}

function trimZeros(digits: string) {
  return digits.includes('.') ? digits.replace(/\.?0+$/, '') : digits;
}

function pad(text: string, { flags, width, type }: Directive): string {
  if (text.length >= width) return text;
  if (flags.includes('-')) return text.padEnd(width);
  if (!flags.includes('0') || type === 's' || type === 'r') return text.padStart(width);
  const sign = /^[-+ ]/.exec(text)?.[0] ?? '';
  return sign + text.slice(sign.length).padStart(width - sign.length, '0');
}
