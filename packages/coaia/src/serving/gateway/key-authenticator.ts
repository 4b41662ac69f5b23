/** Keys of the workbench as keys of a served model. */
import { createHash, timingSafeEqual } from 'node:crypto';
import { authenticateKey, hasPermission, toHolder } from '#access';
import type { Access } from '#access';
import { isCoaiaError } from '#base';
import type { Scope } from '#base';
import type { Authenticate, Caller, CallerHeaders } from './caller.ts';
import { gatewayFailures } from './errors.ts';

/**
 * Accepts the keys of one project: Bearer or X-API-Key with the secret, Basic with both. What it returns fails with
 * AO440 for everything else, and with COAIA-0324 (429) when the key made too many requests.
 */
export function createKeyAuthenticator(access: Access, projectId: string): Authenticate {
  return async (headers) => {
    const source = { get: (name: string) => toText(headers[name]) };
    if (source.get('authorization') === undefined && source.get('x-api-key') === undefined)
      throw refuse(NO_KEY);
    try {
      const scope = await authenticateKey(source, access);
      if (scope.projectId === projectId) return toCaller(scope);
    } catch (error) {
      if (!isCoaiaError(error) || error.definition.status !== 401) throw error;
    }
    throw toRefusedKey();
  };
}

const NO_KEY = 'This service needs a key: Authorization: Bearer with the secret key.';
const UNKNOWN_KEY = 'The key is not known to this service, or has expired.';

const toText = (value: CallerHeaders[string]) => (typeof value === 'string' ? value : value?.[0]);

/** AO440 for what was sent and opens nothing; it does not say why. */
export const toRefusedKey = () => refuse(UNKNOWN_KEY);

function refuse(message: string) {
  return gatewayFailures.create('AO440', message, {
    hint: 'coaia keys create --scope predict:MODEL',
    headers: { 'www-authenticate': 'Basic realm="models", charset="UTF-8"' },
  });
}

/**
 * Accepts secrets that were given to the service itself, in a container or on a machine without a workbench. They open
 * every model. What it returns fails with AO440.
 */
export function createSecretAuthenticator(secrets: readonly string[]): Authenticate {
  const hashes = secrets.map(toHash);
  return async (headers) => {
    const secret = findSecret(headers);
    if (secret === undefined) throw refuse(NO_KEY);
    const hash = toHash(secret);
    const at = hashes.findIndex((one) => timingSafeEqual(one, hash));
    if (at === -1) throw toRefusedKey();
    return { id: `key ${at + 1}` };
  };
}

const toHash = (secret: string) => createHash('sha256').update(secret).digest();

/** What stands behind Bearer. */
export function toBearer(headers: CallerHeaders): string | undefined {
  return /^bearer\s+(\S*)/i.exec(toText(headers['authorization']) ?? '')?.[1];
}

/** Bearer, X-API-Key, or the password of Basic. */
function findSecret(headers: CallerHeaders): string | undefined {
  const bearer = toBearer(headers);
  if (bearer !== undefined) return bearer;
  const [scheme = '', value = ''] = toText(headers['authorization'])?.split(/\s+/) ?? [];
  if (!/^basic$/i.test(scheme)) return toText(headers['x-api-key']);
  const pair = Buffer.from(value, 'base64').toString('utf8');
  return pair.slice(pair.indexOf(':') + 1);
}

/** Keys that are bound to a role that may not write ask for predictions only; the role NONE asks for nothing. */
function toCaller(scope: Scope): Caller {
  const id = scope.publicKey ?? '';
  if (scope.scopes !== undefined) return { id, scopes: scope.scopes };
  const holder = toHolder(scope);
  if (hasPermission(holder, 'records:write')) return { id };
  return { id, scopes: hasPermission(holder, 'records:read') ? ['predict:*'] : [] };
}
