import { defineCommand } from '#surface';
import { checkVariableName } from '../environment.ts';
import { environmentErrors } from '../errors.ts';
import { readLayers, resolveAll, resolveVariable } from '../hierarchy.ts';
import { keyOptions, openEnvironments, placeOptions } from '../open-environments.ts';
import { showResolved } from '../show-resolved.ts';
import { revealOption } from '../show.ts';

export const command = defineCommand({
  words: 'env resolve',
  summary: 'Show what each variable is and where it comes from',
  description: 'The process environment comes first, then the project, then your home.',
  positionals: [{ name: 'key', summary: 'Name of one variable' }],
  options: { name: placeOptions.name, ...keyOptions, ...revealOption },
  examples: ['coaia env resolve', 'coaia env resolve HOME', 'coaia env resolve --json'],
  async run(context, { args, options }) {
    const environments = openEnvironments(context, options);
    const layers = readLayers(environments, context.env, options.name);
    if (args.key === undefined) {
      showResolved(context, resolveAll(layers), options.reveal);
      return;
    }
    checkVariableName(args.key);
    const found = resolveVariable(layers, args.key);
    if (found === undefined)
      throw environmentErrors.create('COAIA-5402', `${args.key} is set nowhere.`, {
        hint: `coaia env set ${args.key} VALUE`,
      });
    showResolved(context, [found], options.reveal);
  },
});
