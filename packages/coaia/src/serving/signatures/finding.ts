/** Something that a person should know or change, with the way to it. `ao check` prints lists of them. */

export interface Finding {
  /** AO201 and the like. */
  readonly code: string;
  /** Errors make `ao check` end with 1. */
  readonly severity: 'error' | 'warning';
  /** One sentence: what, where. */
  readonly message: string;
  /** Relative to the project where it lies inside. */
  readonly file?: string;
  /** Counts from 1. */
  readonly line?: number;
  /** What a tool or the language said. */
  readonly cause?: string;
  /** What to do, in one sentence. */
  readonly fix: string;
}
