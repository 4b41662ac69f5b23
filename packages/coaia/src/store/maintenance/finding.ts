/** One thing a check found wrong. */
export interface Finding {
  readonly kind: 'pages' | 'foreign-keys' | 'counters' | 'trace-sums';
  /** A sentence without a full stop. */
  readonly text: string;
  /** `coaia db check --repair` can put it right. */
  readonly repairable: boolean;
}
