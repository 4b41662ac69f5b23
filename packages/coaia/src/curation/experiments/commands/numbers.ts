/** Numbers of comparisons as the terminal shows them; what is unknown is a dash. */
import type { ComparedMeasure, Interval, MeasureDelta, MeasureSummary } from '@coaia/client';

/** Name of a measure that decides how its numbers are written. */
export type Unit = 'score' | 'cost' | 'latency';

/** A number with the digits that tell something: 0.842, $0.0031, 1240 ms. */
export function toNumber(value: number | null | undefined, unit: Unit = 'score'): string {
  if (value === null || value === undefined) return '-';
  if (unit === 'latency') return `${Math.round(value)} ms`;
  const digits = Number(value.toPrecision(3));
  const text = Math.abs(digits) >= 1000 ? String(Math.round(value)) : plain(digits);
  return unit === 'cost' ? `${text.startsWith('-') ? '-' : ''}$${text.replace('-', '')}` : text;
}

/** Never in powers of ten. */
function plain(value: number): string {
  return String(value).includes('e') ? value.toFixed(9).replace(/0+$/, '') : String(value);
}

/** With a sign, for differences. */
export function toSigned(value: number | null, unit: Unit = 'score'): string {
  return value !== null && value > 0 ? `+${toNumber(value, unit)}` : toNumber(value, unit);
}

/** `[0.71, 0.9]`. */
export function toRange(interval: Interval | null, unit: Unit = 'score'): string {
  return interval === null
    ? '-'
    : `[${toNumber(interval.low, unit)}, ${toNumber(interval.high, unit)}]`;
}

/** A mean, or the counts of labels. */
export function toMeanText(summary: MeasureSummary | undefined, unit: Unit = 'score'): string {
  if (summary?.labels !== undefined)
    return Object.entries(summary.labels)
      .map(([label, count]) => `${label} ${count}`)
      .join(', ');
  return toNumber(summary?.mean, unit);
}

/** One line of the table of differences. */
export interface DeltaLine {
  readonly measure: string;
  readonly run: string;
  readonly baseline: string;
  readonly candidate: string;
  readonly difference: string;
  readonly interval: string;
  readonly p: string;
  readonly pairs: string;
  readonly missing: string;
  readonly verdict: string;
}

/** The lines of one measure, one per candidate. */
export function toDeltaLines(
  measure: ComparedMeasure,
  unit: Unit,
  names: ReadonlyMap<string, string>,
): readonly DeltaLine[] {
  const [baseline, ...candidates] = measure.runs;
  return measure.deltas.map((delta: MeasureDelta, index) => ({
    measure: measure.name,
    run: names.get(delta.runId) ?? delta.runId,
    baseline: toMeanText(baseline, unit),
    candidate: toMeanText(candidates[index], unit),
    difference: toSigned(delta.meanDifference, unit),
    interval: toRange(delta.interval, unit),
    p: delta.mcnemar === null ? '-' : toP(delta.mcnemar.p),
    pairs: String(delta.pairs),
    missing: String(delta.missingCount),
    verdict: measure.kind === 'label' ? '-' : delta.verdict,
  }));
}

function toP(p: number): string {
  return p < 0.0001 ? '<0.0001' : p.toFixed(4);
}
