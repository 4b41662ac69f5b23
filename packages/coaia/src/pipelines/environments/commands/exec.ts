import { isEnvName } from '#config';
import { defineCommand } from '#surface';
import { isMetadata } from '../environment.ts';
import { environmentErrors } from '../errors.ts';
import { readLayers, resolveAll } from '../hierarchy.ts';
import {
  findPlace,
  isOnePlace,
  keyOptions,
  openEnvironments,
  placeOptions,
  readEnvironment,
} from '../open-environments.ts';

export const command = defineCommand({
  words: 'env exec',
  summary: 'Run a command with the variables of an environment',
  description:
    'Without --name and --location, variables that are set already stay: the process environment comes first. With one of them, the file comes first. Ends with the exit code of the command.',
  positionals: [],
  options: { ...placeOptions, ...keyOptions },
  takesRest: true,
  examples: ['coaia env exec -- env', 'coaia env exec --name dev -- npm start'],
  async run(context, { options, rest }) {
    const { env, cwd, stdinIsTerminal, out } = context;
    if (rest.length === 0)
      throw environmentErrors.create('COAIA-5405', 'There is no command to run.', {
        hint: 'coaia env exec -- env',
      });
    const environments = openEnvironments(context, options);
    const pairs = isOnePlace(options)
      ? Object.entries(
          readEnvironment(context, environments, findPlace(environments, options)).values,
        )
      : resolveAll(readLayers(environments, env)).map(({ name, value }) => [name, value] as const);
    const added = pairs.filter(([name]) => !isMetadata(name) && isEnvName(name));
    const { runChild } = await import('#observability');
    const { exitCode, problem } = await runChild(rest, {
      cwd,
      env: { ...env, ...Object.fromEntries(added) },
      keep: 0,
      hasTerminal: stdinIsTerminal,
    });
    if (exitCode === 127 || exitCode === 126) out.notice(`coaia: ${problem ?? 'cannot run'}`);
    return exitCode;
  },
});
