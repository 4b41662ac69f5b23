/** Durations, amounts and counts as the terminal shows them. */

/** `842 ms`, `1.24 s`, `2 m 03 s`, `1 h 05 m`; undefined is an en dash. Takes milliseconds. */
export function toDuration(milliseconds: number | undefined): string {
  if (milliseconds === undefined) return '\u2013';
  if (milliseconds < 1_000) return `${Math.round(milliseconds)} ms`;
  if (milliseconds < 60_000) return `${toFixedShort(milliseconds / 1_000)} s`;
  const seconds = Math.round(milliseconds / 1_000);
  if (seconds < 3_600) return `${Math.floor(seconds / 60)} m ${pad(seconds % 60)} s`;
  return `${Math.floor(seconds / 3_600)} h ${pad(Math.floor((seconds % 3_600) / 60))} m`;
}

function toFixedShort(seconds: number): string {
  return seconds < 10 ? seconds.toFixed(2) : seconds.toFixed(1);
}

function pad(value: number): string {
  return String(value).padStart(2, '0');
}

/** USD with as many digits as small amounts need: `$0.0031`, `$12.40`. */
export function toMoney(amount: number): string {
  if (amount === 0) return '$0';
  return amount >= 1 ? `$${amount.toFixed(2)}` : `$${Number(amount.toPrecision(3))}`;
}

/** `1 span`, `2 spans`. */
export function toCount(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** A JSON value or text on one line, cut to a number of characters. */
export function toOneLine(value: unknown, width: number): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  const line = text.replaceAll(/\s+/g, ' ').trim();
  return line.length > width ? `${line.slice(0, Math.max(0, width - 3))}...` : line;
}

/** The largest of any number of values; Math.max takes only as many as fit on the stack. */
export function findLargest(values: readonly number[]): number {
  return values.reduce((largest, value) => Math.max(largest, value), Number.NEGATIVE_INFINITY);
}

/** The smallest of any number of values. */
export function findSmallest(values: readonly number[]): number {
  return values.reduce((smallest, value) => Math.min(smallest, value), Number.POSITIVE_INFINITY);
}
