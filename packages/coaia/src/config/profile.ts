/** Which profile is in use: an option, a variable, or what `coaia env use` remembers for the folder. */
import { configErrors } from './errors.ts';
import { findHome, homePaths } from './home.ts';
import type { Env } from './home.ts';
import { readJsonFile } from './json-file.ts';
import { updateFile } from './write-file.ts';

export interface ProfileChoice {
  readonly name: string | undefined;
  /** `--profile`, the variable, or the path of the list. */
  readonly source: string | undefined;
}

interface ProfilePlace {
  readonly env: Env;
  readonly cwd: string;
  /** `--profile`. */
  readonly profile?: string | undefined;
}

/** A profile's name is part of file names, so it must not lead elsewhere, and `.age` would end one. */
export function isProfileName(name: string): boolean {
  return /^\w[\w-]*(?:\.[\w-]+)*$/.test(name) && !name.endsWith('.age') && name.length <= 100;
}

/**
 * `--profile`, COAIA_PROFILE, COAIA_ENV, NODE_ENV when COAIA_PROFILE_FROM_NODE_ENV is 1, then the choice for this
 * folder. Throws COAIA-0204 for what is no name of a profile.
 */
export function findProfile({ env, cwd, profile }: ProfilePlace, home: string): ProfileChoice {
  const path = homePaths(home).profiles;
  const candidates: readonly (readonly [string, unknown])[] = [
    ['--profile', profile],
    ['COAIA_PROFILE', env['COAIA_PROFILE'] || undefined],
    ['COAIA_ENV', env['COAIA_ENV'] || undefined],
    [
      'NODE_ENV',
      env['COAIA_PROFILE_FROM_NODE_ENV'] === '1' ? env['NODE_ENV'] || undefined : undefined,
    ],
  ];
  const [source, name] = candidates.find(([, value]) => value !== undefined) ?? [
    path,
    readJsonFile(path)?.[cwd],
  ];
  if (name === undefined) return { name: undefined, source: undefined };
  if (typeof name === 'string' && isProfileName(name)) return { name, source };
  throw configErrors.create('COAIA-0204', `${JSON.stringify(name)} is no name of a profile.`, {
    hint: 'use letters, digits, _, - and single dots',
  });
}

/**
 * The environment of new traces while a profile is in use, as Langfuse writes its names: at most 40 of `a-z 0-9 _ -`.
 * Undefined without a profile.
 */
export function findTraceEnvironment(place: ProfilePlace): string | undefined {
  const { name } = findProfile(place, findHome(place));
  return name
    ?.toLowerCase()
    .replaceAll(/[^a-z0-9_-]/g, '-')
    .replace(/^langfuse/, '')
    .slice(0, 40);
}

/** Remembers the profile of a folder; undefined forgets it. */
export function useProfile(home: string, cwd: string, name: string | undefined): void {
  const path = homePaths(home).profiles;
  updateFile(path, () => {
    const others = Object.entries(readJsonFile(path) ?? {}).filter(([folder]) => folder !== cwd);
    const all = name === undefined ? others : [...others, [cwd, name]];
    return `${JSON.stringify(Object.fromEntries(all), null, 2)}\n`;
  });
}
