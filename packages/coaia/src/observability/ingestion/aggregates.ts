/**
 * The sums a trace keeps about its observations, changed by differences so that a trace of any length costs
 * the same per event. Only when something that shaped them is gone (the earliest start moved inwards, an
 * observation left for another trace) are they read anew.
 */
import type { ObservationRow, TraceRow } from '#store';

/** What one observation adds to its trace. */
interface Share {
  readonly errors: number;
  readonly warnings: number;
  readonly open: number;
  readonly start: number;
  /** End, or the start of an event, which has no length; null while it runs. */
  readonly end: number | null;
  readonly cost: number | null;
  readonly inputTokens: number | null;
  readonly outputTokens: number | null;
  readonly totalTokens: number | null;
}

/** Differences collected for one trace over a batch. */
export interface TraceDelta {
  observations: number;
  errors: number;
  warnings: number;
  open: number;
  cost: number;
  inputTokens: number;
  outputTokens: number;
  totalTokens: number;
  /** By how many the observations that carry a cost, or tokens, become more. */
  costed: number;
  counted: number;
  /** Something that cannot be followed by differences went away: read the aggregates anew. */
  mustRecount: boolean;
  minStart: number | null;
  maxEnd: number | null;
  /** Starts and ends that may have been the trace's extent and are gone. */
  readonly lostStarts: number[];
  readonly lostEnds: number[];
  /** Environments of observations that were counted out. */
  readonly lostEnvironments: string[];
  /** Environment of a trace that only its observations know: the smallest name that is not `default`. */
  environment: string;
}

export function createTraceDelta(): TraceDelta {
  return {
    observations: 0,
    errors: 0,
    warnings: 0,
    open: 0,
    cost: 0,
    inputTokens: 0,
    outputTokens: 0,
    totalTokens: 0,
    costed: 0,
    counted: 0,
    mustRecount: false,
    minStart: null,
    maxEnd: null,
    lostStarts: [],
    lostEnds: [],
    lostEnvironments: [],
    environment: 'default',
  };
}

function toShare(row: ObservationRow): Share {
  const isEvent = row.type === 'EVENT';
  return {
    errors: row.level === 'ERROR' ? 1 : 0,
    warnings: row.level === 'WARNING' ? 1 : 0,
    open: row.end_time === null && !isEvent ? 1 : 0,
    start: row.start_time,
    end: row.end_time ?? (isEvent ? row.start_time : null),
    cost: row.total_cost,
    inputTokens: row.input_tokens,
    outputTokens: row.output_tokens,
    totalTokens: row.total_tokens,
  };
}

/** Counts an observation in. */
export function addToDelta(delta: TraceDelta, row: ObservationRow): void {
  const share = toShare(row);
  addShare(delta, share, 1);
  if (delta.minStart === null || share.start < delta.minStart) delta.minStart = share.start;
  if (share.end !== null && (delta.maxEnd === null || share.end > delta.maxEnd)) {
    delta.maxEnd = share.end;
  }
  delta.environment = toShellEnvironment(delta.environment, row.environment);
}

/** Counts an observation out, before it is counted in again changed or elsewhere. */
export function removeFromDelta(delta: TraceDelta, row: ObservationRow): void {
  const share = toShare(row);
  addShare(delta, share, -1);
  delta.lostStarts.push(share.start);
  if (share.end !== null) delta.lostEnds.push(share.end);
  delta.lostEnvironments.push(row.environment);
}

function addShare(delta: TraceDelta, share: Share, sign: 1 | -1): void {
  delta.observations += sign;
  delta.errors += sign * share.errors;
  delta.warnings += sign * share.warnings;
  delta.open += sign * share.open;
  if (share.cost !== null) {
    delta.cost += sign * share.cost;
    delta.costed += sign;
  }
  if (share.totalTokens !== null) {
    delta.inputTokens += sign * (share.inputTokens ?? 0);
    delta.outputTokens += sign * (share.outputTokens ?? 0);
    delta.totalTokens += sign * share.totalTokens;
    delta.counted += sign;
  }
}

function toShellEnvironment(a: string, b: string): string {
  if (a === 'default' || b === 'default') return a === 'default' ? b : a;
  return a < b ? a : b;
}

/** The aggregate columns of a trace after the differences. */
export function toAggregates(before: TraceRow, delta: TraceDelta): Partial<TraceRow> {
  const start = min(before.start_time, delta.minStart);
  return {
    observation_count: before.observation_count + delta.observations,
    error_count: before.error_count + delta.errors,
    warning_count: before.warning_count + delta.warnings,
    open_count: before.open_count + delta.open,
    start_time: start,
    end_time: max(before.end_time, delta.maxEnd),
    total_cost: hasAny(before.total_cost, delta.costed)
      ? toSum(before.total_cost, delta.cost)
      : null,
    ...toTokenSums(before, delta),
    ...(before.writers === null
      ? {
          timestamp: start ?? before.timestamp,
          environment: toShellEnvironment(before.environment, delta.environment),
        }
      : {}),
  };
}

function toTokenSums(before: TraceRow, delta: TraceDelta) {
  const any = hasAny(before.total_tokens, delta.counted);
  const add = (sum: number | null, change: number) => (any ? (sum ?? 0) + change : null);
  return {
    input_tokens: add(before.input_tokens, delta.inputTokens),
    output_tokens: add(before.output_tokens, delta.outputTokens),
    total_tokens: add(before.total_tokens, delta.totalTokens),
  };
}

function hasAny(sum: number | null, more: number): boolean {
  return sum !== null || more > 0;
}

/** Whether the differences are not enough, because something that shaped the aggregates is gone. */
export function needsRecount(before: TraceRow, delta: TraceDelta): boolean {
  if (delta.mustRecount || delta.costed < 0 || delta.counted < 0) return true;
  if (isLost(before.start_time, delta.lostStarts, delta.minStart, -1)) return true;
  if (isLost(before.end_time, delta.lostEnds, delta.maxEnd, 1)) return true;
  return (
    before.writers === null &&
    delta.lostEnvironments.includes(before.environment) &&
    delta.environment !== before.environment
  );
}

/** Whether the extreme value went away and nothing in the batch reaches at least as far (`side` 1: upwards). */
function isLost(
  extreme: number | null,
  lost: readonly number[],
  replacement: number | null,
  side: 1 | -1,
): boolean {
  if (extreme === null || !lost.includes(extreme)) return false;
  return replacement === null || (replacement - extreme) * side < 0;
}

/** Sums of money are kept to 1e-12 USD, so that the order of additions leaves no trace. */
export function toSum(before: number | null, change: number): number {
  return Math.round(((before ?? 0) + change) * 1e12) / 1e12;
}

function min(a: number | null, b: number | null): number | null {
  if (a === null || b === null) return a ?? b;
  return Math.min(a, b);
}

function max(a: number | null, b: number | null): number | null {
  if (a === null || b === null) return a ?? b;
  return Math.max(a, b);
}
