/** What the command line knows when a command asks for its interface. */
import type { ResolvedSettings, Target } from '#config';
import type { StoreLocation } from '#store';

export interface OpenNeedOptions {
  readonly target: Target;
  /** Where the local store lies. */
  readonly store: StoreLocation;
  readonly durability: 'full' | 'relaxed';
  /** For LANGFUSE_INIT_*, should the store be new, and for proxies. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly timeoutMs?: number | undefined;
  readonly offline: boolean;
  /** Path of the ledger of outbound calls. */
  readonly ledgerPath: string;
  readonly signal?: AbortSignal;
  /** For what needs more of the home than the store. */
  readonly settings: Pick<ResolvedSettings, 'values' | 'paths' | 'records'>;
}

/** What a need was opened as. */
export interface Opened {
  readonly api: unknown;
  readonly close: () => Promise<void>;
}
