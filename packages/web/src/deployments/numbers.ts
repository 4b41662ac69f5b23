import type { Estimate } from '@coaia/client';
import { absent, toText, type Quantity } from '../lib/format.ts';

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

/** `3.8 to 4.6 %`: the ends of a share's interval; empty where there is none. */
export function toShareRange(share: Estimate | null | undefined): string {
  const { low, high } = share ?? { low: null, high: null };
  if (low === null || high === null) return '';
  return `${toDigits(low * 100, 2)} to ${toDigits(high * 100, 2)} %`;
}

/** `4.2 % (3.8 to 4.6 %)`; a dash where it was not measured. */
export function toShareInterval(share: Estimate | null | undefined): string {
  if (share === null || share === undefined) return absent;
  const range = toShareRange(share);
  return `${toText(toShare(share.value))}${range === '' ? '' : ` (${range})`}`;
}

/** `0.12 (0.08 to 0.17)`; a dash where it was not measured. */
export function toInterval(estimate: Estimate | null): string {
  if (estimate === null) return absent;
  const { value, low, high } = estimate;
  if (low === null || high === null) return toDigits(value);
  return `${toDigits(value)} (${toDigits(low)} to ${toDigits(high)})`;
}
