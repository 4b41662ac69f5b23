/** What goes into copying and comparing, and what comes out. */
import type { KindName } from '../kinds/kind-names.ts';
import type { SourceAddress } from '../sources/api-reader.ts';

export interface Progress {
  readonly kind: KindName;
  readonly read: number;
  readonly written: number;
  readonly isDone: boolean;
}

export interface MigrateInput {
  readonly source: SourceAddress;
  /** All kinds when empty. */
  readonly only: readonly KindName[];
  /** ISO 8601; earlier traces, observations, scores and sessions are left out. */
  readonly since?: string | undefined;
  /** Reads and counts, writes nothing. */
  readonly dryRun: boolean;
  /** Forgets how far an earlier run came. */
  readonly restart: boolean;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: Progress) => void;
}

export interface KindReport {
  readonly kind: KindName;
  readonly read: number;
  /** Records that are here now as they are there. */
  readonly written: number;
  readonly gaps: number;
  /** True when an earlier run had stored some of it. */
  readonly isResumed: boolean;
  readonly note?: string;
}

export interface MigrateReport {
  readonly source: string;
  readonly dryRun: boolean;
  readonly kinds: readonly KindReport[];
  readonly gaps: readonly { readonly kind: string; readonly id: string; readonly reason: string }[];
}

export interface CompareInput {
  readonly source: SourceAddress;
  readonly only: readonly KindName[];
  readonly since?: string | undefined;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: Progress) => void;
}

export interface KindComparison {
  readonly kind: KindName;
  readonly there: number;
  readonly here: number;
  /** Ids that only the other server has. */
  readonly missing: readonly string[];
  /** Ids that only this store has. */
  readonly extra: readonly string[];
  readonly different: readonly { readonly id: string; readonly fields: readonly string[] }[];
  readonly note?: string;
}

export interface Comparison {
  readonly source: string;
  readonly isEqual: boolean;
  readonly kinds: readonly KindComparison[];
}
