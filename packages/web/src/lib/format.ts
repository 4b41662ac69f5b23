/** Numbers and times as the page prints them: at most three significant digits, the unit apart. */

/** A printed number and its unit, so that the unit can be muted. */
export interface Quantity {
  readonly value: string;
  readonly unit: string;
  /** The exact value, for hover and copy. */
  readonly exact: string;
}

/** En dash: the value is absent. */
export const absent = '–';

const none: Quantity = { value: absent, unit: '', exact: '' };

/** Milliseconds as `842 ms`, `1.24 s`, `3 min 5 s`, `2 h 10 min`. */
export function toDuration(ms: number | null | undefined): Quantity {
  if (ms === null || ms === undefined) return none;
  const exact = `${roundTo(ms, 3)} ms`;
  if (ms === 0) return { value: '0', unit: 'ms', exact };
  if (ms < 10) return { value: String(roundTo(ms, 1)), unit: 'ms', exact };
  if (ms < 999.5) return { value: String(Math.round(ms)), unit: 'ms', exact };
  if (ms < 59_995) return { value: toThree(ms / 1000), unit: 's', exact };
  const seconds = Math.round(ms / 1000);
  if (seconds < 3600) return { value: toPair(seconds, 60, 'min', 's'), unit: '', exact };
  const minutes = Math.round(seconds / 60);
  if (minutes < 2880) return { value: toPair(minutes, 60, 'h', 'min'), unit: '', exact };
  return { value: toPair(Math.round(minutes / 60), 24, 'd', 'h'), unit: '', exact };
}

function toPair(total: number, base: number, big: string, small: string): string {
  const rest = total % base;
  const head = `${Math.floor(total / base)} ${big}`;
  return rest === 0 ? head : `${head} ${rest} ${small}`;
}

/** Counts as `0`, `842`, `12.4k`, `3.1M`. */
export function toCount(count: number | null | undefined): Quantity {
  if (count === null || count === undefined) return none;
  const exact = count.toLocaleString('en');
  if (Math.abs(count) < 10_000) return { value: exact, unit: '', exact };
  if (Math.abs(count) < 999_500) return { value: toThree(count / 1e3), unit: 'k', exact };
  if (Math.abs(count) < 999_500_000) return { value: toThree(count / 1e6), unit: 'M', exact };
  return { value: toThree(count / 1e9), unit: 'G', exact };
}

/** US dollars: `$0`, `$0.0031`, `$12.40`; four decimals below a dollar, so that columns line up. */
export function toCost(usd: number | null | undefined): Quantity {
  if (usd === null || usd === undefined) return none;
  const exact = `$${usd}`;
  if (usd === 0) return { value: '$0', unit: '', exact };
  if (usd < 0.000_05) return { value: '<$0.0001', unit: '', exact };
  if (usd < 0.999_95) return { value: `$${usd.toFixed(4)}`, unit: '', exact };
  if (usd < 9999.995) return { value: `$${usd.toFixed(2)}`, unit: '', exact };
  return { value: `$${toText(toCount(Math.round(usd)))}`, unit: '', exact };
}

/** Bytes as `812 B`, `24.1 MB` (decimal units). */
export function toBytes(bytes: number | null | undefined): Quantity {
  if (bytes === null || bytes === undefined) return none;
  const exact = `${bytes.toLocaleString('en')} bytes`;
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  let value = bytes;
  let step = 0;
  while (value >= 999.5 && step < units.length - 1) {
    value /= 1000;
    step += 1;
  }
  return { value: step === 0 ? String(value) : toThree(value), unit: units[step] ?? '', exact };
}

/** Quantity as one text. */
export function toText(quantity: Quantity): string {
  const glued = quantity.unit === 'k' || quantity.unit === 'M' || quantity.unit === 'G';
  return quantity.unit === '' || glued
    ? quantity.value + quantity.unit
    : `${quantity.value} ${quantity.unit}`;
}

function toThree(value: number): string {
  return value >= 99.95 ? String(Math.round(value)) : value.toFixed(value >= 9.995 ? 1 : 2);
}

function roundTo(value: number, digits: number): number {
  const factor = 10 ** digits;
  return Math.round(value * factor) / factor;
}

/** A cut text: at most `limit` characters, line breaks folded into spaces. */
export function toOneLine(text: string, limit = 300): string {
  const head = text.length > limit ? `${text.slice(0, limit)}…` : text;
  return head.replaceAll(/\s+/g, ' ').trim();
}
