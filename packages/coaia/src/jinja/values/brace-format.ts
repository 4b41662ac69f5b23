/** `"{} is {name:>8.2f}".format(...)`, as Python has it, without attributes and nested fields. */
import { TemplateError } from '../errors.ts';
import type { Meter } from '../running/meter.ts';

import type { CallReader } from './call-values.ts';
import { numberForms, signOf, type NumberForm } from './percent-format.ts';
import { floatText, textLength, toRepr, toText } from './show.ts';
import { isFloat, isNumber, isText, toNumber, typeName } from './kinds.ts';

const FIELD =
  /\{\{|\}\}|\{(?<name>[^{}!:]{0,100})(?:!(?<form>[rs]))?(?::(?<spec>[^{}]{0,100}))?\}|[{}]/g;
const SPEC =
  /^(?:(?<fill>.)?(?<align>[<>^=]))?(?<sign>[-+ ])?(?<alternate>#)?(?<zero>0)?(?<width>\d{1,9})?(?<group>[,_])?(?:\.(?<precision>\d{1,9}))?(?<type>[a-zA-Z%])?$/su;

/** Widest field and most digits. */
const MAX_WIDTH = 10_000;
const MAX_DIGITS = 100;

export function braceFormat(format: string, call: CallReader, meter: Meter): string {
  let automatic = 0;
  let length = 0;
  return format.replaceAll(FIELD, (...found: unknown[]) => {
    const whole = String(found[0]);
    if (whole === '{{' || whole === '}}') return whole.slice(1);
    const groups = found.at(-1) as Record<string, string | undefined>;
    const { name } = groups;
    if (name === undefined) throw new TemplateError(`A single \`${whole}\` in a format`);
    const value = readField(name === '' ? String(automatic++) : name, call);
    const text = formatValue(groups['form'] === 'r' ? toRepr(value) : value, groups['spec'] ?? '');
    length += text.length;
    meter.text(length);
    return text;
  });
}

function readField(name: string, call: CallReader): unknown {
  if (/[.[\]]/.test(name))
    throw new TemplateError('A format reads no attributes; give the value itself');
  const isIndex = /^\d{1,9}$/.test(name);
  const index = isIndex ? Number(name) : -1;
  if (isIndex && index < call.count) return call.positional[index];
  if (!isIndex && call.keywords.has(name)) return call.keywords.get(name);
  throw new TemplateError(`The format asks for \`${name}\`, which is not among the values`);
}

function formatValue(value: unknown, spec: string): string {
  if (spec === '') return toText(value);
  const groups = SPEC.exec(spec)?.groups;
  if (groups === undefined) throw new TemplateError(`There is no format \`${spec}\``);
  const width = Number(groups['width'] ?? 0);
  if (width > MAX_WIDTH)
    throw new TemplateError(`A field is wider than ${MAX_WIDTH}`, 'COAIA-0973');
  const filled = groups['zero'] === undefined ? {} : { fill: '0', align: '=' };
  const { fill = ' ', align } = { ...filled, ...definedOf(groups) };
  if (!isNumber(value) || typeof value === 'boolean')
    return alignText({ text: formatText(value, groups), width, align: align ?? '<', fill });
  const text = formatNumber(toNumber(value), isFloat(value), groups);
  return alignText({ text, width, align: align ?? '>', fill });
}

function definedOf({ fill, align }: Record<string, string | undefined>) {
  return { ...(fill === undefined ? {} : { fill }), ...(align === undefined ? {} : { align }) };
}

function formatText(value: unknown, groups: Record<string, string | undefined>): string {
  const { type, precision } = groups;
  if (!isText(value) && typeof value !== 'boolean')
    throw new TemplateError(`A ${typeName(value)} takes no format`);
  if (type !== undefined && type !== 's')
    throw new TemplateError(`\`${type}\` is no format of a text`);
  return toText(value).slice(0, precision === undefined ? undefined : Number(precision));
}

function formatNumber(
  value: number,
  isFloating: boolean,
  groups: Record<string, string | undefined>,
): string {
  const { precision } = groups;
  const type = groups['type'] ?? (isFloating ? (precision === undefined ? 'r' : 'g') : 'd');
  const flags = groups['alternate'] ?? '';
  const digits = Math.min(Number(precision ?? 6), MAX_DIGITS);
  const size = Math.abs(value);
  const directive = { flags, width: 0, precision: undefined, type };
  const form = ownForms[type] ?? numberForms[type];
  const bare = form?.(size, digits, directive);
  if (bare === undefined) throw new TemplateError(`There is no format \`${type}\``);
  const grouped = groups['group'] === undefined ? bare : groupDigits(bare, groups['group']);
  return signOf(value < 0, groups['sign'] ?? '') + grouped;
}

/** Forms that only this kind of format has; `r` is a float as it prints. */
const ownForms: Readonly<Record<string, NumberForm | undefined>> = {
  '%': (size, digits) => `${(size * 100).toFixed(digits)}%`,
  r: (size) => floatText(size),
  b: (size) => Math.trunc(size).toString(2),
};

function groupDigits(digits: string, mark: string) {
  const [whole = '', ...rest] = digits.split('.');
  return [whole.replaceAll(/\B(?=(?:\d{3})+$)/g, mark), ...rest].join('.');
}

function alignText({
  text,
  width,
  align,
  fill,
}: {
  text: string;
  width: number;
  align: string;
  fill: string;
}) {
  const missing = Math.max(0, width - textLength(text));
  if (align === '<') return text + fill.repeat(missing);
  if (align === '>') return fill.repeat(missing) + text;
  if (align === '^')
    return fill.repeat(Math.floor(missing / 2)) + text + fill.repeat(Math.ceil(missing / 2));
  const sign = /^[-+ ]/.exec(text)?.[0] ?? '';
  return sign + fill.repeat(missing) + text.slice(sign.length);
}
