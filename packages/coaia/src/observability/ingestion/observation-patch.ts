/** What a span, generation, event or any other observation event says about an observation. */
import { isObject } from '#base';
import { toUsageDetails } from '../prices/usage.ts';
import { toMetadata } from './metadata.ts';
import { BodyReader, toEnvironment } from './body-reader.ts';
import type { FieldIssue } from './body-reader.ts';
import type { MergeRules, Patch } from './merge.ts';
import type { ObservationType } from '@coaia/client';

export const OBSERVATION_TYPES = [
  'SPAN',
  'EVENT',
  'GENERATION',
  'AGENT',
  'TOOL',
  'CHAIN',
  'RETRIEVER',
  'EVALUATOR',
  'EMBEDDING',
  'GUARDRAIL',
] as const satisfies readonly ObservationType[];

const LEVELS = ['DEBUG', 'DEFAULT', 'WARNING', 'ERROR'] as const;

export const OBSERVATION_RULES: MergeRules = [
  ['start_time', 'first'],
  ['environment', 'first'],
  ['trace_id', 'first'],
  ['type', 'last'],
  ['name', 'last'],
  ['end_time', 'last'],
  ['completion_start_time', 'last'],
  ['level', 'last'],
  ['status_message', 'last'],
  ['parent_observation_id', 'last'],
  ['model', 'last'],
  ['model_parameters', 'last'],
  ['prompt_name', 'last'],
  ['prompt_version', 'last'],
  ['version', 'last'],
  ['usage_details', 'last'],
  ['usage_unit', 'last'],
  ['provided_cost', 'last'],
  ['input', 'truthy'],
  ['output', 'truthy'],
  ['metadata', 'metadata'],
];

/** How an event names its type: by its own name, or (`observation-*`) in `body.type`. */
export interface TypeSource {
  readonly type: ObservationType | undefined;
  /** An update's own name says little about the type: it only counts while no event has set it. */
  readonly weak: boolean;
}

/** The patch of one event, or what is wrong with its body. */
export function toObservationPatch(
  body: Readonly<Record<string, unknown>>,
  source: TypeSource,
  key: string,
  time: number,
): Patch | readonly FieldIssue[] {
  const reader = new BodyReader(body);
  const type = source.type ?? reader.word('type', OBSERVATION_TYPES);
  const weak = source.weak && type !== undefined;
  const columns = {
    start_time: reader.time('startTime') ?? undefined,
    environment: toEnvironment(reader.text('environment')),
    trace_id: reader.id('traceId'),
    type: weak ? undefined : type,
    name: reader.text('name'),
    end_time: reader.time('endTime'),
    completion_start_time: reader.time('completionStartTime'),
    level: reader.word('level', LEVELS),
    status_message: reader.text('statusMessage'),
    parent_observation_id: reader.text('parentObservationId'),
    model: reader.text('model'),
    model_parameters: readModelParameters(reader),
    version: reader.text('version'),
    ...readPrompt(reader),
    ...readUsage(reader, body),
    input: reader.json('input'),
    output: reader.json('output'),
  };
  const metadata = toMetadata(reader.raw('metadata'));
  if (reader.issues.length > 0) return reader.issues;
  return {
    key,
    time,
    columns,
    ...(weak ? { weak: { type } } : {}),
    ...(metadata === undefined ? {} : { metadata }),
  };
}

/** Name and version only count together. */
function readPrompt(reader: BodyReader) {
  const name = reader.text('promptName');
  const version = reader.whole('promptVersion');
  const both = typeof name === 'string' && typeof version === 'number';
  return both ? { prompt_name: name, prompt_version: version } : {};
}

function readModelParameters(reader: BodyReader): string | null | undefined {
  const value = reader.raw('modelParameters');
  if (value === undefined || value === null) return value;
  if (isObject(value)) return JSON.stringify(value);
  reader.reject('modelParameters', 'Expected an object');
  return undefined;
}

function readUsage(reader: BodyReader, body: Readonly<Record<string, unknown>>) {
  const columns: Record<string, string | null> = {};
  if (body.usage !== undefined || body.usageDetails !== undefined) {
    const usage = toUsageDetails({ usage: body.usage, usageDetails: body.usageDetails });
    if ('error' in usage) {
      reader.reject(body.usageDetails === undefined ? 'usage' : 'usageDetails', usage.error);
    } else {
      if (usage.usageDetails !== null) columns.usage_details = JSON.stringify(usage.usageDetails);
      if (usage.unit !== null) columns.usage_unit = usage.unit;
      if (usage.providedCost !== null) columns.provided_cost = JSON.stringify(usage.providedCost);
    }
  }
  const cost = readCost(reader);
  if (cost !== undefined) columns.provided_cost = cost;
  return columns;
}

function readCost(reader: BodyReader): string | undefined {
  const value = reader.raw('costDetails');
  if (value === undefined || value === null) return undefined;
  const entries = isObject(value) ? Object.entries(value) : [];
  const amounts = entries.filter(([, amount]) => amount !== null);
  if (isObject(value) && amounts.every(([, amount]) => isAmount(amount))) {
    return amounts.length === 0 ? undefined : JSON.stringify(Object.fromEntries(amounts));
  }
  reader.reject('costDetails', 'Expected an object of numbers in USD that are not negative');
  return undefined;
}

function isAmount(value: unknown): boolean {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0;
}
