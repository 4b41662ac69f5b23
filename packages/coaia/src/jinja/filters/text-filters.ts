/** Filters that make a text of a text. */
import { escapeHtml } from '../values/escape.ts';
import { percentFormat } from '../values/percent-format.ts';
import { characters, requireText, textLength, toText } from '../values/show.ts';
import {
  capitalize,
  center,
  replaceText,
  splitLines,
  stripEnd,
  stripStart,
} from '../values/string-methods.ts';
import { isText, Markup, typeName } from '../values/kinds.ts';
import type { CallReader } from '../values/call-values.ts';
import { lengthOf } from '../values/items.ts';
import { TemplateError } from '../errors.ts';

import type { Filter, FilterTable } from './filter.ts';
import { wrapWords } from './word-wrap.ts';

export const textFilters: FilterTable = [
  ['upper', keepingMarkup((text) => text.toUpperCase())],
  ['lower', keepingMarkup((text) => text.toLowerCase())],
  ['capitalize', keepingMarkup(capitalize)],
  ['title', keepingMarkup(titleWords)],
  ['trim', keepingMarkup((text, call) => stripEnd(stripStart(text, call), call))],
  ['strip', keepingMarkup((text, call) => stripEnd(stripStart(text, call), call))],
  [
    'center',
    keepingMarkup((text, call, { meter }) =>
      center(text, call.integer(0, 'width', 80), ' ', meter),
    ),
  ],
  ['replace', (value, call, context) => replaceFilter(value, call, context)],
  [
    'truncate',
    (value, call, context) =>
      isText(value) ? truncateText(value, call, context) : shortList(value, call),
  ],
  ['indent', keepingMarkup((text, call, context) => indent(text, call, context))],
  ['wordwrap', (value, call, { meter }) => wrapWords(toText(value), call, meter)],
  ['wordcount', (value) => toText(value).match(/[\p{L}\p{N}_]+/gu)?.length ?? 0],
  ['string', (value) => (value instanceof Markup ? value : toText(value))],
  [
    'format',
    (value, call, { meter }) =>
      percentFormat(
        toText(value),
        call.keywords.size > 0 ? [] : call.positional,
        call.keywords.size > 0 ? new Map(call.keywords) : undefined,
        meter,
      ),
  ],
];

type TextFilter = (
  text: string,
  ...rest: Parameters<Filter> extends [unknown, ...infer R] ? R : never
) => string;

/** An escaped text stays escaped. */
function keepingMarkup(filter: TextFilter): Filter {
  return (value, call, context) => {
    const text = toText(value);
    context.meter.text(text.length);
    const result = filter(text, call, context);
    return value instanceof Markup ? new Markup(result) : result;
  };
}

/** Jinja2's own rule: a word begins after a blank, a dash or an opening bracket. */
function titleWords(text: string): string {
  return text.replaceAll(/[^-\s({[<]+/gu, (word) => capitalize(word));
}

const replaceFilter: Filter = (value, call, { meter }) => {
  const old = requireText(call.need(0, 'old'), '`old`');
  const fresh = requireText(call.need(1, 'new'), '`new`');
  const count = call.integer(2, 'count', -1);
  if (!(value instanceof Markup))
    return replaceText({ text: toText(value), old, fresh, count, meter });
  return new Markup(
    replaceText({ text: value.text, old, fresh: escapeHtml(call.at(1, 'new')), count, meter }),
  );
};

/** A list that is short enough stays a list; Jinja2 refuses a longer one. */
function shortList(value: unknown, call: CallReader): unknown {
  const length = lengthOf(value);
  if (
    length !== undefined &&
    length <= call.integer(0, 'length', 255) + call.integer(3, 'leeway', 5)
  )
    return value;
  throw new TemplateError(`\`truncate\` needs a text, not a ${typeName(value)}`);
}

const truncate: TextFilter = (text, call) => {
  const length = call.integer(0, 'length', 255);
  const isKeepingWords = !call.flag(1, 'killwords', false);
  const end = call.text(2, 'end', '...');
  const leeway = call.integer(3, 'leeway', 5);
  if (textLength(text) <= length + leeway) return text;
  const short = characters(text)
    .slice(0, Math.max(0, length - textLength(end)))
    .join('');
  const space = short.lastIndexOf(' ');
  return (isKeepingWords && space !== -1 ? short.slice(0, space) : short) + end;
};

const truncateText = keepingMarkup((text, call, context) => truncate(text, call, context));

const indent: TextFilter = (text, call, { meter }) => {
  const width = call.at(0, 'width');
  const margin =
    typeof width === 'string'
      ? width
      : ' '.repeat(Math.min(10_000, Math.max(0, call.integer(0, 'width', 4))));
  const [first = '', ...rest] = splitLines(`${text}\n`);
  meter.text(text.length + margin.length * (rest.length + 1));
  const withBlank = call.flag(2, 'blank', false);
  const lines = rest.map((line) => (line !== '' || withBlank ? margin + line : line));
  return [call.flag(1, 'first', false) ? margin + first : first, ...lines].join('\n');
};
