/** The limit of a key: who is over it is told when to come back, nobody else notices. */
import type { Clock } from '#base';
import { accessErrors } from '../errors.ts';
import type { KeyRecord } from '../key-records.ts';
import type { RateLimiter, Taken } from './token-bucket.ts';

export interface KeyLimit {
  /** Counts one request of the key. Rejects with COAIA-0324 when it made too many. */
  add(key: KeyRecord): Promise<void> | undefined;
}

export interface KeyLimitOptions {
  readonly limiter: RateLimiter;
  readonly clock: Clock;
  /** For keys without a limit of their own; undefined: none. */
  readonly perMinute: number | undefined;
  readonly log: (message: string) => void;
}

/** A limiter that fails is said once in the log and stops nobody. */
export function createKeyLimit(options: KeyLimitOptions): KeyLimit {
  const { limiter, clock, log } = options;
  return {
    add(key) {
      const own = key.project_id === null ? null : key.requests_per_minute;
      const perMinute = own ?? options.perMinute;
      if (perMinute === undefined) return undefined;
      return check(async () => limiter.take(key.id, perMinute), log, clock);
    },
  };
}

async function check(
  take: () => Promise<Taken>,
  log: KeyLimitOptions['log'],
  clock: Clock,
): Promise<void> {
  let taken: Taken;
  try {
    taken = await take();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    log(`Requests are not limited at the moment, because the limiter failed: ${reason}`);
    return;
  }
  if (!taken.isAllowed) throw toTooMany(taken, clock, 'This key');
}

/** 429 with what clients look at; `reset` is the time in seconds since 1970 when the whole limit is free again. */
export function toTooMany(taken: Taken, clock: Clock, subject: string) {
  const reset = Math.ceil(clock() / 1000) + taken.fullSeconds;
  return accessErrors.create(
    'COAIA-0324',
    `${subject} may make ${taken.limit} requests a minute and has made them; try again in ${taken.waitSeconds} s.`,
    {
      headers: {
        'retry-after': String(taken.waitSeconds),
        'x-ratelimit-limit': String(taken.limit),
        'x-ratelimit-remaining': String(taken.remaining),
        'x-ratelimit-reset': String(reset),
      },
    },
  );
}
