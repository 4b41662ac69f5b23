/** An entry of the stash, and the port that every place for entries has. */
import { createHash } from 'node:crypto';
import { needs } from '#surface';
import { stashErrors } from '../errors.ts';

export interface StashEntry {
  readonly key: string;
  /** Exactly as stored. */
  readonly value: Uint8Array;
  /** Changes when the value does; see `toVersion`. */
  readonly version: string;
  /** Epoch milliseconds; null: never. */
  readonly expiresAt: number | null;
}

export interface StashWrite {
  readonly key: string;
  readonly value: Uint8Array;
  /** Whole seconds, at least 1; null: for ever. */
  readonly lifeSeconds: number | null;
  /** Only when nothing is kept there, or only when this version is. */
  readonly onlyIf?: 'absent' | { readonly version: string };
}

export interface StashKey {
  readonly key: string;
  readonly bytes: number;
  readonly expiresAt: number | null;
}

/**
 * A place for entries. Every method rejects with COAIA-6150 (not reached), 6152 (refused), 6154 (other answer);
 * what it reports as done is done.
 */
export interface StashStore {
  /** What people know it by, such as `Redis at 127.0.0.1:6379`; never with a password. */
  readonly place: string;
  /** Stores the value, replacing what was there. Also COAIA-6153 (`onlyIf`) and COAIA-6157. */
  put(write: StashWrite): Promise<Pick<StashEntry, 'version' | 'expiresAt'>>;
  /** Undefined when there is none or its time is over. */
  get(key: string): Promise<StashEntry | undefined>;
  /** Keys that fit the pattern (`*`, `?`, `[...]` as in Redis), in order; at most `limit`. */
  list(pattern: string, limit: number): Promise<readonly StashKey[]>;
  /** False when there was none. */
  delete(key: string): Promise<boolean>;
}

/** What the commands of the stash need. */
export const stashApi = needs<StashStore>('stash');

/** The largest value of the embedded store and of servers. */
export const MAX_VALUE_BYTES = 16 * 1024 * 1024;

const MAX_KEY_BYTES = 1024;

/** The version of a value: 12 hex digits of its SHA-1, which Redis computes by itself. */
export function toVersion(value: Uint8Array): string {
  return createHash('sha1').update(value).digest('hex').slice(0, 12);
}

/** Fails with COAIA-6157 for keys that are empty, too long, or hold a zero character. */
export function checkKey(key: string): string {
  const bytes = Buffer.byteLength(key);
  if (bytes > 0 && bytes <= MAX_KEY_BYTES && !key.includes('\0')) return key;
  const reason = bytes === 0 ? 'is empty' : 'is longer than 1024 bytes or not text';
  throw stashErrors.create('COAIA-6157', `The key ${reason}.`, {
    hint: 'coaia tash my-key "a value"',
  });
}

/** COAIA-6153 for a write whose condition does not hold. */
export function conflict({ key, onlyIf }: StashWrite) {
  const sentence =
    onlyIf === 'absent'
      ? `There is a value under ${key} already.`
      : `Under ${key} is another version than ${onlyIf?.version ?? ''}, or nothing.`;
  return stashErrors.create('COAIA-6153', `${sentence} Nothing was changed.`, {
    hint: `coaia fetch ${key} --json`,
  });
}

/** COAIA-6151. */
export function noEntry(key: string) {
  return stashErrors.create('COAIA-6151', `Nothing is kept under ${key}.`, {
    hint: 'coaia stash list',
  });
}
