/** Filters for HTML, addresses and JSON. */
import { TemplateError } from '../errors.ts';
import type { CallReader } from '../values/call-values.ts';
import { toPairs } from '../values/collection-methods.ts';
import { compareText } from '../values/compare.ts';
import { escapeHtml, forceEscapeHtml } from '../values/escape.ts';
import { toItems } from '../values/items.ts';
import { floatText, toText } from '../values/show.ts';
import {
  isFloat,
  isNumber,
  isText,
  Markup,
  Range,
  toNumber,
  Tuple,
  typeName,
  Undefined,
  type Float,
} from '../values/kinds.ts';

import type { FilterContext, FilterTable } from './filter.ts';

export const markupFilters: FilterTable = [
  ['escape', (value) => new Markup(escapeHtml(value))],
  ['e', (value) => new Markup(escapeHtml(value))],
  ['forceescape', (value) => new Markup(forceEscapeHtml(toText(value)))],
  ['safe', (value) => new Markup(toText(value))],
  ['striptags', (value) => stripTags(toText(value))],
  ['xmlattr', xmlAttributes],
  ['urlencode', urlEncode],
  ['tojson', toJson],
];

/** Without comments, tags and doubled blanks, the five entities read; each step goes through the text once. */
function stripTags(text: string): string {
  const plain = cutBetween(cutBetween(text, '<!--', '-->'), '<', '>');
  return plain
    .split(/\s+/)
    .filter((word) => word !== '')
    .join(' ')
    .replaceAll(
      /&(?:amp|lt|gt|quot|apos|nbsp|#34|#39|#x27);/g,
      (entity) => ENTITIES[entity] ?? entity,
    );
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&apos;': "'",
  '&nbsp;': '\u00a0',
  '&#34;': '"',
  '&#39;': "'",
  '&#x27;': "'",
};

function cutBetween(text: string, open: string, close: string): string {
  const parts: string[] = [];
  let at = 0;
  while (true) {
    const start = text.indexOf(open, at);
    const end = start === -1 ? -1 : text.indexOf(close, start);
    if (end === -1) return parts.join('') + text.slice(at);
    parts.push(text.slice(at, start));
    at = end + close.length;
  }
}

function xmlAttributes(value: unknown, call: CallReader): Markup {
  const pairs = toPairs(value).filter(([, item]) => item !== null && !(item instanceof Undefined));
  const strange = pairs.find(([key]) => /[\s/>=]/.test(toText(key)));
  if (strange !== undefined)
    throw new TemplateError('The name of an attribute holds a blank, `/`, `>` or `=`');
  const text = pairs.map(([key, item]) => `${escapeHtml(key)}="${escapeHtml(item)}"`).join(' ');
  return new Markup((call.flag(0, 'autospace', true) && text !== '' ? ' ' : '') + text);
}

function urlEncode(value: unknown): string {
  if (isText(value) || !(value instanceof Map || Array.isArray(value) || value instanceof Tuple))
    return quoteUrl(toText(value), '/');
  const pairs = value instanceof Map ? toPairs(value) : toPairs(toItems(value));
  return pairs
    .map(([key, item]) => `${quoteQuery(toText(key))}=${quoteQuery(toText(item))}`)
    .join('&');
}

function quoteQuery(text: string) {
  return quoteUrl(text, '').replaceAll('%20', '+');
}

function quoteUrl(text: string, safe: string): string {
  return [...Buffer.from(text.toWellFormed(), 'utf8')]
    .map((byte) => {
      const character = String.fromCodePoint(byte);
      const isPlain = /[\w.~-]/.test(character) || (safe !== '' && safe.includes(character));
      return isPlain ? character : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
    })
    .join('');
}

const UNSAFE: Readonly<Record<string, string>> = {
  '<': String.raw`\u003c`,
  '>': String.raw`\u003e`,
  '&': String.raw`\u0026`,
  "'": String.raw`\u0027`,
};

/** JSON that may stand in HTML: sorted keys, ASCII only, as Jinja2 writes it. */
function toJson(value: unknown, call: CallReader, { meter }: FilterContext): Markup {
  const given = call.at(0, 'indent');
  const indent =
    given === undefined || given === null ? undefined : Math.min(100, call.integer(0, 'indent', 0));
  const writer = new JsonWriter(indent, meter);
  const text = writer.write(value, 0);
  return new Markup(text.replaceAll(/[<>&']/g, (character) => UNSAFE[character] ?? character));
}

class JsonWriter {
  readonly #indent: number | undefined;
  readonly #meter: FilterContext['meter'];

  constructor(indent: number | undefined, meter: FilterContext['meter']) {
    this.#indent = indent;
    this.#meter = meter;
  }

  write(value: unknown, depth: number): string {
    this.#meter.spend(1);
    if (depth > 100) throw new TemplateError('A value is nested too deep for JSON', 'COAIA-0973');
    if (value === null || typeof value === 'boolean') return String(value);
    if (isNumber(value)) return jsonNumber(value);
    if (isText(value)) return quoteJson(toText(value));
    if (value instanceof Map) return this.#writeDict(value, depth);
    if (Array.isArray(value) || value instanceof Tuple || value instanceof Range)
      return this.#surround(
        '[',
        toItems(value).map((item) => this.write(item, depth + 1)),
        ']',
        depth,
      );
    throw new TemplateError(`A ${typeName(value)} cannot be written as JSON`);
  }

  #writeDict(dict: ReadonlyMap<unknown, unknown>, depth: number): string {
    const entries = [...dict]
      .map(([key, item]) => [this.#keyText(key), item] as const)
      .toSorted(([a], [b]) => compareText(a, b))
      .map(([key, item]) => `${quoteJson(key)}: ${this.write(item, depth + 1)}`);
    return this.#surround('{', entries, '}', depth);
  }

  #keyText(key: unknown): string {
    if (isText(key)) return toText(key);
    return this.write(key, 0);
  }

  #surround(open: string, parts: readonly string[], close: string, depth: number): string {
    if (this.#indent === undefined || parts.length === 0) return open + parts.join(', ') + close;
    const margin = `\n${' '.repeat(this.#indent * (depth + 1))}`;
    this.#meter.text(parts.length * margin.length);
    return `${open}${margin}${parts.join(`,${margin}`)}\n${' '.repeat(this.#indent * depth)}${close}`;
  }
}

function jsonNumber(number: number | Float | boolean): string {
  const value = toNumber(number);
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? 'Infinity' : '-Infinity';
  return isFloat(number) ? floatText(value) : BigInt(value).toString();
}

function quoteJson(text: string): string {
  return JSON.stringify(text).replaceAll(
    /[\u007f-\uffff]/g,
    (character) => `\\u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`,
  );
}
