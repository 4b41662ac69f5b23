/** The home and the files in it. */
import { accessSync, constants, existsSync, statfsSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { findHome, homePaths, readEnvFile, readJsonFile, resolveSettings } from '#config';
import type { HomePaths } from '#config';
import type { Check, CheckInput, CheckResult } from './check.ts';
import { fail, ok, toFailed, warn } from './check.ts';

const LOW_BYTES = 1024 ** 3;
const EMPTY_BYTES = 100 * 1024 ** 2;

function toPaths({ context }: CheckInput): HomePaths {
  return homePaths(findHome({ env: context.env, cwd: context.cwd }));
}

function toMode(path: string): string {
  return (statSync(path).mode & 0o777).toString(8).padStart(4, '0');
}

/** The nearest folder above that exists. */
function toExisting(path: string): string {
  return existsSync(path) || dirname(path) === path ? path : toExisting(dirname(path));
}

/** The home exists (or can be made), is writable and closed to others. */
export const checkHome: Check = (input) => {
  try {
    const { home } = toPaths(input);
    accessSync(toExisting(home), constants.W_OK);
    if (!existsSync(home)) return ok('home', `${home} (not made yet)`);
    if (!statSync(home).isDirectory()) return fail('home', `${home} is not a folder`);
    const isOpen = process.platform !== 'win32' && (statSync(home).mode & 0o077) !== 0;
    return isOpen
      ? warn('home', `${home} is open to others (${toMode(home)})`, `chmod 700 ${home}`)
      : ok('home', home);
  } catch (error) {
    return toFailed('home', error);
  }
};

/** Files with secrets or content that only this user may read. */
export const checkModes: Check = (input) => {
  if (process.platform === 'win32') return [];
  const { database, credentials, config, server } = toPaths(input);
  const open = [database, credentials, config, server].filter(
    (path) => existsSync(path) && (statSync(path).mode & 0o077) !== 0,
  );
  return open.length === 0
    ? ok('file modes', 'closed to others')
    : warn('file modes', `open to others: ${open.join(', ')}`, `chmod 600 ${open.join(' ')}`);
};

/** Room for the store. */
export const checkDisk: Check = (input) => {
  const { home } = toPaths(input);
  const { bavail, bsize } = statfsSync(toExisting(home));
  const free = bavail * bsize;
  const detail = `${(free / 1024 ** 3).toFixed(1)} GiB free at ${home}`;
  if (free < EMPTY_BYTES)
    return fail('disk', detail, 'make room, or set COAIA_HOME to another disk');
  return free < LOW_BYTES ? warn('disk', detail) : ok('disk', detail);
};

/** Every settings file that is read, parsed one by one, then all together. */
export const checkFiles: Check = ({ context }) => {
  const { env, cwd, flags } = context;
  try {
    const { paths, warnings } = resolveSettings({
      env,
      cwd,
      ...(flags.profile === undefined ? {} : { profile: flags.profile }),
    });
    const found = [`${cwd}/coaia.json`, `${cwd}/.env`, `${cwd}/.coaia-env`, paths.config].filter(
      (path) => existsSync(path),
    );
    if (warnings.length > 0) return warn('settings', warnings.join(' '));
    return ok('settings', found.length === 0 ? 'no files, defaults apply' : found.join(', '));
  } catch (error) {
    return toFailed('settings', error);
  }
};

/** The first project's key pair. */
export const checkCredentials: Check = (input) => {
  const { credentials } = toPaths(input);
  try {
    const record = readJsonFile(credentials);
    if (record === undefined) return ok('credentials', 'none yet; coaia up makes a pair');
    const isWhole =
      typeof record['publicKey'] === 'string' && typeof record['secretKey'] === 'string';
    return isWhole
      ? ok('credentials', `${String(record['publicKey'])} in ${credentials}`)
      : fail(
          'credentials',
          `${credentials} holds no key pair`,
          `mv ${credentials} ${credentials}.old && coaia up`,
        );
  } catch (error) {
    return toFailed('credentials', error);
  }
};

/** Variables of the session that CoAiAPy scripts leave behind in a file. */
export const checkEnvFiles: Check = ({ context }): CheckResult | readonly CheckResult[] => {
  const path = `${context.cwd}/.coaia-env`;
  try {
    const file = readEnvFile(path);
    return file === undefined
      ? []
      : ok('.coaia-env', `${Object.keys(file.values).length} variables`);
  } catch (error) {
    return toFailed('.coaia-env', error);
  }
};

/** Names that completion offers; a damaged file only makes it forget. */
export const checkCompletion: Check = (input) => {
  const path = join(toPaths(input).cache, 'completion.json');
  if (!existsSync(path)) return ok('completion', 'coaia completion SHELL --install sets it up');
  try {
    readJsonFile(path);
    return ok('completion', path);
  } catch {
    return warn('completion', `${path} is damaged; nothing is lost by it`, 'coaia doctor --fix');
  }
};
