/** What a linter finds, whichever it is. */

/** A mistake or a doubtful place. */
export interface Lint {
  /** Relative to the project, with slashes. */
  readonly file: string;
  /** Counts from 1. */
  readonly line: number;
  /** `F401`, `invalid-syntax`, `object_name_linter`. */
  readonly rule: string;
  readonly message: string;
  /** `ao check --fix` repairs it. */
  readonly isFixable: boolean;
  /** What a repair would do. */
  readonly help?: string;
}

export interface RuffOrder {
  /** Absolute folder of the project. */
  readonly folder: string;
  /** Relative to it. */
  readonly files: readonly string[];
  readonly isFixing: boolean;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal;
}

export interface RuffReport {
  /** With its version, as it is shown. */
  readonly name: string;
  readonly lints: readonly Lint[];
  /** Files that the formatter would change. */
  readonly unformatted: readonly string[];
  /** Files that were repaired or formatted. */
  readonly fixed: readonly string[];
}
