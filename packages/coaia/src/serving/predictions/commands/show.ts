/** Numbers and tables as the commands print them. */
import type { Estimate } from '@coaia/client';

/** Three digits. */
export function toText(value: number | null | undefined): string {
  if (value === null || value === undefined) return '';
  if (value === 0 || (Math.abs(value) >= 0.001 && Math.abs(value) < 100_000))
    return String(Number(value.toPrecision(3)));
  return value.toExponential(2);
}

export const toPercent = (value: number | null | undefined) =>
  value === null || value === undefined ? '' : `${Number((value * 100).toPrecision(3))} %`;

/** JSON with numbers of four digits; `--json` has them all. */
export const toShort = (value: unknown) =>
  JSON.stringify(value, (_, one: unknown) =>
    typeof one === 'number' && !Number.isInteger(one) ? Number(one.toPrecision(4)) : one,
  );

/** `0.12 (0.10 to 0.14)`: as many digits as half the interval has two of. Three digits without an interval. */
export function toRange(estimate: Estimate | null): string {
  if (estimate === null) return '';
  const { value, low, high } = estimate;
  if (low === null || high === null) return toText(value);
  const show = toShow((high - low) / 2);
  return `${show(value)} (${show(low)} to ${show(high)})`;
}

/** `12 % (10 to 14)` */
export function toPercentRange(estimate: Estimate | null): string {
  if (estimate === null) return '';
  const { value, low, high } = estimate;
  if (low === null || high === null) return toPercent(value);
  const show = toShow((high - low) * 50);
  return `${show(value * 100)} % (${show(low * 100)} to ${show(high * 100)})`;
}

/** Prints numbers that are known to about `half`. */
function toShow(half: number): (value: number) => string {
  if (half === 0 || half < 1e-6) return toText;
  const places = Math.max(0, 1 - Math.floor(Math.log10(half)));
  return (value) => value.toFixed(places);
}
