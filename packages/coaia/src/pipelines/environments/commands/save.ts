import { renderEnvFile } from '#config';
import { defineCommand } from '#surface';
import { changeEnvironment, setVariables } from '../change-environment.ts';
import type { Format } from '../change-environment.ts';
import { checkValue, DEFAULT_NAME, findFile, TRACE_VARIABLES } from '../environment.ts';
import { exportOptions, isExport, printExports } from '../exports.ts';
import {
  checkPlace,
  findPlace,
  keyOptions,
  openEnvironments,
  placeOptions,
} from '../open-environments.ts';
import { showEnvironment } from '../show.ts';

export const command = defineCommand({
  words: 'env save',
  summary: 'Save the current COAIA_ variables into an environment file',
  description:
    'They are added to what the file has; --replace leaves nothing else in it. A copy of the old file is kept. In a pipe the saved variables are printed as lines for eval.',
  positionals: [],
  options: {
    ...placeOptions,
    ...keyOptions,
    ...exportOptions,
    'context-name': {
      type: 'string',
      placeholder: 'TEXT',
      summary: 'A title to keep beside them',
      compat: true,
    },
    format: { type: 'string', choices: ['json', 'env'], summary: 'Form of a new file' },
    replace: { type: 'boolean', aliases: ['force'], summary: 'Leave nothing else in the file' },
  },
  examples: ['coaia env save --name my-context', 'eval "$(coaia env save --name my-context)"'],
  async run(context, { options }) {
    const { out, flags, env } = context;
    const environments = openEnvironments(context, options);
    const place = findPlace(environments, options);
    const saved = readSaved(env, options['context-name']);
    const values = {
      ...saved,
      _COAIA_ENV_CREATED: String(Math.floor(Date.now() / 1000)),
      _COAIA_ENV_NAME: place.name ?? DEFAULT_NAME,
      _COAIA_ENV_LOCATION: place.location,
    };
    const format = options.format as Format | undefined;
    if (options.replace === true && findFile(place) !== undefined) checkPlace(context, place);
    const { file, backup } =
      options.replace === true
        ? await changeEnvironment(
            environments,
            place,
            (before) => renderEnvFile(format ?? before?.format ?? 'json', values),
            true,
          )
        : await setVariables(environments, place, new Map(Object.entries(values)), {
            format,
            keepBackup: true,
          });
    if (backup !== undefined) out.notice(`What was there is in ${backup}.`);
    const names = Object.keys(saved);
    if (names.length === 0) out.notice(`Note: none of ${TRACE_VARIABLES.join(', ')} is set.`);
    out.notice(`Saved ${names.length} variables in ${file}.`);
    if (flags.json) out.json({ path: file, variables: names });
    else if (isExport(options) || !out.isTerminal) printExports(out, saved, options);
    else showEnvironment(context, { values: saved, isEncrypted: false });
  },
});

/** Those of the five that have a value. */
function readSaved(
  env: Readonly<Record<string, string | undefined>>,
  title: string | undefined,
): Readonly<Record<string, string>> {
  const pairs = [
    ...TRACE_VARIABLES.map((name) => [name, env[name] ?? ''] as const),
    ['_COAIA_CONTEXT_NAME', title ?? ''] as const,
  ].filter(([, value]) => value !== '');
  for (const [name, value] of pairs) checkValue(name, value);
  return Object.fromEntries(pairs);
}
