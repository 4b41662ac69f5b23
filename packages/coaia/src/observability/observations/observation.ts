/** An observation as the Langfuse API (entity form) returns it. */
import { fromStored, isObject, toIso } from '#base';
import type { ObservationRow } from '#store';
import type { Observation, ObservationLevel, ObservationType } from '@coaia/client';
import { findUnitPrices, type UnitPriceFinder } from './unit-prices.ts';

/** Everything but the merge state and the cost as sent. */
export type StoredObservation = Omit<ObservationRow, 'writers' | 'provided_cost'>;

/** Times become ISO, durations seconds, JSON columns values; counts that are unknown are 0 in `usage`. */
export function toObservation(
  row: StoredObservation,
  findPrices: UnitPriceFinder = findUnitPrices,
): Observation {
  const prices = findPrices(row.model_id, row.pricing_tier);
  return {
    id: row.id,
    traceId: row.trace_id,
    projectId: row.project_id,
    type: row.type as ObservationType,
    name: row.name,
    startTime: toIso(row.start_time),
    endTime: toIsoOrNull(row.end_time),
    completionStartTime: toIsoOrNull(row.completion_start_time),
    model: row.model,
    modelId: row.model_id,
    modelParameters: toModelParameters(row.model_parameters),
    input: fromStored(row.input),
    output: fromStored(row.output),
    metadata: fromStored(row.metadata) ?? {},
    version: row.version,
    level: row.level as ObservationLevel,
    statusMessage: row.status_message,
    parentObservationId: row.parent_observation_id,
    promptId: row.prompt_id,
    promptName: row.prompt_name,
    promptVersion: row.prompt_version,
    environment: row.environment,
    usage: {
      input: row.input_tokens ?? 0,
      output: row.output_tokens ?? 0,
      total: row.total_tokens ?? 0,
      unit: row.usage_unit,
    },
    usageDetails: toAmounts(row.usage_details),
    costDetails: toAmounts(row.cost_details),
    inputPrice: prices.input,
    outputPrice: prices.output,
    totalPrice: prices.total,
    calculatedInputCost: row.input_cost,
    calculatedOutputCost: row.output_cost,
    calculatedTotalCost: row.total_cost,
    latency: toSeconds(row.start_time, row.end_time),
    timeToFirstToken: toSeconds(row.start_time, row.completion_start_time),
    createdAt: toIso(row.created_at),
    updatedAt: toIso(row.updated_at),
  };
}

/** Seconds between two instants; null while one is missing. */
export function toSeconds(from: number | null, to: number | null): number | null {
  return from === null || to === null ? null : (to - from) / 1000;
}

/** ISO 8601, or null for a time that is not known. */
export function toIsoOrNull(time: number | null): string | null {
  return time === null ? null : toIso(time);
}

/** A stored object of numbers; empty when there is none. */
export function toAmounts(text: string | null): Readonly<Record<string, number>> {
  return text === null ? {} : (JSON.parse(text) as Record<string, number>);
}

/** Numbers and texts stay; everything else becomes its text, as Langfuse answers. */
export function toModelParameters(
  text: string | null,
): Readonly<Record<string, string | number | null>> | null {
  const value = fromStored(text);
  if (!isObject(value)) return null;
  const entries = Object.entries(value).map(([name, item]) => [name, toParameter(item)] as const);
  return Object.fromEntries(entries);
}

function toParameter(item: unknown): string | number | null {
  if (item === null || typeof item === 'string' || typeof item === 'number') return item;
  return typeof item === 'boolean' ? String(item) : JSON.stringify(item);
}
