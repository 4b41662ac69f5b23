/** Keys of a gateway without a store: from the environment or a mounted file. */
import { readFileSync } from 'node:fs';
import type { Authenticate } from '../gateway/caller.ts';
import { createSecretAuthenticator } from '../gateway/key-authenticator.ts';

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
  return keys.length === 0 ? undefined : createSecretAuthenticator(keys);
}
