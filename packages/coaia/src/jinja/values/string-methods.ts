/** The methods of Python's `str` that templates may call. */
import { TemplateError } from '../errors.ts';
import type { Meter } from '../running/meter.ts';

import { braceFormat } from './brace-format.ts';
import type { CallReader } from './call-values.ts';
import { toItems } from './items.ts';
import { characters, requireText, textLength, toText } from './show.ts';
import { isText, Tuple } from './kinds.ts';

type Method = (text: string, call: CallReader, meter: Meter) => unknown;

const WHITE = ' \t\n\r\v\f';

export const stringMethods: ReadonlyMap<string, Method> = new Map<string, Method>([
  ['upper', (text) => text.toUpperCase()],
  ['lower', (text) => text.toLowerCase()],
  ['casefold', (text) => text.toLowerCase()],
  [
    'swapcase',
    (text) =>
      characters(text)
        .map((c) => (c === c.toLowerCase() ? c.toUpperCase() : c.toLowerCase()))
        .join(''),
  ],
  ['title', (text) => pythonTitle(text)],
  ['capitalize', (text) => capitalize(text)],
  ['strip', (text, call) => stripEnd(stripStart(text, call), call)],
  ['lstrip', stripStart],
  ['rstrip', stripEnd],
  ['startswith', (text, call) => prefixes(call).some((prefix) => text.startsWith(prefix))],
  ['endswith', (text, call) => prefixes(call).some((prefix) => text.endsWith(prefix))],
  [
    'removeprefix',
    (text, call) => {
      const p = needText(call, 'prefix');
      return text.startsWith(p) ? text.slice(p.length) : text;
    },
  ],
  [
    'removesuffix',
    (text, call) => {
      const s = needText(call, 'suffix');
      return s !== '' && text.endsWith(s) ? text.slice(0, -s.length) : text;
    },
  ],
  ['split', (text, call, meter) => split(text, call, meter)],
  ['rsplit', (text, call, meter) => rsplit(text, call, meter)],
  ['splitlines', (text, call) => splitLines(text, call.flag(0, 'keepends', false))],
  [
    'partition',
    (text, call) => partition(text, needText(call, 'sep'), text.indexOf(needText(call, 'sep'))),
  ],
  ['rpartition', (text, call) => rpartition(text, needText(call, 'sep'))],
  [
    'replace',
    (text, call, meter) =>
      replaceText({
        text,
        old: needText(call, 'old'),
        fresh: requireText(call.need(1, 'new'), '`new`'),
        count: call.integer(2, 'count', -1),
        meter,
      }),
  ],
  [
    'join',
    (text, call, meter) =>
      joinTexts(
        toItems(call.need(0, 'iterable')).map((item) => requireText(item, 'Each item of `join`')),
        text,
        meter,
      ),
  ],
  ['find', (text, call) => text.indexOf(needText(call, 'sub'))],
  ['rfind', (text, call) => text.lastIndexOf(needText(call, 'sub'))],
  ['index', (text, call) => found(text.indexOf(needText(call, 'sub')))],
  ['rindex', (text, call) => found(text.lastIndexOf(needText(call, 'sub')))],
  ['count', (text, call) => countIn(text, needText(call, 'sub'))],
  ['isdigit', (text) => /^\p{Nd}+$/u.test(text)],
  ['isdecimal', (text) => /^\p{Nd}+$/u.test(text)],
  ['isnumeric', (text) => /^\p{N}+$/u.test(text)],
  ['isalpha', (text) => /^\p{L}+$/u.test(text)],
  ['isalnum', (text) => /^[\p{L}\p{N}]+$/u.test(text)],
  ['isspace', (text) => /^\s+$/.test(text)],
  ['isupper', (text) => text !== text.toLowerCase() && text === text.toUpperCase()],
  ['islower', (text) => text !== text.toUpperCase() && text === text.toLowerCase()],
  ['istitle', (text) => text === pythonTitle(text) && text !== text.toLowerCase()],
  ['isidentifier', (text) => /^[\p{ID_Start}_][\p{ID_Continue}]*$/u.test(text)],
  [
    'zfill',
    (text, call, meter) => {
      const sign = /^[-+]/.exec(text)?.[0] ?? '';
      return (
        sign +
        padTo(text.slice(sign.length), call.integer(0, 'width', 0) - sign.length, {
          start: '0',
          meter,
        })
      );
    },
  ],
  [
    'ljust',
    (text, call, meter) =>
      padTo(text, call.integer(0, 'width', 0), { end: call.text(1, 'fillchar', ' '), meter }),
  ],
  [
    'rjust',
    (text, call, meter) =>
      padTo(text, call.integer(0, 'width', 0), { start: call.text(1, 'fillchar', ' '), meter }),
  ],
  [
    'center',
    (text, call, meter) =>
      center(text, call.integer(0, 'width', 0), call.text(1, 'fillchar', ' '), meter),
  ],
  ['format', (text, call, meter) => braceFormat(text, call, meter)],
]);

function needText(call: CallReader, name: string): string {
  return requireText(call.need(0, name), `\`${name}\``);
}

function prefixes(call: CallReader): readonly string[] {
  const value = call.need(0, 'prefix');
  if (isText(value)) return [toText(value)];
  if (value instanceof Tuple) return value.items.map((item) => requireText(item, 'Each prefix'));
  throw new TemplateError('A prefix is a text or a tuple of texts');
}

function found(index: number): number {
  if (index === -1) throw new TemplateError('The text does not hold what was looked for');
  return index;
}

/** Python's `str.title`: a letter after anything that is no letter. */
function pythonTitle(text: string): string {
  return text.toLowerCase().replaceAll(/\p{L}+/gu, (word) => capitalize(word));
}

export function capitalize(text: string): string {
  const [first = ''] = characters(text.slice(0, 2));
  return first.toUpperCase() + text.slice(first.length).toLowerCase();
}

export function stripStart(text: string, call: CallReader): string {
  const chars = call.text(0, 'chars', WHITE);
  const isWhite = call.at(0, 'chars') === undefined || call.at(0, 'chars') === null;
  if (isWhite) return text.trimStart();
  let at = 0;
  while (at < text.length && chars.includes(text[at] ?? '')) at++;
  return text.slice(at);
}

export function stripEnd(text: string, call: CallReader): string {
  const chars = call.text(0, 'chars', WHITE);
  const isWhite = call.at(0, 'chars') === undefined || call.at(0, 'chars') === null;
  if (isWhite) return text.trimEnd();
  let end = text.length;
  while (end > 0 && chars.includes(text[end - 1] ?? '')) end--;
  return text.slice(0, end);
}

function split(text: string, call: CallReader, meter: Meter): readonly string[] {
  const most = call.integer(1, 'maxsplit', -1);
  const mark = call.at(0, 'sep');
  meter.spend(text.length / 16);
  if (mark === undefined || mark === null) return splitWhite(text.trim(), most);
  const parts = splitBy(text, requireText(mark, '`sep`'));
  meter.items(parts.length);
  if (most < 0 || parts.length <= most + 1) return parts;
  return [...parts.slice(0, most), parts.slice(most).join(toText(mark))];
}

function splitWhite(text: string, most: number): readonly string[] {
  if (most < 0) return text === '' ? [] : text.split(/\s+/);
  const parts: string[] = [];
  let rest = text;
  for (let end = rest.search(/\s/); end !== -1 && parts.length < most; end = rest.search(/\s/)) {
    parts.push(rest.slice(0, end));
    rest = rest.slice(end).trimStart();
  }
  return rest === '' ? parts : [...parts, rest];
}

function rsplit(text: string, call: CallReader, meter: Meter): readonly string[] {
  const most = call.integer(1, 'maxsplit', -1);
  const mark = call.at(0, 'sep');
  meter.spend(text.length / 16);
  const isWhite = mark === undefined || mark === null;
  const separator = isWhite ? ' ' : toText(mark);
  const parts = isWhite ? splitWhite(text.trim(), -1) : splitBy(text, separator);
  if (most < 0 || parts.length <= most + 1) return parts;
  return [
    parts.slice(0, most === 0 ? parts.length : -most).join(separator),
    ...(most === 0 ? [] : parts.slice(-most)),
  ];
}

function splitBy(text: string, separator: string) {
  if (separator === '') throw new TemplateError('The separator is empty');
  return text.split(separator);
}

export function splitLines(text: string, keepEnds = false): readonly string[] {
  const lines = text.split(/(?<=\r\n|[\n\v\f\x85\u2028\u2029]|\r(?!\n))/);
  const full = lines.at(-1) === '' ? lines.slice(0, -1) : lines;
  return keepEnds
    ? full
    : full.map((line) => line.replace(/(?:\r\n|[\r\n\v\f\x85\u2028\u2029])$/, ''));
}

function partition(text: string, separator: string, index: number): Tuple {
  if (index === -1) return new Tuple([text, '', '']);
  return new Tuple([text.slice(0, index), separator, text.slice(index + separator.length)]);
}

function rpartition(text: string, separator: string): Tuple {
  const index = text.lastIndexOf(separator);
  return index === -1 ? new Tuple(['', '', text]) : partition(text, separator, index);
}

interface Replacement {
  readonly text: string;
  readonly old: string;
  readonly fresh: string;
  /** Below zero: all. */
  readonly count: number;
  readonly meter: Meter;
}

export function replaceText({ text, old, fresh, count, meter }: Replacement): string {
  const parts = old === '' ? ['', ...characters(text), ''] : text.split(old);
  const times = count < 0 ? parts.length - 1 : Math.min(count, parts.length - 1);
  meter.text(text.length + times * Math.max(fresh.length - old.length, 0));
  return (
    parts.slice(0, times + 1).join(fresh) +
    parts
      .slice(times + 1)
      .map((part) => old + part)
      .join('')
  );
}

export function joinTexts(parts: readonly string[], separator: string, meter: Meter): string {
  let length = separator.length * Math.max(0, parts.length - 1);
  for (const part of parts) length += part.length;
  meter.text(length);
  meter.items(parts.length);
  return parts.join(separator);
}

export function countIn(text: string, part: string): number {
  return part === '' ? textLength(text) + 1 : text.split(part).length - 1;
}

interface Padding {
  readonly start?: string;
  readonly end?: string;
  readonly meter: Meter;
}

function padTo(text: string, width: number, { start, end, meter }: Padding): string {
  const fill = start ?? end ?? ' ';
  if (textLength(fill) !== 1) throw new TemplateError('The fill is one character');
  const missing = Math.max(0, width - textLength(text));
  meter.text(text.length + missing);
  return start === undefined ? text + fill.repeat(missing) : fill.repeat(missing) + text;
}

/** Python's rule for an odd number of spaces: the extra one stands left when the width is odd. */
export function center(text: string, width: number, fill: string, meter: Meter): string {
  const missing = Math.max(0, width - textLength(text));
  meter.text(text.length + missing);
  const left = Math.floor(missing / 2) + (missing & width & 1);
  return fill.repeat(left) + text + fill.repeat(missing - left);
}
