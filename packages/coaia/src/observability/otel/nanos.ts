/** Unix nanoseconds in the forms exporters send them, to epoch milliseconds. */
import { isObject } from '#base';

const MILLION = 1_000_000;
/** Largest 64-bit unsigned number: the year 2554. */
const MAX_NANOS = 18_446_744_073_709_551_615n;

/**
 * Epoch milliseconds (rounded down) from nanoseconds as text, number, bigint or `{ high, low }`.
 * Absent and zero are undefined ("not set"); anything else that is no such number is null.
 */
export function fromNanos(value: unknown): number | undefined | null {
  if (value === undefined || value === null || value === '' || value === 0) return undefined;
  const nanos = toBigInt(value);
  if (nanos === undefined || nanos < 0n || nanos > MAX_NANOS) return null;
  return nanos === 0n ? undefined : Number(nanos / BigInt(MILLION));
}

function toBigInt(value: unknown): bigint | undefined {
  if (typeof value === 'bigint') return value;
  if (typeof value === 'string') return /^\d{1,20}$/.test(value) ? BigInt(value) : undefined;
  if (typeof value === 'number') {
    return Number.isFinite(value) && value >= 0 && value < 2 ** 64
      ? BigInt(Math.floor(value))
      : undefined;
  }
  if (!isObject(value)) return undefined;
  const { high, low } = value;
  if (!Number.isInteger(high) || !Number.isInteger(low)) return undefined;
  return (BigInt(high as number) << 32n) + BigInt((low as number) >>> 0);
}
