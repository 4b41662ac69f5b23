import type { Estimate, PredictionStatPoint } from '@coaia/client';
import { absent, type Quantity } from '../lib/format.ts';

const none: Quantity = { value: absent, unit: '', exact: '' };

/** Three significant digits, without an exponent for what people meet. */
export function toDigits(value: number, digits = 3): string {
  if (value === 0) return '0';
  const size = Math.abs(value);
  if (size >= 10 ** digits && size < 1e9) return Math.round(value).toLocaleString('en');
  if (size < 1e-4 || size >= 1e9) return value.toExponential(1);
  return String(Number(value.toPrecision(digits)));
}

/** Requests a second; absent where nothing was measured. */
export function toRate(perSecond: number | null | undefined): Quantity {
  if (perSecond === null || perSecond === undefined) return none;
  return { value: toDigits(perSecond, 2), unit: '', exact: String(perSecond) };
}

/** A share as per cent. */
export function toShare(share: number | null | undefined): Quantity {
  if (share === null || share === undefined) return none;
  return { value: toDigits(share * 100, 2), unit: '%', exact: `${share * 100} %` };
}

/** Share of the requests that were not answered: refused (400 to 499) or failed (500 and above). Null without any. */
export function toErrorShare(point: PredictionStatPoint | undefined): number | null {
  if (point === undefined || point.predictions === 0) return null;
  return (point.failed + point.refused) / point.predictions;
}

/** `0.12 (0.08 to 0.17)`; a dash where it was not measured. */
export function toInterval(estimate: Estimate | null): string {
  if (estimate === null) return absent;
  const { value, low, high } = estimate;
  if (low === null || high === null) return toDigits(value);
  return `${toDigits(value)} (${toDigits(low)} to ${toDigits(high)})`;
}
