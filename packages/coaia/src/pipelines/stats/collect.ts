/** Reads runs with the times of their steps, and what their traces cost. */
import { isCoaiaError } from '#base';
import type { Observation, PipelineRun, PipelineRunStep } from '@coaia/client';
import type { StatsApi } from './ports.ts';

export interface Sample {
  /** Of the run. */
  readonly id: string;
  readonly pipeline: string;
  readonly version: string;
  readonly environment: string;
  /** Of a step; null for the run as a whole. */
  readonly step: string | null;
  readonly state: string;
  /** Milliseconds; null while it has not ended. */
  readonly took: number | null;
  /** Milliseconds before it began; null for a step. */
  readonly queued: number | null;
  /** Null where nobody counted. */
  readonly tokens: number | null;
  readonly cost: number | null;
}

/** Most runs whose steps and traces are read, newest first. */
export const MAX_RUNS = 1000;
const PAGE_SIZE = 200;
/** Runs that are read at once. */
const AT_ONCE = 8;

/** Runs created from `from` (ISO 8601) on, newest first. */
export async function listRuns(
  { runs }: StatsApi,
  from: string,
  name: string | undefined,
): Promise<readonly PipelineRun[]> {
  const found: PipelineRun[] = [];
  let cursor: string | null = null;
  do {
    const page = await runs.listPipelineRuns({
      since: from,
      limit: PAGE_SIZE,
      ...(name === undefined ? {} : { name }),
      ...(cursor === null ? {} : { cursor }),
    });
    found.push(...page.data);
    ({ cursor } = page.meta);
  } while (cursor !== null);
  return found;
}

/** A sample for each run and each of its steps that began. */
export async function readSamples(
  api: StatsApi,
  runs: readonly PipelineRun[],
): Promise<readonly Sample[]> {
  const samples: Sample[] = [];
  for (let first = 0; first < runs.length; first += AT_ONCE) {
    const some = runs.slice(first, first + AT_ONCE);
    samples.push(...(await Promise.all(some.map((run) => readRun(api, run)))).flat());
  }
  return samples;
}

async function readRun(api: StatsApi, run: PipelineRun): Promise<readonly Sample[]> {
  const [detail, trace] = await Promise.all([
    api.runs.getPipelineRun(run.id),
    findTrace(api, run.traceId),
  ]);
  const observations = new Map(trace?.observations.map((one) => [one.id, one]));
  const environment = trace?.environment ?? 'default';
  const { name, version } = run.pipeline;
  const head = { id: run.id, pipeline: name, version, environment };
  const steps = detail.steps
    .filter(({ startedAt }) => startedAt !== null)
    .map((step) => ({ ...head, ...toStep(step, observations) }));
  return [{ ...head, ...toRun(run), ...sumUse(trace?.observations ?? []) }, ...steps];
}

/** A run's own fields, without its steps and its trace. */
export function toRun({ state, createdAt, startedAt, endedAt }: PipelineRun) {
  return {
    step: null,
    state,
    took: toSpan(startedAt, endedAt),
    queued: toSpan(createdAt, startedAt),
  };
}

function toStep(
  { id, state, startedAt, endedAt, observationId }: PipelineRunStep,
  observations: ReadonlyMap<string, Observation>,
) {
  const observation = observations.get(observationId ?? '');
  return {
    // Items of a list count as one step.
    step: id.replace(/\[\d+\]$/, ''),
    state,
    took: toSpan(startedAt, endedAt),
    queued: null,
    ...sumUse(observation === undefined ? [] : [observation]),
  };
}

function toSpan(from: string | null, to: string | null): number | null {
  return from === null || to === null ? null : Date.parse(to) - Date.parse(from);
}

/** Tokens and cost of model calls; null when none says any. */
function sumUse(observations: readonly Observation[]) {
  const tokens = observations.flatMap(({ usageDetails }) => totalOf(usageDetails) ?? []);
  const costs = observations.flatMap(
    ({ calculatedTotalCost, costDetails }) => calculatedTotalCost ?? totalOf(costDetails) ?? [],
  );
  return { tokens: sumOrNull(tokens), cost: sumOrNull(costs) };
}

function totalOf(details: Readonly<Record<string, number>>): number | undefined {
  const { total, ...parts } = details;
  return total ?? sumOrNull(Object.values(parts)) ?? undefined;
}

export function sumOrNull(values: readonly number[]): number | null {
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0);
}

/** Traces may be deleted before their runs. */
async function findTrace({ observability }: StatsApi, traceId: string) {
  try {
    return await observability.getTrace(traceId);
  } catch (error) {
    if (isCoaiaError(error) && error.definition.status === 404) return undefined;
    throw error;
  }
}
