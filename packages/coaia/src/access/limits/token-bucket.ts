/** Token buckets: so many calls a minute for each name, with a whole minute's worth at once. */
import type { Clock } from '#base';

export interface Taken {
  readonly isAllowed: boolean;
  /** Calls a minute. */
  readonly limit: number;
  /** Whole calls that are left now. */
  readonly remaining: number;
  /** Seconds until one more call is allowed; 0 when one is. */
  readonly waitSeconds: number;
  /** Seconds until the bucket is full again. */
  readonly fullSeconds: number;
}

/** One implementation per place where the counts live; this process is the embedded one. */
export interface RateLimiter {
  /** Takes one call of `name`, which may make `perMinute` of them. */
  take(name: string, perMinute: number): Taken | Promise<Taken>;
}

interface Bucket {
  tokens: number;
  at: number;
}

const MINUTE_MS = 60_000;

/** Counts in this process. Buckets that are full again are forgotten, so that names cost no memory for ever. */
export function createTokenBuckets(clock: Clock, most = 100_000): RateLimiter {
  const buckets = new Map<string, Bucket>();
  let prunedAt = clock();

  const prune = (now: number) => {
    if (now - prunedAt < MINUTE_MS && buckets.size < most) return;
    prunedAt = now;
    for (const [name, { at }] of buckets) if (now - at >= MINUTE_MS) buckets.delete(name);
  };

  return {
    take(name, perMinute) {
      const now = clock();
      prune(now);
      const bucket = buckets.get(name) ?? { tokens: perMinute, at: now };
      const perMs = perMinute / MINUTE_MS;
      // A clock that was set back gives nothing and takes nothing.
      const passed = Math.max(0, now - bucket.at);
      const tokens = Math.min(perMinute, bucket.tokens + passed * perMs);
      const isAllowed = tokens >= 1;
      bucket.tokens = isAllowed ? tokens - 1 : tokens;
      bucket.at = now;
      buckets.set(name, bucket);
      return {
        isAllowed,
        limit: perMinute,
        remaining: Math.floor(bucket.tokens),
        waitSeconds: isAllowed ? 0 : Math.ceil((1 - tokens) / perMs / 1000),
        fullSeconds: Math.ceil((perMinute - bucket.tokens) / perMs / 1000),
      };
    },
  };
}
