/** Keeps the answers: what is open in a settings file, secrets where the user wants them. */
import { join } from 'node:path';
import {
  editEnvText,
  findHome,
  getSetting,
  homePaths,
  isReference,
  readSmallFile,
  toEditPath,
  updatePrivateFile,
  writeKeyring,
  writeSetting,
} from '#config';
import type { EditPlace } from '#config';
import type { CommandContext } from '#surface';
import { cliErrors } from '../errors.ts';
import type { Answers } from './forms.ts';

/** `file`: config.json in the home, `./.env` in a project. `env`: a variable that the user sets. */
export type SecretPlace = 'file' | 'env' | 'keyring';

export interface Written {
  /** One line per answer: where it is, and how it is set without questions. */
  readonly lines: readonly string[];
  readonly commands: readonly string[];
  /** Variables that the user still has to set. */
  readonly variables: readonly string[];
}

export interface WriteOptions {
  readonly secrets: SecretPlace;
  readonly isProject: boolean;
}

interface Place extends WriteOptions {
  readonly context: CommandContext<unknown>;
  readonly where: EditPlace;
  readonly home: string;
}

/** Writes all of them. Throws COAIA-0204 for a value that a setting does not take, COAIA-0513 without a keyring. */
export async function writeAnswers(
  context: CommandContext<unknown>,
  answers: Answers,
  options: WriteOptions,
): Promise<Written> {
  const { env, cwd, flags } = context;
  const { profile } = flags;
  const paths = homePaths(findHome({ env, cwd }));
  const where = { place: options.isProject ? 'project' : 'home', cwd, paths, profile } as const;
  const place: Place = { ...options, context, where, home: paths.home };
  const suffix = `${options.isProject ? ' --project' : ''}${profile === undefined ? '' : ` --profile ${profile}`}`;
  const lines: string[] = [];
  const commands: string[] = [];
  const variables: string[] = [];
  for (const [name, text] of answers) {
    if (text === '') continue;
    const kept = await keep(place, name, text);
    lines.push(`${name}: ${kept.said}`);
    commands.push(
      kept.shown === undefined
        ? `printf %s "$SECRET" | coaia config set ${name} -${suffix}`
        : `coaia config set ${name} ${quote(kept.shown)}${suffix}`,
    );
    if (kept.variable !== undefined) variables.push(kept.variable);
  }
  return { lines, commands, variables };
}

interface Kept {
  /** Where it is. */
  readonly said: string;
  /** What stands in the settings file; undefined for a secret. */
  readonly shown?: string;
  /** The user has to set it. */
  readonly variable?: string;
}

async function keep(place: Place, name: string, text: string): Promise<Kept> {
  const { where, context, secrets, isProject, home } = place;
  const path = toEditPath(where);
  const spec = getSetting(name);
  if (spec.secret !== true || isReference(text)) {
    writeSetting(name, text, where);
    return { said: path, shown: text };
  }
  const variable = spec.env[0] ?? '';
  if (secrets === 'env') {
    // A project's file reaches only variables with this beginning.
    const own = isProject ? `COAIA_SECRET_${name.toUpperCase()}` : variable;
    writeSetting(name, `env:${own}`, where);
    return { said: `the variable ${own}, which you set`, shown: `env:${own}`, variable: own };
  }
  if (secrets === 'keyring') {
    const account = `${home}:${name}`;
    if (!writeKeyring(context.env, account, text)) throw noKeyring();
    writeSetting(name, `keyring:${account}`, where);
    return { said: 'the keyring of this system', shown: `keyring:${account}` };
  }
  if (!isProject) {
    writeSetting(name, text, where);
    return { said: path };
  }
  const file = join(context.cwd, '.env');
  await updatePrivateFile(file, async () =>
    editEnvText(file, readSmallFile(file) ?? '', new Map([[variable, text]])),
  );
  return { said: file };
}

function noKeyring() {
  return cliErrors.create('COAIA-0513', 'The keyring of this system cannot be used.', {
    hint: 'choose another place for secrets: file or env',
  });
}

function quote(text: string): string {
  return /^[\w./:@-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
