/** What a caller may set for one rendering. */

/** What a name without a value does: an error, empty text, or the tag left as it was written. */
export type UndefinedPolicy = 'strict' | 'empty' | 'keep';

/** A function that templates may call: plain JSON values in, one plain JSON value out. */
export type TemplateFunction = (...values: unknown[]) => unknown;

export interface RenderOptions {
  /** Default `empty`. */
  readonly undefined?: UndefinedPolicy;
  /** Added to, or put in place of, the functions of `templateFunctions`. */
  readonly functions?: Readonly<Record<string, TemplateFunction>>;
  /** The moment of `now()`, `timestamp()`, `date()`; default the moment of the call. */
  readonly now?: Date;
  /** What `env(NAME)` reads; names other than COAIA_* are never seen. Default: nothing. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Most evaluated nodes; default 200,000. */
  readonly maxSteps?: number;
  /** Most characters of any text made on the way, and of the result; default 2,000,000. */
  readonly maxOutput?: number;
  /** Most milliseconds; default 2,000. */
  readonly maxTime?: number;
  /** Told about each name without a value. */
  readonly onWarning?: (text: string) => void;
}

/** The values a template sees, by name. */
export type TemplateVariables = Readonly<Record<string, unknown>>;

/** What a template mentions: names it does not declare itself, filters, and the names it calls. */
export interface TemplateNames {
  readonly variables: string[];
  readonly filters: string[];
  readonly functions: string[];
}
