/** Making the identity that opens encrypted files, and keeping it: in the home, in another file, or in the keyring. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import {
  createFolder,
  createIdentity,
  encryptByPassphrase,
  isArmoured,
  readKeyring,
  toKeyPaths,
  writeKeyring,
  writeWholeFile,
} from '#config';
import type { AgeIdentity, Env } from '#config';
import { environmentErrors } from './errors.ts';

export interface KeepOptions {
  readonly env: Env;
  readonly home: string;
  /** Another file than the one in the home. */
  readonly out?: string | undefined;
  /** Locks the identity. */
  readonly passphrase?: string | undefined;
  readonly useKeyring?: boolean | undefined;
}

export interface Kept {
  readonly recipient: string;
  /** The file it lies in, or `keyring`. */
  readonly kept: string;
  /** Said to the user: why it does not lie where it was wanted. */
  readonly note: string | undefined;
}

/** As age-keygen writes it; older identities stay below, so that older files still open. */
function renderIdentity({ identity, recipient }: AgeIdentity, older: readonly string[]): string {
  const lines = [`# created: ${new Date().toISOString()}`, `# public key: ${recipient}`, identity];
  return [...lines, ...older].map((line) => `${line}\n`).join('');
}

/** Makes a new identity. Throws COAIA-5403 when one is there already. */
export async function makeIdentity(options: KeepOptions): Promise<Kept> {
  const paths = toKeyPaths(options.home);
  const there = options.out === undefined ? [paths.identity, paths.keyring] : [options.out];
  const taken = there.find((path) => existsSync(path));
  if (taken !== undefined)
    throw environmentErrors.create('COAIA-5403', `${taken} is there already.`, {
      hint: 'coaia env rotate --new-key',
    });
  return keepIdentity(await createIdentity(), [], options);
}

/** Keeps an identity and older ones behind it, which it replaces. */
export async function keepIdentity(
  fresh: AgeIdentity,
  older: readonly string[],
  options: KeepOptions,
): Promise<Kept> {
  const { env, home, out, passphrase } = options;
  const { recipient } = fresh;
  const paths = toKeyPaths(home);
  const text = renderIdentity(fresh, older);
  const asked = options.useKeyring === true && out === undefined;
  const words = [fresh.identity, ...older].join(' ');
  if (asked && writeKeyring(env, home, words)) {
    createFolder(paths.folder);
    writeWholeFile(paths.keyring, `${recipient}\n`, true);
    writeWholeFile(paths.recipient, `${recipient}\n`, true);
    return { recipient, kept: 'keyring', note: undefined };
  }
  const file = out ?? paths.identity;
  createFolder(dirname(file));
  const sealed = passphrase === undefined ? text : await encryptByPassphrase(text, passphrase);
  writeWholeFile(file, sealed, true);
  if (out === undefined) writeWholeFile(paths.recipient, `${recipient}\n`, true);
  const note = asked ? 'No keyring can be used here, so the key lies in a file.' : undefined;
  return { recipient, kept: file, note };
}

/** How the identity of a home is kept, so that its successor is kept the same way. */
export function findKeeping(env: Env, home: string): 'keyring' | 'locked' | 'plain' {
  const paths = toKeyPaths(home);
  if (!existsSync(paths.identity))
    return existsSync(paths.keyring) && readKeyring(env, home) !== undefined ? 'keyring' : 'plain';
  return isArmoured(readFileSync(paths.identity, 'utf8')) ? 'locked' : 'plain';
}
