/** How a store is opened. */

export type StoreLocation =
  | { readonly kind: 'sqlite'; readonly path: string }
  | { readonly kind: 'postgres'; readonly url: string };

export interface OpenOptions {
  /** `server`: many requests, checkpoints and heavy reads on threads. `process`: one command, started quickly. */
  readonly mode: 'server' | 'process';
  /** `relaxed` may lose the last moments before a power cut (never before a crash of the program). */
  readonly durability?: 'full' | 'relaxed';
  /**
   * `create`: make a missing store, refuse an older one (COAIA-0102). `upgrade`: also migrate.
   * `never`: only open what is there and current (COAIA-0110 when nothing is there).
   */
  readonly migrate: 'create' | 'upgrade' | 'never';
  readonly readOnly?: boolean;
}
