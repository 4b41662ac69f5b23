/** Keys of a gateway without a store: from the environment or a mounted file. */
import { createHash, timingSafeEqual } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Authenticate, CallerHeaders } from '../gateway/caller.ts';
import { gatewayFailures } from '../gateway/errors.ts';

/**
 * `AO_API_KEYS` holds keys divided by commas or spaces, `AO_API_KEYS_FILE` names a file with one on each line.
 * Undefined when neither is set.
 */
export function readEnvironmentKeys(
  env: Readonly<Record<string, string | undefined>>,
): Authenticate | undefined {
  const file = env['AO_API_KEYS_FILE'];
  const texts = [env['AO_API_KEYS'] ?? '', file === undefined ? '' : readFileSync(file, 'utf8')];
  const keys = texts.flatMap((text) => text.split(/[\s,]+/)).filter((key) => key !== '');
  return keys.length === 0 ? undefined : acceptKeys(keys);
}

/** Accepts any of these keys as Bearer, as the secret of Basic, or in X-API-Key. AO440 otherwise. */
export function acceptKeys(keys: readonly string[]): Authenticate {
  const hashes = keys.map((key) => toHash(key));
  return async (headers) => {
    const given = findKey(headers);
    const hash = given === undefined ? undefined : toHash(given);
    const index = hash === undefined ? -1 : hashes.findIndex((one) => timingSafeEqual(one, hash));
    if (index === -1)
      throw gatewayFailures.create('AO440', 'The request carries no key that this service knows.', {
        headers: { 'WWW-Authenticate': 'Bearer' },
      });
    return { id: `key ${index + 1}` };
  };
}

function toHash(key: string): Buffer {
  return createHash('sha256').update(key).digest();
}

function findKey(headers: CallerHeaders): string | undefined {
  const own = headers['x-api-key'];
  if (typeof own === 'string') return own;
  const { authorization } = headers;
  if (typeof authorization !== 'string') return undefined;
  const [scheme, value = ''] = authorization.split(' ', 2);
  if (scheme?.toLowerCase() === 'bearer') return value;
  if (scheme?.toLowerCase() !== 'basic') return undefined;
  const pair = Buffer.from(value, 'base64').toString('utf8');
  return pair.slice(pair.indexOf(':') + 1);
}
