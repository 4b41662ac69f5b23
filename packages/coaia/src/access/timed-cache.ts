/** A small cache whose entries are read again after a while; misses are remembered for a shorter one. */
import type { Clock } from '#base';

export interface TimedCache<Value> {
  /** The value for a key, from memory or by `load`; concurrent calls share one load. */
  get(key: string): Promise<Value | undefined>;
  /** Forgets one key, or all of them. */
  remove(key?: string): void;
}

export interface TimedCacheOptions<Value> {
  readonly load: (key: string) => Promise<Value | undefined>;
  readonly clock: Clock;
  /** Milliseconds a found value is trusted, also for entries deleted elsewhere. */
  readonly ttlMs: number;
  /** Milliseconds a miss is trusted. */
  readonly missTtlMs: number;
  /** Most entries; the oldest go first. */
  readonly limit: number;
}

interface Entry<Value> {
  readonly at: number;
  readonly value: Promise<Value | undefined>;
  missed: boolean;
}

/** Opens an empty cache. */
export function createTimedCache<Value>(options: TimedCacheOptions<Value>): TimedCache<Value> {
  const entries = new Map<string, Entry<Value>>();

  const load = (key: string, now: number) => {
    const value = options.load(key);
    const entry: Entry<Value> = { at: now, value, missed: false };
    entries.delete(key);
    entries.set(key, entry);
    if (entries.size > options.limit) entries.delete(entries.keys().next().value ?? '');
    value.then(
      (found) => {
        entry.missed = found === undefined;
      },
      // A failed read is never remembered.
      () => {
        if (entries.get(key) === entry) entries.delete(key);
      },
    );
    return value;
  };

  return {
    get(key) {
      const now = options.clock();
      const entry = entries.get(key);
      if (entry === undefined) return load(key, now);
      const age = now - entry.at;
      const ttl = entry.missed ? options.missTtlMs : options.ttlMs;
      // A negative age means that the clock was set back; the entry could then live for ever.
      return age >= 0 && age < ttl ? entry.value : load(key, now);
    },
    remove(key) {
      if (key === undefined) entries.clear();
      else entries.delete(key);
    },
  };
}
