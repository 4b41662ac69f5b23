/** `+ - * / // % **` as Python has them, bounded. */
import { TemplateError } from '../errors.ts';
import type { Meter } from '../running/meter.ts';

import { escapeHtml } from './escape.ts';
import { percentFormat } from './percent-format.ts';
import { toText } from './show.ts';
import { Float, isFloat, isNumber, isText, Markup, toNumber, Tuple, typeName } from './kinds.ts';

/** Largest whole number that stays exact. */
const MAX_INTEGER = Number.MAX_SAFE_INTEGER;

export function calculate(operator: string, a: unknown, b: unknown, meter: Meter): unknown {
  if (isNumber(a) && isNumber(b)) return calculateNumbers(operator, a, b);
  if (operator === '+') {
    const sum = addCollections(a, b, meter);
    if (sum !== undefined) return sum;
  }
  if (operator === '*') {
    const product = repeat(a, b, meter) ?? repeat(b, a, meter);
    if (product !== undefined) return product;
  }
  if (operator === '%' && isText(a))
    return percentFormat(toText(a), b instanceof Tuple ? b.items : [b], b, meter);
  throw new TemplateError(`\`${operator}\` does not fit ${typeName(a)} and ${typeName(b)}`);
}

function addCollections(a: unknown, b: unknown, meter: Meter): unknown {
  if (isText(a) && isText(b)) return addTexts(a, b, meter);
  if (Array.isArray(a) && Array.isArray(b)) {
    meter.items(a.length + b.length);
    return [...(a as unknown[]), ...(b as unknown[])];
  }
  if (!(a instanceof Tuple && b instanceof Tuple)) return undefined;
  meter.items(a.items.length + b.items.length);
  return new Tuple([...a.items, ...b.items]);
}

/** One escaped part makes the whole escaped. */
export function addTexts(a: string | Markup, b: string | Markup, meter: Meter): string | Markup {
  const isMarkup = a instanceof Markup || b instanceof Markup;
  const [left, right] = isMarkup ? [escapeHtml(a), escapeHtml(b)] : [toText(a), toText(b)];
  meter.text(left.length + right.length);
  return isMarkup ? new Markup(left + right) : left + right;
}

function repeat(value: unknown, count: unknown, meter: Meter): unknown {
  if (!isNumber(count) || isFloat(count)) return undefined;
  const times = Math.max(0, toNumber(count));
  if (isText(value)) {
    const text = toText(value);
    meter.text(text.length * times);
    return text === '' ? '' : text.repeat(times);
  }
  const items = value instanceof Tuple ? value.items : value;
  if (!Array.isArray(items)) return undefined;
  meter.items(items.length * times);
  const all =
    items.length === 0 ? [] : Array.from({ length: times }, () => items as unknown[]).flat();
  return value instanceof Tuple ? new Tuple(all) : all;
}

type AnyNumber = number | Float | boolean;

function calculateNumbers(operator: string, left: AnyNumber, right: AnyNumber): unknown {
  const [a, b] = [toNumber(left), toNumber(right)];
  if (b === 0 && (operator === '/' || operator === '//' || operator === '%'))
    throw new TemplateError('Division by zero');
  const result = operations[operator]?.(a, b) ?? Number.NaN;
  const isFloating =
    isFloat(left) || isFloat(right) || operator === '/' || (operator === '**' && b < 0);
  return isFloating ? Float.of(result) : wholeNumber(result);
}

/** A whole number that JavaScript holds exactly. */
export function wholeNumber(value: number): number {
  if (!(Math.abs(value) <= MAX_INTEGER))
    throw new TemplateError('A number is too large', 'COAIA-0973');
  // There is no negative zero among whole numbers.
  return value === 0 ? 0 : value;
}

const operations: Readonly<Record<string, (a: number, b: number) => number>> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => a / b,
  '//': (a, b) => Math.floor(a / b),
  '%': modulo,
  '**': (a, b) => a ** b,
};

/** The sign is that of the divisor, also of zero. */
function modulo(a: number, b: number): number {
  const rest = a % b;
  if (rest === 0) return b < 0 ? -0 : 0;
  return rest < 0 === b < 0 ? rest : rest + b;
}
