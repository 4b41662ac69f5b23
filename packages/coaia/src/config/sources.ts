/** Where settings may stand, highest first; the order is in docs/configuration.md. */
import { statSync } from 'node:fs';
import { join } from 'node:path';
import type { EnvKeys } from './age/keys.ts';
import { openEnvKeys } from './age/keys.ts';
import { readEnvFile } from './env-file.ts';
import type { Env } from './home.ts';
import { homePaths, toAbsolutePath, toUserHome } from './home.ts';
import type { JsonRecord } from './json-file.ts';
import { readJsonFile } from './json-file.ts';

/** Who is behind a source. Keys and address of a server never mix between families. */
export type Family = 'flags' | 'env-file' | 'environment' | 'project' | 'home' | 'legacy';

export interface Source {
  readonly family: Family;
  /** What `config show --origin` prints: a path, or the kind of source. */
  readonly label: string;
  /** Absolute path, for sources that are files. */
  readonly path?: string;
  /** Variables by their environment names. */
  readonly variables?: Env;
  /** Keys as in coaia.json. */
  readonly record?: JsonRecord;
  /** Our own file: unknown keys are mistakes. */
  readonly isOwn?: boolean;
  readonly problems?: readonly string[];
}

export interface SourceContext {
  readonly env: Env;
  readonly cwd: string;
  readonly home: string;
  readonly profile: string | undefined;
  readonly flags: JsonRecord;
  readonly envFiles: readonly { readonly path: string; readonly values: Env }[];
}

interface ReadContext extends SourceContext {
  readonly keys: EnvKeys;
}

/** All sources that exist, highest first. Throws COAIA-0201 for a damaged file. */
export function readSources(given: SourceContext): readonly Source[] {
  const { env, cwd, home } = given;
  const context: ReadContext = { ...given, keys: openEnvKeys({ env, cwd, home }) };
  const environment: Source = {
    family: 'environment',
    label: 'environment',
    variables: withoutFiles(context),
  };
  const dotenv = readDotenvFiles(context);
  const isFileFirst = context.env['COAIA_DOTENV_OVERRIDE'] === '1';
  const jsonHome = userJsonPaths(context).flatMap((path) => readJson('home', path, context));
  const jsonProject = readJson('project', join(context.cwd, 'coaia.json'), context);
  return [
    { family: 'flags', label: 'command line', record: context.flags },
    ...context.envFiles.toReversed().map(({ path, values }): Source => ({
      family: 'env-file',
      label: path,
      path,
      variables: values,
    })),
    ...(isFileFirst ? [...dotenv, environment] : [environment, ...dotenv]),
    ...readProfileFiles(context, '.coaia-env', 'project', context.cwd),
    ...jsonProject,
    ...readVariables('home', join(home, '.env'), context.keys),
    ...readProfileFiles(context, 'global.env', 'home', home),
    ...jsonHome,
    ...(hasCoaiaJson(context) ? [] : readLegacy(context)),
  ];
}

/** The process's own environment: what --env files have laid over it counts for them, not for it. */
function withoutFiles({ env, envFiles }: SourceContext): Env {
  if (envFiles.length === 0) return env;
  const overlaid = Object.assign({}, ...envFiles.map(({ values }) => values)) as Env;
  return Object.fromEntries(Object.entries(env).filter(([name]) => !(name in overlaid)));
}

/** Files that stand for ./.env; CoAiAPy's variable names another one. */
function readDotenvFiles(context: ReadContext): readonly Source[] {
  const { env, envFiles } = context;
  // A file given with --env stands in for ./.env, as in CoAiAPy, and has a source of its own.
  if (envFiles.length > 0) return [];
  const named = env['COAIA_ENV_PATH'] || env['COAIAPY_ENV_PATH'] || env['COAIAJS_ENV_PATH'];
  if (!named) return readProfileFiles(context, '.env', 'project', context.cwd, ['.local']);
  const path = toAbsolutePath(named, context);
  const found = readVariables('env-file', path, context.keys);
  return found.length > 0
    ? found
    : [{ family: 'env-file', label: path, path, problems: [`${path} does not exist.`] }];
}

/** `.env.<profile>.local`, `.env.local`, `.env.<profile>`, `.env`. */
function readProfileFiles(
  { profile, keys }: ReadContext,
  base: string,
  family: Family,
  folder: string,
  endings: readonly string[] = [],
): readonly Source[] {
  const bases = profile === undefined ? [base] : [`${base}.${profile}`, base];
  const names = [...endings.flatMap((ending) => bases.map((name) => name + ending)), ...bases];
  return names.flatMap((name) => readVariables(family, join(folder, name), keys));
}

/** The file and, below it, its encrypted form. */
function readVariables(family: Family, path: string, keys: EnvKeys): readonly Source[] {
  return [path, `${path}.age`].flatMap((label) => {
    const content = readEnvFile(label, keys);
    if (content === undefined) return [];
    const { values: variables, problems } = content;
    return [{ family, label, path: label, variables, problems }];
  });
}

/** A coaia.json, with the overlay of the chosen profile above it. */
function readJson(family: Family, path: string, context: SourceContext): readonly Source[] {
  const record = readJsonFile(path);
  if (record === undefined) return [];
  const isOwn = path === homePaths(context.home).config;
  const own: Source = { family, label: path, path, record, ...(isOwn ? { isOwn } : {}) };
  const { profile } = context;
  const profiles = record['profiles'] as JsonRecord | undefined;
  const overlay = profile === undefined ? undefined : profiles?.[profile];
  if (typeof overlay !== 'object' || overlay === null) return [own];
  const label = `${path} (profile ${profile})`;
  return [{ ...own, label, record: overlay as JsonRecord }, own];
}

function userJsonPaths({ env, home }: SourceContext): readonly string[] {
  const user = toUserHome(env);
  const own = homePaths(home).config;
  return user === undefined ? [own] : [join(user, 'coaia.json'), join(user, '.coaia.json'), own];
}

function hasCoaiaJson({ env, cwd }: SourceContext): boolean {
  const user = toUserHome(env);
  const paths = [cwd, ...(user === undefined ? [] : [user])].map((path) =>
    join(path, 'coaia.json'),
  );
  return paths.some((path) => statSync(path, { throwIfNoEntry: false }) !== undefined);
}

const LEGACY_ABOVE = [
  '../../shared/etc/coaia.json',
  '../shared/etc/coaia.json',
  '../../etc/coaia.json',
  '../etc/coaia.json',
  '../coaia.json',
  '../config/coaia.json',
  './etc/coaia.json',
];

/** The first of CoAiAPy's fallback places; files that somebody else could have put there are passed over. */
function readLegacy(context: SourceContext): readonly Source[] {
  const user = toUserHome(context.env);
  const own =
    user === undefined
      ? []
      : [join(user, '.config/jgwill/coaia.json'), join(user, 'Documents/coaia.json')];
  const above = LEGACY_ABOVE.map((path) => join(context.cwd, path));
  const path = [...own, ...above].find((candidate) => isTrusted(candidate));
  return path === undefined ? [] : readJson('legacy', path, context);
}

/** True for a regular file that belongs to this user (or root) and that no one else may write. */
export function isTrusted(path: string): boolean {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats === undefined || !stats.isFile()) return false;
  const user = process.getuid?.();
  if (user === undefined) return true;
  return (stats.uid === user || stats.uid === 0) && (stats.mode & 0o022) === 0;
}
