/** Values for a template from everywhere a command line can say them. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { isObject } from '#base';
import { parseDotenv } from '#config';
import type { CommandContext } from '#surface';
import { parseDocument } from '../templates/document.ts';
import { templateFailures } from '../templates/errors.ts';
import type { Values } from '../templates/template.ts';
import { parseVariableWords } from './variable-words.ts';
import type { GivenVariable } from './variable-words.ts';

/** Spread into the options of commands that fill a template. */
export const variableOptions = {
  var: {
    type: 'string',
    repeatable: true,
    isPair: true,
    placeholder: 'KEY=VALUE',
    summary: 'A variable: KEY=VALUE or KEY VALUE, KEY=@FILE, KEY:=JSON',
    compat: true,
  },
  'var-file': {
    type: 'string',
    repeatable: true,
    placeholder: 'FILE',
    summary: 'Variables from a .json, .yaml or .env file',
  },
  strict: { type: 'boolean', summary: 'Refuse names that the template does not have' },
} as const;

export interface VariableValues {
  readonly var: readonly string[] | undefined;
  readonly 'var-file': readonly string[] | undefined;
}

type Context = Pick<CommandContext<unknown>, 'cwd' | 'env'>;

/** Begins the names of environment variables that fill a template. */
const PREFIX = 'COAIA_VAR_';

/**
 * Values by name: `--var` wins over `--var-file`, which wins over COAIA_VAR_NAME. With `known`, only its names are
 * taken from the environment, in any case. Throws COAIA-5006.
 */
export async function readVariables(
  { cwd, env }: Context,
  options: VariableValues,
  known?: readonly string[],
): Promise<Values> {
  const values: Record<string, unknown> = { ...fromEnvironment(env, known) };
  for (const path of options['var-file'] ?? [])
    Object.assign(values, await readVariableFile(path, cwd));
  for (const given of parseVariableWords(options.var ?? []))
    values[given.name] = toValue(given, cwd);
  return values;
}

function fromEnvironment(env: Context['env'], known: readonly string[] | undefined): Values {
  const entries = Object.entries(env).flatMap(([name, value]) => {
    if (!name.startsWith(PREFIX) || value === undefined) return [];
    const own = name.slice(PREFIX.length);
    const variable =
      known === undefined
        ? own.toLowerCase()
        : known.find((one) => one.toLowerCase() === own.toLowerCase());
    return variable === undefined ? [] : [[variable, value] as const];
  });
  return Object.fromEntries(entries);
}

function toValue(given: GivenVariable, cwd: string): unknown {
  if (given.kind === 'text') return given.text;
  if (given.kind === 'file')
    return readText(given.path, cwd, `${given.name}=@@${given.path} is the text itself`);
  try {
    return JSON.parse(given.text) as unknown;
  } catch (error) {
    throw templateFailures.create(
      'COAIA-5006',
      `The value of ${given.name} is no JSON, which := asks for.`,
      { hint: `--var '${given.name}:=["a", "b"]'`, cause: error },
    );
  }
}

function readText(path: string, cwd: string, hint?: string): string {
  try {
    return readFileSync(resolve(cwd, path), 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw templateFailures.create(
      'COAIA-5006',
      `The file ${path} ${code === 'ENOENT' ? 'does not exist' : 'cannot be read'}.`,
      { cause: error, ...(hint === undefined ? {} : { hint }) },
    );
  }
}

async function readVariableFile(path: string, cwd: string): Promise<Values> {
  const text = readText(path, cwd);
  const format = /\.ya?ml$/i.test(path) ? 'yaml' : 'json';
  if (format === 'json' && !/\.json$/i.test(path) && !text.trimStart().startsWith('{'))
    return Object.fromEntries(parseDotenv(text).entries.map(({ name, value }) => [name, value]));
  const { value, problem } = await parseDocument(text, format);
  if (problem === undefined && isObject(value)) return value;
  const reason = problem?.message ?? 'it holds no names and values';
  const where = problem?.line ? `, line ${problem.line}` : '';
  throw templateFailures.create('COAIA-5006', `${path}${where}: ${reason}.`);
}
