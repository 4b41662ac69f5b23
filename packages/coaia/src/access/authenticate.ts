/** From request headers to a scope. */
import type { Scope } from '#base';
import type { Access, KeyRecord, SessionRecord } from './access.ts';
import { findAdminScope } from './admin-key.ts';
import type { HeaderSource } from './header-source.ts';
import { accessErrors } from './errors.ts';
import { parseKeyScopes } from './key-scopes.ts';
import { isSameHash, toHash } from './keys.ts';
import { isRole, toProjectRole } from './roles/role.ts';

export const SESSION_COOKIE = 'coaia_session';

/**
 * Finds out who is asking: HTTP Basic (the secret key decides, of a project or of an organization), Bearer public
 * key (scores only), Bearer ADMIN_API_KEY, or the page's cookie. Rejects with COAIA-0300 (nothing sent), COAIA-0301
 * (unknown) or COAIA-0324 (the key made too many requests). No SQL for credentials seen in the last five seconds.
 */
export async function authenticate(headers: HeaderSource, access: Access): Promise<Scope> {
  const authorization = headers.get('authorization');
  if (authorization) return fromAuthorization(authorization, headers, access);
  const token = findSessionToken(headers.get('cookie'));
  if (token === undefined) throw accessErrors.create('COAIA-0300', 'No authorization header', HINT);
  const hash = toHash(token);
  const session = await access.sessions.get(hash);
  if (session === undefined || !isSameHash(session.token_hash, hash)) throw invalid();
  if (session.expires_at <= access.clock()) throw invalid();
  return toPageScope(session);
}

function toStrictness(strict: number | null): Pick<Scope, 'isStrict'> {
  return strict === null ? {} : { isStrict: strict === 1 };
}

/** The owner of this machine has no row among the users and no role; people have the roles they were given. */
function toPageScope(session: SessionRecord): Scope {
  const organization =
    session.organization_id === null ? {} : { organizationId: session.organization_id };
  const scope = {
    projectId: session.project_id,
    level: 'project',
    via: 'page',
    ...organization,
    ...toStrictness(session.strict),
  } as const;
  if (session.user_id === null) return scope;
  if (session.active !== 1) throw invalid();
  const { organization_role: own, project_role: inProject } = session;
  return {
    ...scope,
    userId: session.user_id,
    role: toProjectRole(own, inProject),
    organizationRole: isRole(own) ? own : 'NONE',
  };
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

async function fromAuthorization(
  authorization: string,
  headers: HeaderSource,
  access: Access,
): Promise<Scope> {
  const at = authorization.indexOf(' ');
  const scheme = authorization.slice(0, Math.max(at, 0)).toLowerCase();
  const value = authorization.slice(at + 1).trim();
  if (scheme === 'basic') return fromBasic(value, access);
  if (scheme === 'bearer')
    return (await findAdminScope(value, headers, access)) ?? fromBearer(value, access);
  throw invalid();
}

/**
 * Who calls a served model: like `authenticate`, but programs that ask for predictions may send the secret alone, as
 * Bearer or in X-API-Key. Only keys of projects. Rejects with the same codes.
 */
export async function authenticateKey(headers: HeaderSource, access: Access): Promise<Scope> {
  const authorization = headers.get('authorization') ?? '';
  const secret = /^bearer\s+(\S+)$/i.exec(authorization)?.[1] ?? headers.get('x-api-key');
  const scope = secret
    ? await fromSecret(secret, access)
    : await fromAuthorization(authorization, headers, access);
  if (scope.level !== 'project' || scope.via !== 'key') throw invalid();
  return scope;
}

async function fromSecret(secret: string, access: Access): Promise<Scope> {
  const hash = toHash(secret);
  const key = await access.keysBySecret.get(hash);
  if (key === undefined || !isSameHash(key.secret_hash, hash)) throw invalid();
  return toScope(key, 'project', access);
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
  if (key === undefined || key.project_id === null) throw invalid();
  return toScope(key, 'scores', access);
}

async function toScope(
  key: KeyRecord,
  level: 'project' | 'scores',
  access: Access,
): Promise<Scope> {
  if (key.expires_at !== null && key.expires_at <= access.clock()) throw invalid();
  const limited = access.limit.add(key);
  if (limited !== undefined) await limited;
  access.addUse(key);
  const common = { via: 'key', publicKey: key.public_key } as const;
  if (key.project_id === null)
    return { ...common, projectId: '', level: 'organization', organizationId: key.organization_id };
  const role = isRole(key.role) ? { role: key.role } : {};
  const scopes = key.scopes === null ? {} : { scopes: parseKeyScopes(key.scopes) };
  const { project_id: projectId } = key;
  return { ...common, projectId, level, ...role, ...scopes, ...toStrictness(key.strict) };
}

const HINT = { hint: 'coaia open' };

/** The one 401 for everything that was sent and is not good; it does not say why. */
export function invalid() {
  return accessErrors.create(
    'COAIA-0301',
    "Invalid credentials. Confirm that you've configured the correct host.",
    HINT,
  );
}
