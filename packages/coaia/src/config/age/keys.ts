/** Where the identity that opens encrypted files lies: a file given, COAIA_ENV_KEY, the home, or the keyring. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { configErrors } from '../errors.ts';
import { findHome, homePaths, toAbsolutePath } from '../home.ts';
import type { Env, PathContext } from '../home.ts';
import { readSmallFile } from '../read-file.ts';
import { decryptAge } from './decrypt.ts';
import { isArmoured } from './header.ts';
import { readKeyring } from './keyring.ts';

export interface KeyOptions {
  readonly env: Env;
  readonly cwd: string;
  /** The home; found from the environment when absent. */
  readonly home?: string | undefined;
  /** `--key-file`. */
  readonly keyFile?: string | undefined;
  /** The passphrase of a locked identity; undefined when nobody can be asked. */
  readonly readPassphrase?: (() => string | undefined) | undefined;
}

export interface EnvKeys {
  /** Identities, the newest first. Throws COAIA-0220 when there are none, COAIA-0223 when they stay locked. */
  readonly identities: () => readonly string[];
  /** The key of the home is meant, not one that was given. */
  readonly isHome: boolean;
}

/** Paths of the identity in a home. */
export function toKeyPaths(home: string) {
  const { keys } = homePaths(home);
  return {
    folder: keys,
    /** As age-keygen writes it, or such a file encrypted by a passphrase. */
    identity: join(keys, 'env.key'),
    /** The keys to encrypt for, which need no secret. */
    recipient: join(keys, 'env.pub'),
    /** Says that the identity is in the keyring. */
    keyring: join(keys, 'env.keyring'),
  };
}

/** Looks when it is first asked, and only once. */
export function openEnvKeys(options: KeyOptions): EnvKeys {
  let found: readonly string[] | undefined;
  const { env, keyFile } = options;
  return {
    identities: () => (found ??= findIdentities(options)),
    isHome: !(keyFile ?? (env['COAIA_ENV_KEY'] || env['COAIA_ENV_KEY_FILE'])),
  };
}

function findIdentities(options: KeyOptions): readonly string[] {
  const { env, cwd } = options;
  const file = options.keyFile ?? (env['COAIA_ENV_KEY_FILE'] || undefined);
  if (options.keyFile === undefined && env['COAIA_ENV_KEY'])
    return readIdentities('COAIA_ENV_KEY', env['COAIA_ENV_KEY'], options);
  if (file !== undefined) {
    const path = toAbsolutePath(file, { cwd, env });
    const text = readSmallFile(path);
    if (text === undefined)
      throw configErrors.create('COAIA-0220', `The key file ${path} does not exist.`, {
        hint: `coaia env keygen --out ${path}`,
      });
    return readIdentities(path, text, options);
  }
  const home = findHome({ env, cwd }, options.home);
  const paths = toKeyPaths(home);
  const text = readSmallFile(paths.identity);
  if (text !== undefined) return readIdentities(paths.identity, text, options);
  const kept = readSmallFile(paths.keyring) === undefined ? undefined : readKeyring(env, home);
  if (kept !== undefined) return readIdentities('the keyring', kept, options);
  throw configErrors.create('COAIA-0220', 'There is no key to open encrypted files with.', {
    hint: 'coaia env keygen',
  });
}

/** The identities in a text as age-keygen writes it, which may be locked by a passphrase. */
function readIdentities(source: string, text: string, options: KeyOptions): readonly string[] {
  const plain = isArmoured(text) ? unlock(source, text, options) : text;
  const words = plain.split(/\s*\n|\s+(?=AGE-)/).filter((line) => !/^\s*(?:#|$)/.test(line));
  const bad =
    words.length === 0 || words.some((word) => !/^AGE-SECRET-KEY-1\w+$/.test(word.trim()));
  if (bad)
    throw configErrors.create('COAIA-0225', `${source} holds no identity of age.`, {
      hint: 'an identity begins with AGE-SECRET-KEY-1; coaia env keygen makes one',
    });
  return words.map((word) => word.trim());
}

function unlock(source: string, text: string, options: KeyOptions): string {
  const passphrase = readPassphraseFile(options) ?? options.readPassphrase?.();
  const hint = 'export COAIA_ENV_PASSPHRASE_FILE=/path/to/a/file';
  if (passphrase === undefined)
    throw configErrors.create('COAIA-0223', `The key in ${source} is locked by a passphrase.`, {
      hint,
    });
  const opened = decryptAge(text, { passphrase });
  if ('text' in opened) return opened.text;
  if (opened.problem === 'key')
    throw configErrors.create('COAIA-0223', `The passphrase does not open the key in ${source}.`, {
      hint,
    });
  throw configErrors.create('COAIA-0222', `${source} is not as it was written.`);
}

function readPassphraseFile({ env, cwd }: KeyOptions): string | undefined {
  const path = env['COAIA_ENV_PASSPHRASE_FILE'];
  return path ? readPassphrase(path, { env, cwd }) : undefined;
}

/** The first line of a file, which may be a pipe, or of an open file by its number. Throws COAIA-0223. */
export function readPassphrase(file: string | number, place: PathContext): string {
  try {
    const text = readFileSync(
      typeof file === 'number' ? file : toAbsolutePath(file, place),
      'utf8',
    );
    return text.replace(/\r?\n[^]*$/, '');
  } catch (error) {
    const { code = 'unknown' } = error as NodeJS.ErrnoException;
    throw configErrors.create('COAIA-0223', `The passphrase cannot be read (${code}).`, {
      hint: 'check the path of the passphrase file',
      cause: error,
    });
  }
}

/** The text of an encrypted file. Throws COAIA-0220 to COAIA-0223. */
export function openEncrypted(path: string, text: string, keys: EnvKeys | undefined): string {
  if (keys === undefined)
    throw configErrors.create('COAIA-0220', `${path} is encrypted.`, { hint: 'coaia env view' });
  const opened = isArmoured(text)
    ? decryptAge(text, { identities: keys.identities() })
    : ({ problem: 'damaged' } as const);
  if ('text' in opened) return opened.text;
  if (opened.problem === 'key')
    throw configErrors.create('COAIA-0221', `Your key does not open ${path}.`, {
      hint: 'coaia env recipients list',
    });
  throw configErrors.create('COAIA-0222', `${path} is encrypted and not as it was written.`, {
    hint: 'take the last good copy from version control',
  });
}
