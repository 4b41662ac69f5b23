/** Who may come in: opened once over a store, asked on every request. */
import { systemClock } from '#base';
import type { Clock } from '#base';
import type { Database } from '#store';
import { silentAudit } from './audit.ts';
import type { Audit } from './audit.ts';
import { addFirstPeople } from './bootstrap-people.ts';
import { addChosenKeys, addFirstProject, addRandomKeys } from './bootstrap.ts';
import { readCredentials } from './credentials-file.ts';
import type { Credentials } from './credentials-file.ts';
import { toFirstPeople, toFirstProject } from './first-project.ts';
import type { Environment } from './first-project.ts';
import { findKey } from './key-records.ts';
import type { KeyRecord } from './key-records.ts';
import { createKeyUsage } from './key-usage.ts';
import { toHash } from './keys.ts';
import { createKeyLimit } from './limits/key-limit.ts';
import type { KeyLimit } from './limits/key-limit.ts';
import { createTokenBuckets } from './limits/token-bucket.ts';
import type { RateLimiter } from './limits/token-bucket.ts';
import { findSession } from './session-records.ts';
import type { SessionRecord } from './session-records.ts';
import { createTimedCache } from './timed-cache.ts';
import type { TimedCache } from './timed-cache.ts';

/** How long a deleted key or session still opens the door of another process, in milliseconds. */
const TTL_MS = 5_000;
const MISS_TTL_MS = 1_000;
const CACHE_LIMIT = 10_000;

export type { KeyRecord } from './key-records.ts';
export type { SessionRecord } from './session-records.ts';

export interface Access {
  readonly db: Database;
  readonly clock: Clock;
  /** The project that was made on first start. */
  readonly projectId: string;
  readonly keysBySecret: TimedCache<KeyRecord>;
  readonly keysByPublic: TimedCache<KeyRecord>;
  readonly sessions: TimedCache<SessionRecord>;
  /** SHA-256 of ADMIN_API_KEY; undefined: there is none. */
  readonly adminKeyHash: string | undefined;
  readonly limit: KeyLimit;
  /** Writes one line about a change that an administrator made. */
  readonly audit: Audit;
  /** Notes that a key was used. */
  readonly addUse: (key: KeyRecord) => void;
  /** Tells the operator something, once. */
  readonly log: (message: string) => void;
  /** The first project's pair as `credentials.json` has it, if the store still accepts it. */
  readonly findCredentials: () => Promise<Credentials | undefined>;
  /** Writes what is pending. */
  readonly close: () => Promise<void>;
}

export interface AccessOptions {
  /** For LANGFUSE_INIT_*. */
  readonly env?: Environment;
  /** `credentials.json` in the home; without it no random pair is made. */
  readonly credentialsPath?: string;
  readonly clock?: Clock;
  readonly log?: (message: string) => void;
  readonly audit?: Audit;
  /** How many requests a key may make in a minute, unless it has a limit of its own; undefined: any number. */
  readonly requestsPerMinute?: number | undefined;
  /** Where requests are counted; this process when absent. */
  readonly limiter?: RateLimiter;
}

/**
 * Makes sure that the first project and its keys exist and opens the door. Safe when many processes do it at
 * once on a new store. Fails with COAIA-0303 on half a key pair, and with what the store reports.
 */
export async function openAccess(db: Database, options: AccessOptions = {}): Promise<Access> {
  const clock = options.clock ?? systemClock;
  const projectId = await addFirst(db, options, clock);
  const log = toOnce(options.log);
  const adminKey = options.env?.['ADMIN_API_KEY']?.trim();
  const usage = createKeyUsage(db, clock);
  const toCache = <Value>(load: (key: string) => Promise<Value | undefined>) =>
    createTimedCache({ load, clock, ttlMs: TTL_MS, missTtlMs: MISS_TTL_MS, limit: CACHE_LIMIT });
  const keysBySecret = toCache((hash) => findKey(db, 'secret_hash', hash));
  return {
    db,
    clock,
    projectId,
    keysBySecret,
    keysByPublic: toCache((key) => findKey(db, 'public_key', key)),
    sessions: toCache((hash) => findSession(db, hash)),
    adminKeyHash: adminKey ? toHash(adminKey) : undefined,
    limit: createKeyLimit({
      limiter: options.limiter ?? createTokenBuckets(clock),
      clock,
      perMinute: options.requestsPerMinute,
      log,
    }),
    audit: options.audit ?? silentAudit,
    addUse: (key) => usage.add(key.id, key.last_used_at),
    log,
    findCredentials: () => findCredentials(options.credentialsPath, keysBySecret),
    close: () => usage.close(),
  };
}

/** Project, keys and people that the operator named, or random keys; returns the id of the project. */
async function addFirst(db: Database, options: AccessOptions, clock: Clock): Promise<string> {
  const { credentialsPath, env = {} } = options;
  const wanted = toFirstProject(env);
  const projectId = await addFirstProject(db, wanted, clock);
  if (credentialsPath !== undefined) await sayWhenDamaged(credentialsPath, options.log);
  if (wanted.pair !== undefined)
    await addChosenKeys(db, projectId, wanted.pair, credentialsPath, clock);
  else if (credentialsPath !== undefined)
    await addRandomKeys(db, projectId, credentialsPath, clock);
  await addFirstPeople(db, projectId, toFirstPeople(env), clock);
  return projectId;
}

/** Keys in the store work without the file, so that damage to it stops nothing. */
async function sayWhenDamaged(path: string, log: AccessOptions['log']): Promise<void> {
  const state = await readCredentials(path);
  if (state.kind !== 'damaged') return;
  log?.(`${state.reason} Keys that are in the store stay valid; move the file away.`);
}

/** The same notice may come with every request; saying it once is enough. */
function toOnce(log: AccessOptions['log']): (message: string) => void {
  const said = new Set<string>();
  return (message) => {
    if (said.has(message) || said.size >= CACHE_LIMIT) return;
    said.add(message);
    log?.(message);
  };
}

async function findCredentials(
  path: string | undefined,
  keys: TimedCache<KeyRecord>,
): Promise<Credentials | undefined> {
  if (path === undefined) return undefined;
  const state = await readCredentials(path);
  if (state.kind !== 'present') return undefined;
  const key = await keys.get(toHash(state.credentials.secretKey));
  return key?.project_id === state.credentials.projectId ? state.credentials : undefined;
}
