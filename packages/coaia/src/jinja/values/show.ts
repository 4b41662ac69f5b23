/** How values print: as Python's `str()` and `repr()` do. */
import { TemplateError } from '../errors.ts';

import { spend } from './cost.ts';
import { Callable, Float, isText, Markup, Range, Structure, Tuple, Undefined } from './kinds.ts';

const MAX_DEPTH = 100;

/** The text of a value where it is printed. */
export function toText(value: unknown): string {
  if (typeof value === 'string') return value;
  if (value instanceof Markup) return value.text;
  if (value instanceof Undefined) return '';
  return toRepr(value);
}

/** The text of a value inside a list, with quotes around texts. */
export function toRepr(value: unknown, depth = 0): string {
  spend(typeof value === 'string' ? value.length : 0);
  if (depth > MAX_DEPTH)
    throw new TemplateError('A list or dictionary is nested too deep to print', 'COAIA-0973');
  if (value === null) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'number')
    return Number.isInteger(value) ? BigInt(value).toString() : floatText(value);
  if (value instanceof Float) return floatText(value.value);
  if (typeof value === 'string') return quote(value);
  if (value instanceof Markup) return `Markup(${quote(value.text)})`;
  return collectionRepr(value, depth + 1);
}

function collectionRepr(value: unknown, depth: number): string {
  if (Array.isArray(value)) return `[${joinRepr(value, depth)}]`;
  if (value instanceof Tuple)
    return `(${joinRepr(value.items, depth)}${value.items.length === 1 ? ',' : ''})`;
  if (value instanceof Map)
    return `{${[...value].map(([key, item]: [unknown, unknown]) => `${toRepr(key, depth)}: ${toRepr(item, depth)}`).join(', ')}}`;
  if (value instanceof Range) {
    const step = value.step === 1 ? '' : `, ${value.step}`;
    return `range(${value.start}, ${value.stop}${step})`;
  }
  if (value instanceof Undefined) return 'Undefined';
  if (value instanceof Callable) return `<function ${value.name}>`;
  return value instanceof Structure ? `<${value.title}>` : '';
}

function joinRepr(items: readonly unknown[], depth: number) {
  return items.map((item) => toRepr(item, depth)).join(', ');
}

/** Python's shortest form: an exponent below 1e-4 and from 1e16 on, at least two digits in it. */
export function floatText(value: number): string {
  if (Number.isNaN(value)) return 'nan';
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf';
  if (Object.is(value, -0)) return '-0.0';
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-4 || size >= 1e16)) {
    const [digits = '', exponent = ''] = value.toExponential().split('e');
    const sign = exponent.startsWith('-') ? '-' : '+';
    return `${digits}e${sign}${exponent.replace(/^[+-]/, '').padStart(2, '0')}`;
  }
  return Number.isInteger(value) ? `${value}.0` : String(value);
}

const QUOTED: Readonly<Record<string, string>> = {
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\\': '\\\\',
};

/** A text in quotes: single ones, unless only they occur in it. */
export function quote(text: string): string {
  const mark = text.includes("'") && !text.includes('"') ? '"' : "'";
  const inner = text.replaceAll(
    /[\\\n\r\t]|[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}]|(?! )\p{Zs}/gu,
    (character) => QUOTED[character] ?? escapeCode(character.codePointAt(0) ?? 0),
  );
  return mark + (mark === "'" ? inner.replaceAll("'", String.raw`\'`) : inner) + mark;
}

function escapeCode(code: number) {
  if (code <= 0xff) return `\\x${code.toString(16).padStart(2, '0')}`;
  return code <= 0xff_ff
    ? `\\u${code.toString(16).padStart(4, '0')}`
    : `\\U${code.toString(16).padStart(8, '0')}`;
}

/** The characters of a text as Python counts them: code points, not UTF-16 units. */
export function characters(text: string): readonly string[] {
  spend(text.length);
  return text.match(/[^]/gu) ?? [];
}

/** Length in code points. */
export function textLength(text: string): number {
  spend(text.length);
  return /[\ud800-\udbff]/.test(text) ? characters(text).length : text.length;
}

/** The text of something that must be a text or print as one. */
export function requireText(value: unknown, what: string): string {
  if (isText(value)) return toText(value);
  throw new TemplateError(`${what} must be a text`);
}
