/** Models and prices as the API answers them. */

export type ModelUnit =
  | 'TOKENS'
  | 'CHARACTERS'
  | 'MILLISECONDS'
  | 'SECONDS'
  | 'IMAGES'
  | 'REQUESTS';

/** All of a tier's conditions must hold. */
export type ModelTierCondition =
  | {
      /** Regular expression; the usage keys that match are summed and compared with `value`. */
      readonly usageDetailPattern: string;
      readonly operator: 'gt' | 'gte' | 'lt' | 'lte' | 'eq' | 'neq';
      readonly value: number;
      readonly caseSensitive: boolean;
    }
  | {
      readonly source: 'model_parameters' | 'metadata';
      readonly key: string;
      readonly operator: 'in';
      readonly values: readonly string[];
    };

export interface ModelTier {
  readonly id: string;
  readonly name: string;
  readonly isDefault: boolean;
  /** Lower numbers are tried first; the default tier has 0 and answers when no other does. */
  readonly priority: number;
  readonly conditions: readonly ModelTierCondition[];
  /** USD per single unit by usage key. */
  readonly prices: Readonly<Record<string, number>>;
}

export interface Model {
  readonly id: string;
  readonly modelName: string;
  readonly matchPattern: string;
  /** The prices hold for observations from this time on; null: always. */
  readonly startDate: string | null;
  readonly unit: ModelUnit | null;
  readonly inputPrice: number | null;
  readonly outputPrice: number | null;
  readonly totalPrice: number | null;
  readonly tokenizerId: string | null;
  readonly tokenizerConfig: unknown;
  /** True for the models that come with the program. */
  readonly isLangfuseManaged: boolean;
  readonly createdAt: string;
  readonly prices: Readonly<Record<string, { readonly price: number }>>;
  readonly pricingTiers: readonly ModelTier[];
}
