import { defineCommand } from '#surface';
import type { CommandContext } from '#surface';
import { askSecret } from '../ask-secret.ts';
import { setVariables } from '../change-environment.ts';
import type { Format } from '../change-environment.ts';
import { checkValue, checkVariableName } from '../environment.ts';
import { environmentErrors } from '../errors.ts';
import { exportOptions, printExports } from '../exports.ts';
import { findPlace, keyOptions, openEnvironments, placeOptions } from '../open-environments.ts';

export const command = defineCommand({
  words: 'env set',
  summary: 'Set a variable in an environment file, or for this shell only',
  description:
    'The file keeps its form, comments and order. A value that nobody should see in a list of processes is read from stdin with -, or asked on the terminal.',
  positionals: [
    { name: 'key', summary: 'Name of the variable', required: true },
    { name: 'value', summary: 'Its value, or - to read it from stdin; asked when left out' },
  ],
  options: {
    ...placeOptions,
    ...keyOptions,
    ...exportOptions,
    format: {
      type: 'string',
      choices: ['json', 'env'],
      summary: 'Form of a new file (default json); one that is there is converted',
      compat: true,
    },
    temp: {
      type: 'boolean',
      summary: 'Change no file; print the line that sets it in this shell',
      compat: true,
    },
    persist: { type: 'boolean', summary: 'Write the file, which is what happens anyway' },
  },
  examples: [
    'coaia env set COAIA_USER_ID john',
    'printf %s "$KEY" | coaia env set OPENAI_API_KEY - --name dev',
    'eval "$(coaia env set DEBUG_MODE true --temp)"',
  ],
  async run(context, { args, options }) {
    const { out, flags } = context;
    checkVariableName(args.key);
    const value = await readValue(context, args.key, args.value);
    checkValue(args.key, value);
    if (options.temp === true) {
      if (options.persist === true)
        throw environmentErrors.create('COAIA-5405', '--temp and --persist contradict each other.');
      printExports(out, { [args.key]: value }, options);
      if (out.isTerminal)
        out.notice(`For this shell: eval "$(coaia env set ${args.key} ... --temp)"`);
      return;
    }
    const environments = openEnvironments(context, options);
    const place = findPlace(environments, options);
    const changes = new Map([[args.key, value]]);
    const format = options.format as Format | undefined;
    const { file, backup } = await setVariables(environments, place, changes, { format });
    if (backup !== undefined) out.notice(`What was there is in ${backup}.`);
    if (flags.json) out.json({ name: args.key, path: file });
    else out.confirm(`Set ${args.key} in ${file}.`);
  },
});

/** As given, from stdin without its last line break, or typed without being shown. Throws COAIA-5405. */
async function readValue(
  { stdin, stdinIsTerminal, flags, env }: CommandContext<unknown>,
  key: string,
  given: string | undefined,
): Promise<string> {
  if (given === '-') return (await stdin()).toString('utf8').replace(/\r?\n$/, '');
  const value =
    given ?? (stdinIsTerminal && !flags.noInput ? askSecret(env, `${key}: `) : undefined);
  if (value !== undefined) return value;
  throw environmentErrors.create('COAIA-5405', `${key} was given no value.`, {
    hint: `coaia env set ${key} VALUE`,
  });
}
