/**
 * A pipeline template as its file has it, with defaults filled in. Field names are those of the file, so that an
 * editor and this program speak of the same document. What comes of it is in `rendered.ts`.
 */

export const VARIABLE_TYPES = ['string', 'number', 'boolean', 'list'] as const;
export type VariableType = (typeof VARIABLE_TYPES)[number];

export const OBSERVATION_TYPES = [
  'EVENT',
  'SPAN',
  'GENERATION',
  'AGENT',
  'TOOL',
  'CHAIN',
  'RETRIEVER',
  'EVALUATOR',
  'EMBEDDING',
  'GUARDRAIL',
] as const;
export type ObservationType = (typeof OBSERVATION_TYPES)[number];

export const LEVELS = ['DEBUG', 'DEFAULT', 'WARNING', 'ERROR'] as const;
export type Level = (typeof LEVELS)[number];

export const TEMPLATE_FORMATS = ['json', 'yaml'] as const;
export type TemplateFormat = (typeof TEMPLATE_FORMATS)[number];

export type Values = Readonly<Record<string, unknown>>;

export interface TemplateVariable {
  readonly name: string;
  readonly type: VariableType;
  /** Satisfied by a default that is not null. */
  readonly required: boolean;
  /** A text with `{{ }}` is rendered against the variables declared before it. Null: none. */
  readonly default: unknown;
  readonly description?: string;
  /** Nothing else is accepted; for lists, of every item. */
  readonly choices?: readonly unknown[];
  /** Shown as choices; other values are accepted with a warning. */
  readonly suggestions?: readonly unknown[];
  /** Regular expression (the whole text must match), for strings. */
  readonly pattern?: string;
  readonly min?: number;
  readonly max?: number;
  /** Characters of a string, or items of a list. */
  readonly minLength?: number;
  readonly maxLength?: number;
  /** Type of a list's items. */
  readonly items?: 'string' | 'number' | 'boolean';
  /** Never stored or shown. */
  readonly secret?: boolean;
  readonly examples?: readonly unknown[];
}

/** All attempts together; `backoff` before the second one is doubled for each further one, up to `max`. */
export interface TemplateRetry {
  readonly attempts: number;
  readonly backoff?: Duration;
  readonly max?: Duration;
}

/** Seconds as a number, or `250ms`, `30s`, `5m`, `2h`, `1d`. */
export type Duration = number | string;

export interface TemplateStep {
  /** What other steps and `steps.ID` refer to; a step without one is referred to by its name. */
  readonly id?: string;
  readonly name: string;
  readonly observation_type: ObservationType;
  readonly description?: string;
  /** Id or name of the step below which it hangs, before or after this one. */
  readonly parent?: string;
  /** `input` and `output` are the observation's; everything else goes into its metadata. */
  readonly variables?: Values;
  readonly metadata?: Values;
  /** The step is left out unless it is true: a block, `{{ }}`, or a bare expression. */
  readonly conditional?: string;
  readonly model?: string;
  readonly model_parameters?: Values;
  /** Numbers by kind, or expressions that give them. */
  readonly usage?: Values;
  readonly level?: string;
  /** From the start of the trace to the start of the observation. */
  readonly start_offset?: Duration;
  readonly duration?: Duration;
  /** What a run does here; without one the step is recorded only. */
  readonly action?: string;
  /** Input of the action, rendered when it runs. */
  readonly with?: Values;
  /** Ids or names of steps that must have ended before. */
  readonly needs?: readonly string[];
  readonly retry?: TemplateRetry;
  readonly timeout?: Duration;
  /** A list, or an expression that gives one; `item` and `index` are known in the step. */
  readonly foreach?: string | readonly unknown[];
  /** `fail` (default), `continue`, or ids of steps that are taken only when this one failed. */
  readonly on_failure?: string | readonly string[];
  /** The output is known under this name in later steps. */
  readonly export_as?: string;
  /** In a template that extends another: drops the base's step of this id or name. */
  readonly remove?: boolean;
  /** In a template that extends another: id or name of the step to stand before, or after. */
  readonly before?: string;
  readonly after?: string;
}

export interface TemplateRequirements {
  /** Range of versions of this program. */
  readonly coaia?: string;
  /** Ranges of other templates by name. */
  readonly templates?: Readonly<Record<string, string>>;
}

export interface Template {
  readonly name: string;
  readonly version: string;
  readonly description: string | null;
  readonly author: string | null;
  readonly created_at: string | null;
  /** `name` or `name@range`. Null once inheritance is applied. */
  readonly extends: string | null;
  readonly requires?: TemplateRequirements;
  readonly metadata: Values;
  readonly variables: readonly TemplateVariable[];
  readonly steps: readonly TemplateStep[];
}

export const TEMPLATE_SOURCES = ['project', 'user', 'server', 'builtin'] as const;
export type TemplateSource = (typeof TEMPLATE_SOURCES)[number];

/** A template that was found, with inheritance applied. */
export interface FoundTemplate {
  readonly template: Template;
  /** What an explicit path named counts as `project`. */
  readonly source: TemplateSource;
  /** File it was read from; null for those of the server and the program. */
  readonly path: string | null;
  readonly format: TemplateFormat;
  /** As it was written. */
  readonly text: string;
  /** `sha256:` and the hex digest of the text. */
  readonly digest: string;
  /** What it extends, nearest first. */
  readonly bases: readonly {
    readonly name: string;
    readonly version: string;
    readonly digest: string;
  }[];
}
