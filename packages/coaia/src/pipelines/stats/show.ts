/** Numbers of a summary as people read them. */
import type { Summary } from './summarize.ts';

type Show = (value: number | null) => string;

const time: Show = (value) => {
  if (value === null) return '';
  if (value < 1000) return `${Math.round(value)} ms`;
  return value < 60_000
    ? `${(value / 1000).toFixed(1)} s`
    : `${Math.floor(value / 60_000)} min ${Math.round((value % 60_000) / 1000)} s`;
};
const whole: Show = (value) => (value === null ? '' : String(value));

/** By the name of the number; nothing where it is not known. */
export const show: Readonly<Record<keyof Summary, Show>> = {
  runs: whole,
  failed: whole,
  tokens: whole,
  success: (value) => (value === null ? '' : `${(value * 100).toFixed(1)} %`),
  p50: time,
  p95: time,
  p99: time,
  queue: time,
  cost: (value) => (value === null ? '' : `$${value.toFixed(4)}`),
};
