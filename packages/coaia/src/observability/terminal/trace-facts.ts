/** What a terminal says about a trace or an observation: status, duration, tokens, cost. */
import { isObject } from '#base';
import type { Observation, TraceDetail } from '@coaia/client';

export type Status = 'ok' | 'warning' | 'error' | 'running';

/** An observation without an end still runs, unless its kind has none. */
export function toStatus(observation: Observation): Status {
  if (observation.level === 'ERROR') return 'error';
  if (observation.level === 'WARNING') return 'warning';
  return observation.endTime === null && observation.type !== 'EVENT' ? 'running' : 'ok';
}

/** What `coaia trace` left in a trace's metadata about the command that it ran. */
export interface CommandRecord {
  readonly durationMs: number | undefined;
  readonly exitCode: number | undefined;
}

/** The record of a trace made by `coaia trace`; undefined for all others. */
export function findCommandRecord(trace: TraceDetail): CommandRecord | undefined {
  const record = isObject(trace.metadata) ? trace.metadata['command'] : undefined;
  if (!isObject(record)) return undefined;
  const { durationMs, exitCode } = record;
  return {
    durationMs: typeof durationMs === 'number' ? durationMs : undefined,
    exitCode: typeof exitCode === 'number' ? exitCode : undefined,
  };
}

/** The worst of its observations, or what the recorded command ended with. */
export function toTraceStatus(trace: TraceDetail): Status {
  const record = findCommandRecord(trace);
  if (record !== undefined) {
    if (record.exitCode === undefined) return 'running';
    return record.exitCode === 0 ? 'ok' : 'error';
  }
  const statuses = new Set(trace.observations.map((observation) => toStatus(observation)));
  return (['error', 'running', 'warning'] as const).find((status) => statuses.has(status)) ?? 'ok';
}

/** Start and end in epoch milliseconds; the end of what still runs is undefined, of an event its start. */
export function toSpan(observation: Observation): {
  readonly start: number;
  readonly end: number | undefined;
} {
  const start = Date.parse(observation.startTime);
  if (observation.endTime !== null) return { start, end: Date.parse(observation.endTime) };
  return { start, end: observation.type === 'EVENT' ? start : undefined };
}

/** Milliseconds between start and end; undefined while it runs and for events. */
export function findDuration(observation: Observation): number | undefined {
  const { start, end } = toSpan(observation);
  return end === undefined || observation.endTime === null ? undefined : end - start;
}

/** All tokens of an observation; 0 when none were counted. */
export function toTokens(observation: Observation): number {
  const details = observation.usageDetails ?? {};
  return details['total'] ?? observation.usage?.total ?? 0;
}

/** USD; undefined when unknown. */
export function findCost(observation: Observation): number | undefined {
  return observation.calculatedTotalCost ?? observation.costDetails?.['total'] ?? undefined;
}

export interface Totals {
  readonly tokens: number;
  readonly cost: number | undefined;
}

/** Sums over the observations of a trace. */
export function sumTotals(observations: readonly Observation[]): Totals {
  let tokens = 0;
  let cost: number | undefined;
  for (const observation of observations) {
    tokens += toTokens(observation);
    const own = findCost(observation);
    if (own !== undefined) cost = (cost ?? 0) + own;
  }
  return { tokens, cost };
}
