/** Names for one kind of value: from the cache, and from the names of files. Reads no content but of settings files. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { readJsonFile, toUserHome } from '#config';
import type { Env } from '#config';
import { isObject } from '#base';
import { isName } from './cache.ts';
import type { Names } from './cache.ts';
import type { NameKind } from './value-kinds.ts';

export interface NameContext {
  readonly cwd: string;
  readonly env: Env;
  /** Folder of the home, `~/.coaia`. */
  readonly home: string;
  readonly known: Names;
}

function list(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** The part of file names that `pattern` captures. */
function findEndings(folder: string, pattern: RegExp): readonly string[] {
  return list(folder).flatMap((name) => pattern.exec(name)?.[1] ?? []);
}

function findEnvironments({ cwd, home }: NameContext): readonly string[] {
  return [
    ...findEndings(cwd, /^\.coaia-env\.(.+?)(?:\.(?:enc|age))?$/),
    ...findEndings(home, /^global\.env\.(.+?)(?:\.(?:enc|age))?$/),
  ];
}

function findProfiles(context: NameContext): readonly string[] {
  const { cwd, env, home } = context;
  const user = toUserHome(env);
  const files = [
    join(cwd, 'coaia.json'),
    join(home, 'config.json'),
    ...(user === undefined ? [] : [join(user, 'coaia.json'), join(user, '.coaia.json')]),
  ];
  const named = files.flatMap((path) => {
    try {
      const profiles = readJsonFile(path)?.['profiles'];
      return isObject(profiles) ? Object.keys(profiles) : [];
    } catch {
      return [];
    }
  });
  return [
    ...named,
    ...findEndings(cwd, /^\.env\.(\w[\w-]*)$/).filter((name) => name !== 'local'),
    ...findEndings(cwd, /^\.coaia-env\.(\w[\w-]*)$/),
  ];
}

function findTemplates({ cwd, home, known }: NameContext): readonly string[] {
  const pattern = /^(?!\.)(.+?)(?:@[\d.]+)?\.(?:json|ya?ml)$/;
  const own = [join(cwd, '.coaia', 'templates'), join(home, 'templates')]
    .flatMap((folder) => findEndings(folder, pattern))
    .filter((name) => !name.endsWith('.test'));
  return [...own, ...(known['templates'] ?? [])];
}

/** What belongs to a thing that is named on the line: the labels of a score config, the variables of a template. */
function findBelonging(kind: 'labels' | 'variables', words: readonly string[], known: Names) {
  const lists = words.flatMap((word) => known[`${kind} ${word}`] ?? []);
  return kind === 'variables' ? lists.map((name) => `${name}=`) : lists;
}

/** Everything that may stand there, without repetitions, the newest first. `words` are those typed before. */
export function findNames(
  kind: NameKind,
  words: readonly string[],
  context: NameContext,
): readonly string[] {
  const found = () => {
    if (kind === 'environments') return findEnvironments(context);
    if (kind === 'profiles') return findProfiles(context);
    if (kind === 'templates') return findTemplates(context);
    if (kind === 'labels' || kind === 'variables') return findBelonging(kind, words, context.known);
    return context.known[kind] ?? [];
  };
  return [...new Set(found())].filter((name) => isName(name));
}
