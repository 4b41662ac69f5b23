/** The shape of one entry of the price table, and the short form in which the tables are written. */

export type PriceUnit =
  | 'TOKENS'
  | 'CHARACTERS'
  | 'MILLISECONDS'
  | 'SECONDS'
  | 'IMAGES'
  | 'REQUESTS';

/** A condition of a tier: all of a tier's conditions must hold. */
export type TierCondition =
  | {
      /** Sum of the usage keys that match `pattern` (case-insensitive), compared with `value`. */
      readonly kind: 'usage';
      readonly pattern: string;
      readonly operator: 'gt' | 'gte' | 'lt' | 'lte' | 'eq' | 'neq';
      readonly value: number;
      /** Decides instead of `pattern`, for patterns that users wrote. */
      readonly matches?: (usageKey: string) => boolean;
    }
  | {
      /** Value of a model parameter or metadata key, compared as text. */
      readonly kind: 'parameter' | 'metadata';
      readonly key: string;
      readonly values: readonly string[];
    };

export interface PriceTier {
  readonly name: string;
  readonly isDefault: boolean;
  /** Lower numbers are tried first; the default tier answers when no other does. */
  readonly priority: number;
  readonly conditions: readonly TierCondition[];
  /** USD per single unit by usage key. */
  readonly prices: Readonly<Record<string, number>>;
}

/** What cost is computed from: an entry of the table, or a model that a project defined. */
export interface PricedModel {
  readonly id: string;
  readonly tiers: readonly PriceTier[];
}

export interface PriceEntry extends PricedModel {
  readonly modelName: string;
  readonly vendor: string;
  /** Regular expression on the whole model name, case-insensitive. */
  readonly matchPattern: string;
  /** The price holds for observations from this day on, `YYYY-MM-DD`; absent: always. */
  readonly startDate?: string;
  readonly unit: PriceUnit;
  /** Address of the vendor's public price list. */
  readonly source: string;
  /** Day on which the price is known to have been on that list, `YYYY-MM-DD`. */
  readonly checked: string;
}

/** USD per million units of each kind, as price lists print them. */
export interface ListPrice {
  readonly input?: number;
  readonly output?: number;
  /** Input read from the vendor's prompt cache. */
  readonly cached?: number;
  /** Input written to the cache for five minutes, and for one hour. */
  readonly write5m?: number;
  readonly write1h?: number;
  readonly audioInput?: number;
  readonly audioOutput?: number;
  /** For models that are billed by one number, whatever the direction. */
  readonly total?: number;
}

/** Usage keys that mean the same kind of unit, in the spellings of SDKs and exporters. */
const USAGE_KEYS: Readonly<Record<keyof ListPrice, readonly string[]>> = {
  input: ['input', 'input_tokens', 'input_text', 'input_text_tokens', 'prompt_token_count'],
  output: [
    'output',
    'output_tokens',
    'output_text',
    'output_text_tokens',
    'output_reasoning',
    'output_reasoning_tokens',
    'output_accepted_prediction_tokens',
    'output_rejected_prediction_tokens',
    'candidates_token_count',
    'thoughts_token_count',
  ],
  cached: [
    'input_cached_tokens',
    'input_cache_read',
    'cache_read_input_tokens',
    'cached_content_token_count',
  ],
  write5m: [
    'input_cache_creation',
    'input_cache_write',
    'input_cache_creation_5m',
    'cache_creation_input_tokens',
  ],
  write1h: ['input_cache_creation_1h'],
  audioInput: ['input_audio_tokens', 'input_audio'],
  audioOutput: ['output_audio_tokens', 'output_audio'],
  total: ['total'],
};

const MILLION = 1_000_000;

/** Prices per unit and usage key. Rounded to 15 digits, so that 0.15 per million is 1.5e-7 and not beside it. */
export function toUnitPrices(list: ListPrice): Readonly<Record<string, number>> {
  const prices: Record<string, number> = {};
  for (const kind of Object.keys(list) as (keyof ListPrice)[]) {
    const amount = list[kind];
    if (amount === undefined) continue;
    for (const key of USAGE_KEYS[kind]) prices[key] = Number((amount / MILLION).toPrecision(15));
  }
  return prices;
}

interface Draft {
  readonly model: string;
  /** Regular expression of the names, when they are more than `model` with an optional date. */
  readonly names?: string;
  readonly startDate?: string;
  readonly list: ListPrice;
  /** Prices when the whole input is larger than `above` tokens. */
  readonly large?: { readonly above: number; readonly list: ListPrice };
  readonly checked?: string;
}

interface Vendor {
  readonly vendor: string;
  /** Regular expression of prefixes that gateways put before the name, for example `openai/`. */
  readonly prefix: string;
  readonly source: string;
  readonly checked: string;
}

const DATED = '(-\\d{4}-\\d{2}-\\d{2})?';

/** Turns the short form of a vendor's list into entries. */
export function definePrices(vendor: Vendor, drafts: readonly Draft[]): readonly PriceEntry[] {
  return drafts.map((draft) => ({
    id: ['builtin', vendor.vendor, draft.model, ...(draft.startDate ? [draft.startDate] : [])].join(
      ':',
    ),
    modelName: draft.model,
    vendor: vendor.vendor,
    matchPattern: `^(?:${vendor.prefix})?(?:${draft.names ?? toPattern(draft.model) + DATED})$`,
    ...(draft.startDate ? { startDate: draft.startDate } : {}),
    unit: 'TOKENS',
    tiers: toTiers(draft),
    source: vendor.source,
    checked: draft.checked ?? vendor.checked,
  }));
}

function toTiers(draft: Draft): readonly PriceTier[] {
  const standard: PriceTier = {
    name: 'Standard',
    isDefault: true,
    priority: 0,
    conditions: [],
    prices: toUnitPrices(draft.list),
  };
  if (draft.large === undefined) return [standard];
  const large: PriceTier = {
    name: `Input over ${draft.large.above / 1000}k`,
    isDefault: false,
    priority: 1,
    conditions: [
      { kind: 'usage', pattern: '(input|prompt|cached)', operator: 'gt', value: draft.large.above },
    ],
    prices: toUnitPrices(draft.large.list),
  };
  return [standard, large];
}

/** A model name as a regular expression that matches it literally. */
export function toPattern(name: string): string {
  return name.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
