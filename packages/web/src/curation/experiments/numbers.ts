import type { ComparedMeasure, Interval, MeasureKind, MeasureSummary } from '@coaia/client';
import { absent, toCost, toDuration, toText } from '../../lib/format.ts';

/** How the numbers of a measure are written. */
export type Unit = MeasureKind | 'cost' | 'latency';

/** A value: a share as per cent, a score with three digits, dollars, a duration. */
export function toValueText(value: number | null | undefined, unit: Unit): string {
  if (value === null || value === undefined) return absent;
  if (unit === 'cost') return toMoney(value);
  if (unit === 'latency') return toSignedText(value, (size) => toText(toDuration(size)));
  if (unit === 'pass') return `${toDigits(value * 100)} %`;
  return toDigits(value);
}

/** A difference, always with its sign; shares differ by percentage points. */
export function toDeltaText(value: number | null | undefined, unit: Unit): string {
  if (value === null || value === undefined) return absent;
  const text = unit === 'pass' ? `${toDigits(value * 100)} pp` : toValueText(value, unit);
  return value > 0 ? `+${text}` : text;
}

/** `0.71 to 0.9`, or nothing. */
export function toIntervalText(
  interval: Interval | null,
  write: (value: number) => string,
): string | undefined {
  return interval === null ? undefined : `${write(interval.low)} to ${write(interval.high)}`;
}

/** A mean, or how often each label was given. */
export function toSummaryText(summary: MeasureSummary, unit: Unit): string {
  if (summary.labels === undefined) return toValueText(summary.mean, unit);
  const labels = Object.entries(summary.labels).toSorted((a, b) => b[1] - a[1]);
  return labels.length === 0 ? absent : labels.map(([label, n]) => `${label} ${n}`).join(', ');
}

/** p with as many digits as it deserves. */
export function toPText(p: number): string {
  return p < 0.001 ? '< 0.001' : p.toFixed(3);
}

/** Whether a difference is for the better; undefined where nothing can be said. */
export function isBetter(
  measure: Pick<ComparedMeasure, 'name' | 'kind'>,
  verdict: string,
  lowerIsBetter: boolean,
): boolean | undefined {
  if (measure.kind === 'label' || (verdict !== 'higher' && verdict !== 'lower')) return undefined;
  return (verdict === 'lower') === lowerIsBetter;
}

function toDigits(value: number): string {
  const rounded = Number(value.toPrecision(3));
  const text = Math.abs(rounded) >= 1000 ? rounded.toLocaleString('en') : String(rounded);
  return text.includes('e') ? rounded.toFixed(6) : text.replace('-', '\u2212');
}

// Differences between cheap runs lie beyond the four decimals of a list.
function toMoney(value: number): string {
  return toSignedText(value, (size) =>
    size > 0 && size < 1 ? `$${toDigits(size)}` : toText(toCost(size)),
  );
}

function toSignedText(value: number, write: (size: number) => string): string {
  return value < 0 ? `\u2212${write(-value)}` : write(value);
}
