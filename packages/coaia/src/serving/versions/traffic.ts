/** Who gets which version. Pure rules; `registry.ts` keeps it. */

/** Traffic of one model. Versions by number. */
export interface Traffic {
  /** Answers everybody that nothing else answers. */
  readonly champion: number;
  /** Named in comparisons; gets no traffic by itself. */
  readonly challenger?: number;
  /** Answers this share of the requests, 0 to 100. */
  readonly canary?: { readonly version: number; readonly percent: number };
  /** Answers beside the champion for comparison; callers never see it. */
  readonly shadow?: number;
  /** Header whose value decides between champion and canary, so that a caller keeps its version. */
  readonly sticky?: string;
  /** Grows with every change. */
  readonly revision: number;
}

/** Who asked for what: `latest`, `champion`, `challenger`, a number as text, or undefined for the traffic rules. */
export interface Choice {
  readonly version: number;
  readonly route: 'champion' | 'canary' | 'asked';
  readonly shadow?: number;
}
