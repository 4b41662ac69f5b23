/** What a file of CoAiAPy means here, and what would be done to it. */

export interface Change {
  /** One line of the plan; values of secrets are masked. */
  readonly text: string;
}

export interface Finding {
  readonly path: string;
  /** What it is, in a word or two. */
  readonly kind: string;
  /** How it is used here, in one sentence. */
  readonly note: string;
  readonly changes: readonly Change[];
  /** What nothing here reads; it stays where it is. */
  readonly unmapped: readonly string[];
  /** Why it cannot be used. */
  readonly problem?: string;
  /** Carries the changes out and returns the backup, if one was needed. */
  readonly apply?: () => string | undefined;
}

/** A finding without changes. */
export function asIs(path: string, kind: string, note: string): Finding {
  return { path, kind, note, changes: [], unmapped: [] };
}

/** A file that cannot be read, with its own sentence. */
export function toProblem(path: string, kind: string, error: unknown): Finding {
  const problem = error instanceof Error ? error.message : String(error);
  return { ...asIs(path, kind, 'left as it is'), problem };
}
