/** Who is asking, and for which project. Every use case takes one; storage never reads without it. */

/** What a caller may do. `scores`: only write scores (Bearer public key of a browser). */
export type AccessLevel = 'project' | 'scores';

export interface Scope {
  readonly projectId: string;
  readonly level: AccessLevel;
  /** How the caller proved itself: a key pair, a signed-in page, or the command line on the store itself. */
  readonly via: 'key' | 'page' | 'local';
  /** Public key that was used, for the audit trail; absent for `local`. */
  readonly publicKey?: string;
}
