/** Which predictions become traces, and of which the inputs are kept. */
import type { PredictionRecord } from '../observer.ts';
import type { Sampling } from '../traces/to-events.ts';
import { toShare } from './prediction-id.ts';

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

export interface Chosen {
  /** Share of the others that is sampled in this flush. */
  readonly share: number;
  readonly traces: readonly { readonly record: PredictionRecord; readonly sampling: Sampling }[];
}

/** Gives out at most so many a second; what is not used is kept for one more second. */
function createAllowance(perSecond: number, now: number) {
  let left = 2 * perSecond;
  let last = now;
  return {
    take(wanted: number, at: number): number {
      left = Math.min(2 * perSecond, left + (Math.max(0, at - last) / 1000) * perSecond);
      last = at;
      const given = Math.min(wanted, Math.floor(left));
      left -= given;
      return given;
    },
  };
}

/** Decides for the predictions of each flush. */
export function createChooser({ sample, payload }: LogRules, now: number) {
  const usual = createAllowance(SAMPLED_PER_SECOND, now);
  const notable = createAllowance(NOTABLE_PER_SECOND, now);
  return (records: readonly PredictionRecord[], at: number): Chosen => {
    const remarkable = records.filter((record) => toReason(record) !== 'sampled');
    const allowed = new Set(remarkable.slice(0, notable.take(remarkable.length, at)));
    // What is remarkable beyond its allowance is sampled like all others.
    const others = records.length - allowed.size;
    const given = usual.take(Math.ceil(others * sample), at);
    const share = others === 0 ? sample : Math.min(sample, given / others);
    if (payload === 'none') return { share: 0, traces: [] };
    return {
      share,
      traces: records.flatMap((record) => {
        if (allowed.has(record))
          return [{ record, sampling: { reason: toReason(record), share: 1 } }];
        return toShare(record.requestId) < share
          ? [{ record, sampling: { reason: 'sampled' as const, share: round(share) } }]
          : [];
      }),
    };
  };
}

const round = (share: number) => Math.round(share * 10_000) / 10_000;

/** Why a prediction is remarkable by itself. */
export function toReason({ status, error, flags, warnings }: PredictionRecord): Sampling['reason'] {
  if (status >= 400 || error !== undefined) return 'failed';
  return flags.length > 0 || warnings.length > 0 ? 'flagged' : 'sampled';
}
