import { renderEnvFile } from '#config';
import { defineCommand } from '#surface';
import { changeEnvironment } from '../change-environment.ts';
import type { Format } from '../change-environment.ts';
import { DEFAULT_NAME, findFile, TRACE_VARIABLES } from '../environment.ts';
import { environmentErrors } from '../errors.ts';
import {
  checkPlace,
  findPlace,
  keyOptions,
  openEnvironments,
  placeOptions,
  readEnvironment,
} from '../open-environments.ts';
import { showEnvironment } from '../show.ts';

export const command = defineCommand({
  words: 'env init',
  summary: 'Make an environment file with the variables of a trace',
  positionals: [],
  options: {
    ...placeOptions,
    ...keyOptions,
    format: {
      type: 'string',
      choices: ['json', 'env'],
      default: 'json',
      summary: 'Form of the file: a JSON object, or NAME=VALUE lines',
      compat: true,
    },
    force: { type: 'boolean', summary: 'Write over a file that is there; a copy is kept' },
  },
  examples: ['coaia env init', 'coaia env init --global', 'coaia env init --name dev --format env'],
  async run(context, { options }) {
    const { out, flags } = context;
    const environments = openEnvironments(context, options);
    const place = findPlace(environments, options);
    const there = findFile(place);
    if (there !== undefined) {
      if (options.force !== true) throw alreadyThere(there);
      checkPlace(context, place);
    }
    const values = {
      ...Object.fromEntries(TRACE_VARIABLES.map((name) => [name, ''])),
      _COAIA_ENV_CREATED: String(Math.floor(Date.now() / 1000)),
      _COAIA_ENV_NAME: place.name ?? DEFAULT_NAME,
      _COAIA_ENV_LOCATION: place.location,
    };
    const text = renderEnvFile(options.format as Format, values);
    const { file, backup } = await changeEnvironment(
      environments,
      place,
      (before) => {
        // Another process may have made it since.
        if (before !== undefined && options.force !== true) throw alreadyThere(place.path);
        return text;
      },
      true,
    );
    if (backup !== undefined) out.notice(`What was there is in ${backup}.`);
    out.notice(`Made ${file}.`);
    showEnvironment({ out, flags }, readEnvironment(context, environments, place));
  },
});

function alreadyThere(path: string) {
  return environmentErrors.create('COAIA-5403', `${path} is there already.`, {
    hint: 'coaia env init --force',
  });
}
