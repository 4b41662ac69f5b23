/** An observation in the flat v2 form: groups of fields, texts instead of parsed input and output. */
import { fromStored, isObject, toIso } from '#base';
import { toTags } from '../traces/tags.ts';
import {
  toAmounts,
  toIsoOrNull,
  toModelParameters,
  toSeconds,
  type StoredObservation,
} from './observation.ts';
import type { TraceContext } from './storage.ts';
import type { UnitPriceFinder } from './unit-prices.ts';

/** Field groups; `core` is always there. */
export const OBSERVATION_FIELD_GROUPS = [
  'core',
  'basic',
  'time',
  'io',
  'metadata',
  'model',
  'usage',
  'prompt',
  'metrics',
  'trace_context',
] as const;

export type ObservationFieldGroup = (typeof OBSERVATION_FIELD_GROUPS)[number];
type Row = StoredObservation & TraceContext;
type Fields = Readonly<Record<string, unknown>>;

/** What the form depends on besides the observation and the groups. */
export interface ObservationV2Options {
  /** Metadata keys whose values are given whole. */
  readonly expand: ReadonlySet<string>;
  readonly findPrices: UnitPriceFinder;
}

/** Longest metadata value that is given whole unless its key is named in `expandMetadata`. */
const METADATA_CUT = 200;

const GROUPS: Readonly<
  Record<ObservationFieldGroup, (row: Row, options: ObservationV2Options) => Fields>
> = {
  core: (row) => ({
    id: row.id,
    traceId: row.trace_id,
    startTime: toIso(row.start_time),
    endTime: toIsoOrNull(row.end_time),
    projectId: row.project_id,
    parentObservationId: row.parent_observation_id,
    type: row.type,
  }),
  basic: (row) => ({
    name: row.name,
    level: row.level,
    statusMessage: row.status_message,
    version: row.version,
    environment: row.environment,
    bookmarked: row.bookmarked === 1,
    public: row.public === 1,
    userId: row.user_id,
    sessionId: row.session_id,
    isRootObservation: row.is_root === 1,
  }),
  time: (row) => ({
    completionStartTime: toIsoOrNull(row.completion_start_time),
    createdAt: toIso(row.created_at),
    updatedAt: toIso(row.updated_at),
  }),
  io: (row) => ({ input: toRawText(row.input), output: toRawText(row.output) }),
  metadata: (row, { expand }) => ({ metadata: toCutMetadata(row.metadata, expand) }),
  model: (row, { findPrices }) => {
    const prices = findPrices(row.model_id, row.pricing_tier);
    return {
      providedModelName: row.model,
      internalModelId: row.model_id,
      modelId: row.model_id,
      modelParameters: toModelParameters(row.model_parameters),
      inputPrice: toDecimal(prices.input),
      outputPrice: toDecimal(prices.output),
      totalPrice: toDecimal(prices.total),
    };
  },
  usage: (row) => ({
    usageDetails: toAmounts(row.usage_details),
    costDetails: toAmounts(row.cost_details),
    totalCost: row.total_cost,
    usagePricingTierName: row.pricing_tier,
  }),
  prompt: (row) => ({
    promptId: row.prompt_id,
    promptName: row.prompt_name,
    promptVersion: row.prompt_version,
  }),
  metrics: (row) => ({
    latency: toSeconds(row.start_time, row.end_time),
    timeToFirstToken: toSeconds(row.start_time, row.completion_start_time),
  }),
  trace_context: (row) => ({
    tags: row.tags === null ? [] : toTags(row.tags),
    release: row.release,
    traceName: row.trace_name,
  }),
};

/** Every answer names these four, without a value unless the group `model` was asked for, as Langfuse has it. */
const NO_MODEL = { modelId: null, inputPrice: null, outputPrice: null, totalPrice: null };

/** The asked groups of one observation as one object. */
export function toObservationV2(
  row: Row,
  groups: readonly ObservationFieldGroup[],
  options: ObservationV2Options,
): Fields {
  const parts = groups.map((group) => GROUPS[group](row, options));
  return Object.assign({}, ...parts, groups.includes('model') ? {} : NO_MODEL) as Fields;
}

/** Reads a comma list of groups; core and basic when absent, core always first. Unknown words are ignored. */
export function parseObservationFields(text: string | undefined): readonly ObservationFieldGroup[] {
  if (text === undefined) return ['core', 'basic'];
  const words = new Set(text.split(',').map((word) => word.trim()));
  return OBSERVATION_FIELD_GROUPS.filter((group) => group === 'core' || words.has(group));
}

/** A stored JSON text gives its characters, everything else its JSON. */
function toRawText(stored: string | null): string | null {
  if (stored === null || !stored.startsWith('"')) return stored;
  return JSON.parse(stored) as string;
}

function toCutMetadata(stored: string | null, expand: ReadonlySet<string>): unknown {
  const value = fromStored(stored) ?? {};
  if (!isObject(value)) return value;
  const entries = Object.entries(value).map(([key, item]) => {
    const text = typeof item === 'string' ? item : JSON.stringify(item);
    return [
      key,
      expand.has(key) || text.length <= METADATA_CUT ? item : text.slice(0, METADATA_CUT),
    ];
  });
  return Object.fromEntries(entries) as unknown;
}

/** Decimal text without an exponent, so that no reader loses digits. */
function toDecimal(price: number | null): string | null {
  if (price === null) return null;
  const text = String(price);
  return text.includes('e') ? price.toFixed(18).replace(/0+$/, '') : text;
}
