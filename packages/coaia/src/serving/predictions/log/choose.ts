/** Which predictions become traces, and of which the inputs are kept. */
import type { PredictionRecord } from '../observer.ts';
import type { Sampling } from '../traces/to-events.ts';

/** `[log]` of a project. */
export interface LogRules {
  readonly payload: 'sample' | 'all' | 'none';
  /** Share that is sampled while there are few, 0 to 1. */
  readonly sample: number;
  readonly redact: readonly string[];
}

/** Up to here every prediction is sampled (times `sample`); above, as many a second as this. */
export const SAMPLED_PER_SECOND = 50;
/** Failed and flagged ones have their own allowance, so that a busy hour does not hide them. */
export const NOTABLE_PER_SECOND = 50;
/** What was not used is kept for one more second. */
const SAVED_SECONDS = 2;

export interface Chosen {
  /** Share of the others that is sampled. */
  readonly share: number;
  /** How many of the remarkable ones, the first of them, become traces for what they are. */
  readonly notable: number;
}

/** The predictions of one flush, told one by one. */
export interface Choice {
  /**
   * Tells of a prediction by what it is and the number that `toShare` makes of its id; false when it will certainly not
   * be chosen, so that nobody needs to hold it.
   */
  consider(reason: Sampling['reason'], share: number): boolean;
  /** Decides. What is remarkable beyond its allowance is sampled like all others. */
  close(at: number): Chosen;
}

/** Gives out at most so many a second. */
function createAllowance(perSecond: number, now: number) {
  const most = SAVED_SECONDS * perSecond;
  let left = most;
  let last = now;
  return {
    most,
    take(wanted: number, at: number): number {
      left = Math.min(most, left + (Math.max(0, at - last) / 1000) * perSecond);
      last = at;
      const given = Math.min(wanted, Math.floor(left));
      left -= given;
      return given;
    },
  };
}

/** Decides for the predictions of each flush; `now` and `at` are epoch milliseconds. */
export function createChooser({ sample }: Pick<LogRules, 'sample'>, now: number) {
  const usual = createAllowance(SAMPLED_PER_SECOND, now);
  const notable = createAllowance(NOTABLE_PER_SECOND, now);
  return (): Choice => {
    let ordinary = 0;
    let remarkable = 0;
    return {
      consider(reason, share) {
        if (reason !== 'sampled') {
          remarkable++;
          return true;
        }
        ordinary++;
        // The share at the end is at most this: the allowance can only be smaller, and the number only larger.
        return share < Math.min(sample, usual.most / ordinary);
      },
      close(at) {
        const allowed = notable.take(remarkable, at);
        const others = ordinary + remarkable - allowed;
        const given = usual.take(Math.ceil(others * sample), at);
        const share = others === 0 ? sample : Math.min(sample, given / others);
        return { share, notable: allowed };
      },
    };
  };
}

/** Why a prediction is remarkable by itself. */
export function toReason(record: PredictionRecord): Sampling['reason'] {
  const { status, error, flags, warnings, explanation } = record;
  if (status >= 400 || error !== undefined) return 'failed';
  if (flags.length > 0 || warnings.length > 0) return 'flagged';
  return explanation === undefined ? 'sampled' : 'explained';
}
