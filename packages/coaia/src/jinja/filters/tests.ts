/** Every test (`is defined`) by name. */
import { TemplateError } from '../errors.ts';
import type { CallReader } from '../values/call-values.ts';
import { areEqual, compareOrder, isIn } from '../values/compare.ts';
import { toText } from '../values/show.ts';
import {
  Callable,
  isFloat,
  isNumber,
  isText,
  Markup,
  Range,
  Structure,
  toNumber,
  Tuple,
  typeName,
  Undefined,
} from '../values/kinds.ts';

import { filters } from './filters.ts';

export type Test = (value: unknown, call: CallReader) => boolean;

const other = (call: CallReader) => call.need(0, 'other');

export const tests: ReadonlyMap<string, Test> = new Map<string, Test>([
  ['defined', (value) => !(value instanceof Undefined)],
  ['undefined', (value) => value instanceof Undefined],
  ['none', (value) => value === null],
  ['boolean', (value) => typeof value === 'boolean'],
  ['true', (value) => value === true],
  ['false', (value) => value === false],
  ['integer', (value) => isNumber(value) && typeof value !== 'boolean' && !isFloat(value)],
  ['float', (value) => isFloat(value)],
  ['number', (value) => isNumber(value)],
  ['string', (value) => isText(value)],
  ['mapping', (value) => value instanceof Map],
  ['sequence', (value) => isIterable(value) && !(value instanceof Structure)],
  ['iterable', (value) => isIterable(value)],
  [
    'callable',
    (value) =>
      value instanceof Undefined ||
      value instanceof Callable ||
      (value instanceof Structure && value.call !== undefined),
  ],
  ['escaped', (value) => value instanceof Markup],
  ['lower', (value) => hasCase(toText(value)) && toText(value) === toText(value).toLowerCase()],
  ['upper', (value) => hasCase(toText(value)) && toText(value) === toText(value).toUpperCase()],
  ['odd', (value) => modulo(value, 2) === 1],
  ['even', (value) => modulo(value, 2) === 0],
  ['divisibleby', (value, call) => modulo(value, needInteger(call.need(0, 'num'))) === 0],
  ['sameas', (value, call) => Object.is(value, other(call))],
  ['in', (value, call) => isIn(value, call.need(0, 'seq'))],
  ['filter', (value) => filters.has(toText(value))],
  ['test', (value) => tests.has(toText(value))],
  ...aliases(['eq', 'equalto', '=='], (value, call) => areEqual(value, other(call))),
  ...aliases(['ne', '!='], (value, call) => !areEqual(value, other(call))),
  ...aliases(['gt', 'greaterthan', '>'], (value, call) => compareOrder(value, other(call)) > 0),
  ...aliases(['ge', '>='], (value, call) => compareOrder(value, other(call)) >= 0),
  ...aliases(['lt', 'lessthan', '<'], (value, call) => compareOrder(value, other(call)) < 0),
  ...aliases(['le', '<='], (value, call) => compareOrder(value, other(call)) <= 0),
]);

function aliases(names: readonly string[], test: Test): (readonly [string, Test])[] {
  return names.map((name) => [name, test] as const);
}

function isIterable(value: unknown): boolean {
  return (
    isText(value) ||
    Array.isArray(value) ||
    value instanceof Map ||
    value instanceof Tuple ||
    value instanceof Range ||
    value instanceof Undefined
  );
}

function hasCase(text: string): boolean {
  return text.toLowerCase() !== text.toUpperCase();
}

function needInteger(value: unknown): number {
  if (isNumber(value) && toNumber(value) !== 0) return toNumber(value);
  throw new TemplateError(`A number other than 0 is needed, not a ${typeName(value)}`);
}

function modulo(value: unknown, divisor: number): number {
  if (!isNumber(value)) throw new TemplateError(`A number is needed, not a ${typeName(value)}`);
  return toNumber(value) - divisor * Math.floor(toNumber(value) / divisor);
}
