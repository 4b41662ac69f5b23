/** Keys of a gateway without a store: from the environment or a mounted file. */
import { readFileSync } from 'node:fs';
import type { Authenticate } from '../gateway/caller.ts';
import { gatewayFailures } from '../gateway/errors.ts';
import { createSecretAuthenticator } from '../gateway/key-authenticator.ts';

/**
 * `AO_API_KEYS` holds keys divided by commas or spaces, `AO_API_KEYS_FILE` names a file with one on each line.
 * Undefined when neither is set. AO421 when the file cannot be read or holds no key.
 */
export function readEnvironmentKeys(
  env: Readonly<Record<string, string | undefined>>,
): Authenticate | undefined {
  const file = env['AO_API_KEYS_FILE'];
  const texts = [env['AO_API_KEYS'] ?? '', file === undefined ? '' : readKeys(file)];
  const keys = texts.flatMap((text) => text.split(/[\s,]+/)).filter((key) => key !== '');
  // Whoever named a file wanted keys; a file without any must not open the service to everybody.
  if (file !== undefined && keys.length === 0) throw toKeyless(file);
  return keys.length === 0 ? undefined : createSecretAuthenticator(keys);
}

function readKeys(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw toKeyless(file, error);
  }
}

function toKeyless(file: string, cause?: unknown) {
  return gatewayFailures.create(
    'AO421',
    `AO_API_KEYS_FILE names ${file}, and no key can be read from it.`,
    { hint: 'write a key on each line of it, or unset AO_API_KEYS_FILE', cause },
  );
}
