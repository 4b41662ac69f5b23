import { isEnvName, isProfileName } from '#config';
import { defineCommand } from '#surface';
import { DEFAULT_NAME, findFile, LOCATIONS, toPlace } from '../environment.ts';
import { environmentErrors } from '../errors.ts';
import { readLayers, resolveAll, resolveVariable } from '../hierarchy.ts';
import { keyOptions, openEnvironments } from '../open-environments.ts';
import { showResolved } from '../show-resolved.ts';
import { revealOption } from '../show.ts';

export const command = defineCommand({
  words: 'env show',
  summary: 'Show an environment, or where a variable comes from, by name',
  positionals: [{ name: 'name', summary: 'An environment or a variable', required: true }],
  options: { ...keyOptions, ...revealOption },
  examples: ['coaia env default', 'coaia env HOME'],
  async run(context, { args, options }) {
    const environments = openEnvironments(context, options);
    const { name } = args;
    const isEnvironment =
      name === DEFAULT_NAME ||
      (isProfileName(name) &&
        LOCATIONS.some(
          (location) => findFile(toPlace(environments, location, name)) !== undefined,
        ));
    const layers = readLayers(environments, context.env, isEnvironment ? name : undefined);
    if (isEnvironment) {
      showResolved(context, resolveAll(layers), options.reveal);
      return;
    }
    const found = isEnvName(name) ? resolveVariable(layers, name) : undefined;
    if (found === undefined)
      throw environmentErrors.create(
        'COAIA-5401',
        `${JSON.stringify(name)} is neither an environment nor a variable.`,
        { hint: 'coaia env list' },
      );
    showResolved(context, [found], options.reveal);
  },
});
