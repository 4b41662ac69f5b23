/** From request headers to a scope. */
import type { Scope } from '#base';
import type { Access, KeyRecord } from './access.ts';
import { accessErrors } from './errors.ts';
import { isSameHash, toHash } from './keys.ts';

/** The part of `Headers` that is asked; lower-case names. */
export interface HeaderSource {
  get(name: string): string | null | undefined;
}

export const SESSION_COOKIE = 'coaia_session';

/**
 * Finds out who is asking: HTTP Basic (the secret key decides), Bearer public key (scores only) or the page's
 * cookie. Rejects with COAIA-0300 (nothing sent) or COAIA-0301 (unknown). No SQL for credentials seen in
 * the last five seconds.
 */
export async function authenticate(headers: HeaderSource, access: Access): Promise<Scope> {
  const authorization = headers.get('authorization');
  if (authorization) return fromAuthorization(authorization, access);
  const token = findSessionToken(headers.get('cookie'));
  if (token === undefined) throw accessErrors.create('COAIA-0300', 'No authorization header', HINT);
  const hash = toHash(token);
  const session = await access.sessions.get(hash);
  if (session === undefined || !isSameHash(session.token_hash, hash)) throw invalid();
  if (session.expires_at <= access.clock()) throw invalid();
  return { projectId: session.project_id, level: 'project', via: 'page' };
}

/** The page's session token in a Cookie header. */
export function findSessionToken(cookies: string | null | undefined): string | undefined {
  for (const pair of cookies?.split(';') ?? []) {
    const at = pair.indexOf('=');
    if (at > 0 && pair.slice(0, at).trim() === SESSION_COOKIE)
      return pair.slice(at + 1).trim() || undefined;
  }
  return undefined;
}

async function fromAuthorization(authorization: string, access: Access): Promise<Scope> {
  const at = authorization.indexOf(' ');
  const scheme = authorization.slice(0, Math.max(at, 0)).toLowerCase();
  const value = authorization.slice(at + 1).trim();
  if (scheme === 'basic') return fromBasic(value, access);
  if (scheme === 'bearer') return fromBearer(value, access);
  throw invalid();
}

async function fromBasic(encoded: string, access: Access): Promise<Scope> {
  const pair = Buffer.from(encoded, 'base64').toString('utf8');
  const at = pair.indexOf(':');
  if (at === -1) throw invalid();
  const hash = toHash(pair.slice(at + 1));
  const key = await access.keysBySecret.get(hash);
  if (key === undefined || !isSameHash(key.secret_hash, hash)) throw invalid();
  if (key.public_key !== pair.slice(0, at))
    access.log(`A request used the secret of ${key.public_key} with another public key.`);
  return toScope(key, 'project', access);
}

async function fromBearer(publicKey: string, access: Access): Promise<Scope> {
  const key = await access.keysByPublic.get(publicKey);
  if (key === undefined) throw invalid();
  return toScope(key, 'scores', access);
}

function toScope(key: KeyRecord, level: Scope['level'], access: Access): Scope {
  if (key.expires_at !== null && key.expires_at <= access.clock()) throw invalid();
  access.addUse(key);
  return { projectId: key.project_id, level, via: 'key', publicKey: key.public_key };
}

const HINT = { hint: 'coaia open' };

function invalid() {
  return accessErrors.create(
    'COAIA-0301',
    "Invalid credentials. Confirm that you've configured the correct host.",
    HINT,
  );
}
