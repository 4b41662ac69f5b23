/** What the commands share: folders, keys, and which environment is meant. */
import {
  checkProtected,
  findHome,
  findProfile,
  openEnvKeys,
  readEnvFile,
  readPassphrase,
} from '#config';
import type { EnvFileContent, EnvKeys } from '#config';
import type { CommandContext } from '#surface';
import { askSecret } from './ask-secret.ts';
import { findFile, missingEnvironment, toPlace } from './environment.ts';
import type { Folders, Location, Place } from './environment.ts';
import { environmentErrors } from './errors.ts';

export const placeOptions = {
  name: {
    type: 'string',
    placeholder: 'NAME',
    summary: 'A named environment; without it the profile in use, else the one without a name',
    compat: true,
  },
  location: {
    type: 'string',
    choices: ['project', 'global'],
    summary: 'The file of this folder, or the one of your home',
    compat: true,
  },
  global: { type: 'boolean', summary: 'The same as --location global' },
} as const;

export const keyOptions = {
  'key-file': {
    type: 'string',
    placeholder: 'PATH',
    summary: 'Identity of age that opens encrypted files',
  },
  'passphrase-file': {
    type: 'string',
    placeholder: 'PATH',
    summary: 'File with the passphrase of a locked identity',
  },
  'passphrase-fd': {
    type: 'number',
    placeholder: 'N',
    summary: 'Open file to read that passphrase from',
  },
} as const;

export interface PlaceValues {
  readonly name: string | undefined;
  readonly location: string | undefined;
  readonly global: boolean | undefined;
}

export interface KeyValues {
  readonly 'key-file': string | undefined;
  readonly 'passphrase-file': string | undefined;
  readonly 'passphrase-fd': number | undefined;
}

export interface Environments extends Folders {
  readonly keys: EnvKeys;
  /** The profile in use. */
  readonly profile: string | undefined;
}

type Context = CommandContext<unknown>;

/** Reads nothing but the profile; keys are looked for when a file is encrypted. */
export function openEnvironments(context: Context, options: Partial<KeyValues> = {}): Environments {
  const { env, cwd, flags } = context;
  const home = findHome({ env, cwd });
  const { profile } = flags;
  const keys = openEnvKeys({
    env,
    cwd,
    home,
    keyFile: options['key-file'],
    readPassphrase: () => findPassphrase(context, options),
  });
  return { cwd, home, keys, profile: findProfile({ env, cwd, profile }, home).name };
}

/** From the file or the open file that was named, else from the terminal; undefined when nobody can be asked. */
export function findPassphrase(
  { flags, stdinIsTerminal, env, cwd }: Context,
  options: Partial<KeyValues>,
): string | undefined {
  const given = options['passphrase-file'] ?? options['passphrase-fd'];
  if (given !== undefined) return readPassphrase(given, { env, cwd });
  return stdinIsTerminal && !flags.noInput ? askSecret(env, 'Passphrase: ') : undefined;
}

/** The environment that the options name; the profile in use stands for a name that was not given. */
export function findPlace(environments: Environments, options: PlaceValues): Place {
  const location = toLocation(options) ?? 'project';
  return toPlace(environments, location, options.name ?? environments.profile);
}

/** The location that was asked for. Throws COAIA-5405 when two were. */
export function toLocation({ location, global }: PlaceValues): Location | undefined {
  if (global === true && location === 'project')
    throw environmentErrors.create(
      'COAIA-5405',
      '--global and --location project contradict each other.',
    );
  return global === true ? 'global' : (location as Location | undefined);
}

/** True when one file is meant, not the hierarchy of all. */
export function isOnePlace({ name, location, global }: PlaceValues): boolean {
  return name !== undefined || location !== undefined || global === true;
}

export interface FoundEnvironment extends EnvFileContent {
  readonly place: Place;
  /** The file it was read from. */
  readonly file: string;
}

/** The variables of an environment, with notes about lines that were skipped. Throws COAIA-5401 without a file. */
export function readEnvironment(
  { out }: Pick<Context, 'out'>,
  { keys }: Pick<Environments, 'keys'>,
  place: Place,
): FoundEnvironment {
  const file = findFile(place);
  const content = file === undefined ? undefined : readEnvFile(file, keys);
  if (file === undefined || content === undefined) throw missingEnvironment(place);
  for (const problem of content.problems) out.notice(`Note: ${problem}`);
  return { ...content, place, file };
}

/** Before something of an environment is lost: COAIA-0226 when its profile is protected and --yes is missing. */
export function checkPlace({ env, cwd, flags }: Context, { name }: Place): void {
  if (name !== undefined && !flags.yes) checkProtected({ env, cwd, profile: name });
}
