/** From a stored observation and the events of a batch to the row that replaces it. */
import type { ObservationRow, SqlValue } from '#store';
import { computeCost } from '../prices/compute-cost.ts';
import type { PriceFinder } from '../prices/compute-cost.ts';
import { toTokenCounts } from '../prices/usage.ts';
import { addPatch, createMergeState } from './merge.ts';
import type { MergeState, Patch } from './merge.ts';
import { toMergeState, toWriters } from './merge-state.ts';
import { OBSERVATION_RULES } from './observation-patch.ts';

/** What folding depends on besides the observation and its events. */
export interface FoldContext {
  readonly projectId: string;
  readonly now: number;
  readonly findPrice: PriceFinder;
}

/** Merges events onto an observation. Returns undefined when they say nothing new. */
export function foldObservation(
  context: FoldContext,
  id: string,
  before: ObservationRow | undefined,
  patches: readonly Patch[],
): ObservationRow | undefined {
  const state =
    before?.writers === undefined || before.writers === null
      ? createMergeState(OBSERVATION_RULES)
      : toMergeState(OBSERVATION_RULES, { ...before }, before.writers, before.start_time);
  for (const patch of patches) addPatch(state, OBSERVATION_RULES, patch);
  return state.changed ? toRow(context, id, state, before?.created_at) : undefined;
}

function toRow(
  { projectId, now, findPrice }: FoldContext,
  id: string,
  state: MergeState,
  createdAt = now,
): ObservationRow {
  const text = (column: string) => (state.values[column] ?? null) as string | null;
  const whole = (column: string) => (state.values[column] ?? null) as number | null;
  const startTime = whole('start_time') ?? state.time ?? 0;
  const endTime = clampEnd(state, startTime);
  return {
    project_id: projectId,
    id,
    // Without a trace of its own it is the only member of a trace with the same id.
    trace_id: text('trace_id') ?? id,
    type: text('type') ?? 'SPAN',
    name: text('name'),
    start_time: startTime,
    end_time: endTime,
    completion_start_time: whole('completion_start_time'),
    level: text('level') ?? 'DEFAULT',
    status_message: text('status_message'),
    parent_observation_id: text('parent_observation_id'),
    model: text('model'),
    prompt_id: null,
    prompt_name: text('prompt_name'),
    prompt_version: whole('prompt_version'),
    version: text('version'),
    environment: text('environment') ?? 'default',
    ...toUsageColumns(state, startTime, findPrice),
    writers: toWriters(state),
    created_at: createdAt,
    updated_at: now,
    usage_details: text('usage_details'),
    provided_cost: text('provided_cost'),
    model_parameters: text('model_parameters'),
    metadata: text('metadata'),
    input: text('input'),
    output: text('output'),
  };
}

/** An end before the start is stored as the start; what was sent is remembered in case the start moves. */
function clampEnd(state: MergeState, startTime: number): number | null {
  const sent = (state.values.end_time ?? null) as number | null;
  if (sent === null || sent >= startTime) {
    delete state.raw.end_time;
    return sent;
  }
  state.raw.end_time = sent;
  return startTime;
}

function toUsageColumns(state: MergeState, startTime: number, findPrice: PriceFinder) {
  const { values } = state;
  const usageDetails = parseNumbers(values.usage_details);
  const tokens = toTokenCounts(usageDetails);
  const cost = computeCost(
    {
      model: (values.model ?? null) as string | null,
      usageDetails,
      providedCost: parseNumbers(values.provided_cost),
      startTime,
      level: (values.level ?? 'DEFAULT') as string,
      modelParameters: values.model_parameters,
      metadata: values.metadata,
    },
    findPrice,
  );
  return {
    model_id: cost.modelId,
    input_tokens: tokens?.input ?? null,
    output_tokens: tokens?.output ?? null,
    total_tokens: tokens?.total ?? null,
    usage_unit: (values.usage_unit ?? null) as string | null,
    input_cost: cost.inputCost,
    output_cost: cost.outputCost,
    total_cost: cost.totalCost,
    pricing_tier: cost.tier,
    cost_details: cost.costDetails === null ? null : JSON.stringify(cost.costDetails),
  };
}

function parseNumbers(stored: SqlValue | undefined): Readonly<Record<string, number>> | null {
  if (typeof stored !== 'string') return null;
  return JSON.parse(stored) as Record<string, number>;
}
