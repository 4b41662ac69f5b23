/** Secrets that a settings file names but does not hold: `env:NAME`, `file:PATH`, `keyring:NAME`. */
import { realpathSync } from 'node:fs';
import { dirname, isAbsolute, join, relative, resolve } from 'node:path';
import { readKeyring } from './age/keyring.ts';
import { configErrors } from './errors.ts';
import type { Env } from './home.ts';
import { toUserHome } from './home.ts';
import { readSmallFile } from './read-file.ts';
import type { Source } from './sources.ts';

const REFERENCE = /^(?<kind>env|file|keyring):(?<name>.+)$/s;

export interface ReferenceContext {
  readonly env: Env;
  readonly cwd: string;
  readonly sources: readonly Source[];
}

/** True for a text that names a secret and is none. */
export function isReference(value: unknown): value is string {
  return typeof value === 'string' && REFERENCE.test(value);
}

/**
 * The values with some replaced. A spread would fetch every secret by reference, also those nobody asked for, and
 * fail for one that is missing.
 */
export function withValues<V extends object, O extends Partial<V>>(values: V, replaced: O): V & O {
  return Object.create(values, Object.getOwnPropertyDescriptors(replaced)) as V & O;
}

/**
 * The secret behind a reference in `source`. A project's file, which somebody else may have written, reaches only
 * the project's own variables, variables that begin with COAIA_SECRET_, and files below the project's folder.
 * Throws COAIA-0213.
 */
export function openReference(
  reference: string,
  key: string,
  source: Source,
  context: ReferenceContext,
): string {
  const { kind = '', name = '' } = REFERENCE.exec(reference)?.groups ?? {};
  const isForeign = source.family === 'project' || source.family === 'legacy';
  const found = openers[kind]?.(name, isForeign, source, context);
  const value = typeof found === 'string' ? found.trim() : '';
  if (value !== '') return value;
  const why = found === null ? 'a project may not use it' : missing[kind];
  throw configErrors.create(
    'COAIA-0213',
    `${key} in ${source.label} refers to ${reference}, and ${why}.`,
    { hint: kind === 'env' ? `export ${name}=VALUE` : `coaia config explain ${key}` },
  );
}

const missing: Readonly<Record<string, string>> = {
  env: 'that variable is not set',
  file: 'that file is not there or empty',
  keyring: 'the keyring has no such entry or cannot be asked',
};

/** The text; undefined when there is none, null when this source may not have it. */
type Opener = (
  name: string,
  isForeign: boolean,
  source: Source,
  context: ReferenceContext,
) => string | undefined | null;

const openers: Readonly<Record<string, Opener>> = {
  env: (name, isForeign, _source, { env, sources }) => {
    const inFiles = sources
      .filter(({ family }) => !isForeign || family === 'project')
      .map(({ variables }) => variables?.[name])
      .find((value) => value !== undefined && value !== '');
    if (!isForeign) return env[name] || inFiles;
    if (/^COAIA_SECRET_\w+$/.test(name)) return env[name] || inFiles;
    return inFiles ?? (env[name] ? null : undefined);
  },
  file: (name, isForeign, source, { env, cwd }) => {
    const user = toUserHome(env);
    const base = source.path === undefined ? cwd : dirname(source.path);
    const path =
      name.startsWith('~/') && user !== undefined ? join(user, name.slice(2)) : resolve(base, name);
    if (isForeign && !isBelow(base, path)) return null;
    return readSmallFile(path);
  },
  keyring: (name, isForeign, _source, { env }) => (isForeign ? null : readKeyring(env, name)),
};

/** Links are followed first: a link out of the folder leads out of the folder. */
function isBelow(folder: string, path: string): boolean {
  try {
    const inner = relative(realpathSync(folder), realpathSync(path));
    return inner !== '' && !inner.startsWith('..') && !isAbsolute(inner);
  } catch {
    // What is not there is told apart by its reader.
    const inner = relative(folder, path);
    return !inner.startsWith('..') && !isAbsolute(inner);
  }
}
