import type { WidgetContent } from '@coaia/client';
import { absent, toCost, toCount, toDuration, toText } from '../../lib/format.ts';

/** Measures in milliseconds and in US dollars; everything else is a plain number. */
const DURATIONS = /latency|timetofirsttoken/i;
const COSTS = /cost/i;

/** Prints the values of a measure; counts of things have no unit whatever they count. */
export function toPrinter({
  measure,
  agg,
}: WidgetContent['metrics'][number]): (value: number | null) => string {
  const isCount = agg === 'count' || agg === 'uniq';
  if (!isCount && DURATIONS.test(measure)) return (value) => toText(toDuration(value));
  if (!isCount && COSTS.test(measure)) return (value) => toText(toCost(value));
  return printNumber;
}

function printNumber(value: number | null): string {
  if (value === null) return absent;
  if (Number.isInteger(value)) return toText(toCount(value));
  return Math.abs(value) >= 1000 ? toText(toCount(Math.round(value))) : String(toThree(value));
}

function toThree(value: number): number {
  return Number(value.toPrecision(3));
}

/** A value of a dimension as text. */
export function printDimension(value: unknown): string {
  if (value === null || value === undefined || value === '') return absent;
  if (Array.isArray(value)) return value.length === 0 ? absent : value.join(', ');
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
