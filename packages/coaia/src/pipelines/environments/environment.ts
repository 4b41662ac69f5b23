/** An environment: variables in one file of the project or of the home. Where the file lies and what it is called. */
import { lstatSync, readdirSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { isEnvName, isProfileName } from '#config';
import { environmentErrors } from './errors.ts';

export const LOCATIONS = ['project', 'global'] as const;
export type Location = (typeof LOCATIONS)[number];

/** Folders that environments lie in. */
export interface Folders {
  readonly cwd: string;
  readonly home: string;
}

export interface Place {
  readonly location: Location;
  /** Undefined for the file without a name, which lists call `default`. */
  readonly name: string | undefined;
  /** The plain file; its encrypted form has `.age` behind it. */
  readonly path: string;
}

/** What upstream calls the file without a name. */
export const DEFAULT_NAME = 'default';
export const ENCRYPTED = '.age';

/** The five variables of a new environment, which commands with --export-env print. */
export const TRACE_VARIABLES = [
  'COAIA_TRACE_ID',
  'COAIA_SESSION_ID',
  'COAIA_USER_ID',
  'COAIA_LAST_OBSERVATION_ID',
  'COAIA_PARENT_OBSERVATION_ID',
] as const;

/** The place with that name. Throws COAIA-5400 for a name that could lead elsewhere. */
export function toPlace(folders: Folders, location: Location, name: string | undefined): Place {
  const own = name === DEFAULT_NAME || name === '' ? undefined : name;
  if (own !== undefined && !isProfileName(own))
    throw environmentErrors.create(
      'COAIA-5400',
      `${JSON.stringify(name)} is no name of an environment.`,
      { hint: 'use letters, digits, _, - and single dots' },
    );
  const base = toBase(folders, location);
  return { location, name: own, path: own === undefined ? base : `${base}.${own}` };
}

function toBase({ cwd, home }: Folders, location: Location): string {
  return location === 'project' ? join(cwd, '.coaia-env') : join(home, 'global.env');
}

/**
 * The file that is there, the plain one first; undefined when there is none. A folder or a link to nowhere of that
 * name is there too: reading it fails, and nothing is made beside it.
 */
export function findFile({ path }: Place): string | undefined {
  return [path, path + ENCRYPTED].find(
    (candidate) => lstatSync(candidate, { throwIfNoEntry: false }) !== undefined,
  );
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true;
}

/** All environments of a location, the one without a name first. */
export function listPlaces(folders: Folders, location: Location): readonly Place[] {
  const base = toBase(folders, location);
  const start = basename(base);
  const names = new Set(
    listFolder(dirname(base))
      .filter((file) => file.startsWith(start) && isFile(join(dirname(base), file)))
      .map((file) =>
        file.slice(start.length, file.endsWith(ENCRYPTED) ? -ENCRYPTED.length : undefined),
      )
      .filter((rest) => rest === '' || (rest.startsWith('.') && isProfileName(rest.slice(1))))
      .map((rest) => rest.slice(1)),
  );
  return [...names].toSorted().map((name) => toPlace(folders, location, name));
}

function listFolder(path: string): readonly string[] {
  try {
    return readdirSync(path);
  } catch {
    return [];
  }
}

/** What people call it. */
export function toTitle({ location, name }: Pick<Place, 'location' | 'name'>): string {
  return `${name ?? DEFAULT_NAME}${location === 'global' ? ' (global)' : ''}`;
}

/** The error for an environment that does not exist. */
export function missingEnvironment(place: Place) {
  const words = [
    ...(place.location === 'global' ? ['--global'] : []),
    ...(place.name === undefined ? [] : ['--name', place.name]),
  ];
  return environmentErrors.create('COAIA-5401', `There is no file ${place.path}.`, {
    hint: ['coaia env init', ...words].join(' '),
  });
}

/** Throws COAIA-5400 for a name that a shell could not export: it could smuggle a command into `eval`. */
export function checkVariableName(name: string): void {
  if (isEnvName(name)) return;
  throw environmentErrors.create(
    'COAIA-5400',
    `${JSON.stringify(name)} is no name of a variable.`,
    {
      hint: 'use letters, digits and _, not beginning with a digit',
    },
  );
}

/** Throws COAIA-5404 for a value that no process can be given. */
export function checkValue(name: string, value: string): void {
  if (!value.includes('\0') && value.isWellFormed()) return;
  throw environmentErrors.create(
    'COAIA-5404',
    `The value of ${name} has a zero byte or is no valid Unicode.`,
  );
}

/** Keys that describe the file itself. */
export function isMetadata(name: string): boolean {
  return name.startsWith('_COAIA_ENV_');
}
