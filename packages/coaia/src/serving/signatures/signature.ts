/** What a model takes and gives: the one description from which validation, documents and clients are made. */
import type { Datatype, Value } from '../tensors/tensor.ts';

/**
 * How a value looks to a person. `category` is text (or a number, or a boolean) out of `levels`; `date` is
 * `YYYY-MM-DD`; `datetime` is ISO 8601.
 */
export type FieldType =
  | 'number'
  | 'integer'
  | 'boolean'
  | 'string'
  | 'category'
  | 'date'
  | 'datetime';

/** Where a fact about a field was found, strongest first. */
export type Evidence = 'ao.toml' | 'hints' | 'object' | 'examples';

export interface Field {
  readonly name: string;
  readonly type: FieldType;
  /** How it travels. Dates, text and categories of text are BYTES. */
  readonly datatype: Datatype;
  /** Shape of one row's value: `[]` one value, `[4]` four, `[-1]` any number. */
  readonly shape: readonly number[];
  /** False: may be left out; then `default` or a missing value is used. */
  readonly required: boolean;
  /** May be null. */
  readonly nullable: boolean;
  /** The only allowed values. */
  readonly levels?: readonly Exclude<Value, null | bigint>[];
  /** Texts met in training by a model that takes others as well. At most `MOST_SEEN`. */
  readonly seen?: readonly string[];
  /** Smallest and largest value that is allowed at all. */
  readonly min?: number;
  readonly max?: number;
  /** Smallest and largest value seen in training; beyond it a prediction is an extrapolation. */
  readonly trained?: { readonly min: number; readonly max: number };
  readonly default?: Value;
  readonly description?: string;
  /** Never logged, sampled or sketched by value. */
  readonly sensitive?: boolean;
  readonly evidence: Evidence;
}

/** More different texts than these are no categories. */
export const MOST_SEEN = 100;

export type Task = 'regression' | 'classification' | 'probability' | 'other';

/** A row as people write it: one member for each field. */
export type Row = Readonly<Record<string, unknown>>;

/** How predictions of the model are explained. */
export interface Explanation {
  /** `terms`: parts that add up to `total`, exactly; `code`: whatever the user's `explain` gives. */
  readonly kind: 'terms' | 'code';
  /** Of terms: what their sum is, such as `log-odds of 1`. */
  readonly scale?: string;
  /** Of terms: what the part that belongs to no input stands for. */
  readonly baseline?: string;
  /** What was seen for the example: of terms `baseline`, `total` and `term:NAME`. */
  readonly outputs: readonly Field[];
}

export interface Signature {
  readonly inputs: readonly Field[];
  readonly outputs: readonly Field[];
  readonly task: Task;
  /** Classes in the order of the model's probabilities. */
  readonly classes?: readonly Exclude<Value, null | bigint>[];
  readonly description?: string;
  /** Absent: predictions of this model cannot be explained. */
  readonly explanation?: Explanation;
  /** A row that works: the first of examples.csv or one made of levels and training ranges. */
  readonly example: Row;
}
