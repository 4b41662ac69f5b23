/** Conditions of `--fail-if`. */
import { toMilliseconds } from '../templates/duration.ts';
import { statsFailures } from './errors.ts';
import { show } from './show.ts';
import type { Summary } from './summarize.ts';

export interface Condition {
  readonly metric: keyof Summary;
  readonly operator: string;
  readonly value: number;
}

const METRICS: ReadonlySet<string> = new Set<keyof Summary>([
  'p50',
  'p95',
  'p99',
  'queue',
  'success',
  'failed',
  'runs',
  'tokens',
  'cost',
]);
const TIMES: ReadonlySet<string> = new Set(['p50', 'p95', 'p99', 'queue']);

/** `p95>30s`, `success<95%`; several with commas. Throws COAIA-5311. */
export function parseConditions(text: string): readonly Condition[] {
  return text.split(',').map((part) => {
    const found = /^\s*(\w+)\s*(<=|>=|<|>)\s*(\S+)\s*$/.exec(part);
    const [, metric = '', operator = '', value = ''] = found ?? [];
    const number = toValue(metric, value);
    if (METRICS.has(metric) && number !== undefined)
      return { metric: metric as keyof Summary, operator, value: number };
    throw statsFailures.create('COAIA-5311', `"${part.trim()}" is no condition.`, {
      hint: "coaia pipeline stats --fail-if 'p95>30s'",
    });
  });
}

function toValue(metric: string, text: string): number | undefined {
  if (TIMES.has(metric)) return toMilliseconds(text);
  const percent = /^(\d+(?:\.\d+)?)%$/.exec(text)?.[1];
  if (metric === 'success' && percent !== undefined) return Number(percent) / 100;
  return /^\d+(?:\.\d+)?$/.test(text) ? Number(text) : undefined;
}

/** Throws COAIA-5310 for the first condition that holds. What is not known holds nothing. */
export function checkConditions(summary: Summary, conditions: readonly Condition[]): void {
  const broken = conditions.find(({ metric, operator, value }) => {
    const found = summary[metric];
    return found !== null && holds(operator, found, value);
  });
  if (broken === undefined) return;
  const { metric, operator, value } = broken;
  throw statsFailures.create(
    'COAIA-5310',
    `${metric} is ${show[metric](summary[metric])}; ${operator} ${show[metric](value)} was to fail.`,
  );
}

function holds(operator: string, found: number, value: number): boolean {
  if (operator === '<') return found < value;
  if (operator === '<=') return found <= value;
  return operator === '>' ? found > value : found >= value;
}
