/** What the options of `coaia run` mean. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { invalidRequest, isObject } from '#base';
import { resolveSettings } from '#config';
import type { CommandContext } from '#surface';
import type { ChatMessage } from '@coaia/client';
import { readInput, readText } from '../../datasets/read-value.ts';
import type { RunWish } from './to-run.ts';

export interface RunOptions {
  readonly model: string | undefined;
  readonly provider: string | undefined;
  readonly temperature: number | undefined;
  readonly 'max-tokens': number | undefined;
  readonly var: readonly string[] | undefined;
  readonly 'vars-file': string | undefined;
  readonly input: string | undefined;
  readonly file: string | undefined;
  readonly schema: string | undefined;
}

/** Reads files and stdin, as the options name them. Fails with COAIA-0002. */
export async function readWish(
  context: CommandContext<unknown>,
  options: RunOptions,
): Promise<RunWish> {
  const { env, envFiles, cwd, flags } = context;
  if (options.input !== undefined && options.file !== undefined)
    throw invalidRequest('--input and --file say two things; give one of them.');
  const profile = flags.profile === undefined ? {} : { profile: flags.profile };
  const { values } = resolveSettings({ env, envFiles, cwd, ...profile });
  const file = readVariables(cwd, options['vars-file']);
  return {
    model: options.model,
    usualModel: values.model,
    provider: options.provider,
    temperature: options.temperature,
    maxTokens: options['max-tokens'],
    schema: readSchema(cwd, options.schema),
    variables: { ...file.variables, ...toVariables(options.var ?? []) },
    placeholders: file.placeholders,
    input: await readInputText(context, options),
  };
}

async function readInputText(
  context: CommandContext<unknown>,
  { input, file }: RunOptions,
): Promise<string | undefined> {
  if (file !== undefined) return readInput(file, context);
  return input === '-' ? readText('-', context) : input;
}

function readObject(cwd: string, path: string): Readonly<Record<string, unknown>> {
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(resolve(cwd, path), 'utf8'));
  } catch {
    throw invalidRequest(`The file ${path} cannot be read as JSON.`);
  }
  if (isObject(value)) return value;
  throw invalidRequest(`The file ${path} holds no JSON object.`);
}

function readSchema(cwd: string, path: string | undefined) {
  return path === undefined ? undefined : readObject(cwd, path);
}

/** Lists of messages fill placeholders, everything else is the text of a variable. */
function readVariables(cwd: string, path: string | undefined) {
  const entries = path === undefined ? [] : Object.entries(readObject(cwd, path));
  const isMessages = (value: unknown): value is readonly ChatMessage[] =>
    Array.isArray(value) && value.every((one) => isObject(one) && typeof one['role'] === 'string');
  return {
    placeholders: Object.fromEntries(
      entries.flatMap(([name, value]) => (isMessages(value) ? [[name, value] as const] : [])),
    ),
    variables: Object.fromEntries(
      entries
        .filter(([, value]) => !isMessages(value))
        .map(([name, value]) => [name, typeof value === 'string' ? value : JSON.stringify(value)]),
    ),
  };
}

function toVariables(given: readonly string[]): Readonly<Record<string, string>> {
  const pairs = given.map((text) => {
    const at = text.indexOf('=');
    if (at < 1) throw invalidRequest(`--var is written NAME=VALUE, not ${text}.`);
    return [text.slice(0, at), text.slice(at + 1)] as const;
  });
  return Object.fromEntries(pairs);
}
