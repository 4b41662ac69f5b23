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

/** `0.12 (0.1 to 0.14)` */
export function toRange(
  estimate: Estimate | null,
  show: (value: number | null) => string = toText,
): string {
  if (estimate === null) return '';
  const { value, low, high } = estimate;
  return low === null || high === null
    ? show(value)
    : `${show(value)} (${show(low)} to ${show(high)})`;
}
