import { defineCommand } from '#surface';
import { setVariables } from '../change-environment.ts';
import { checkVariableName, findFile } from '../environment.ts';
import { exportOptions, renderUnsets } from '../exports.ts';
import {
  checkPlace,
  findPlace,
  keyOptions,
  openEnvironments,
  placeOptions,
} from '../open-environments.ts';

export const command = defineCommand({
  words: 'env unset',
  summary: 'Remove a variable from an environment file, or from this shell only',
  description: 'Removing one that is not there is no error.',
  positionals: [{ name: 'key', summary: 'Name of the variable', required: true }],
  options: {
    ...placeOptions,
    ...keyOptions,
    ...exportOptions,
    temp: {
      type: 'boolean',
      summary: 'Change no file; print the line that removes it from this shell',
      compat: true,
    },
  },
  examples: ['coaia env unset OLD_VARIABLE', 'eval "$(coaia env unset OLD_VARIABLE --temp)"'],
  async run(context, { args, options }) {
    const { out, flags } = context;
    if (options.temp === true) {
      checkVariableName(args.key);
      out.line(renderUnsets(options, [args.key]));
      return;
    }
    const environments = openEnvironments(context, options);
    const place = findPlace(environments, options);
    const there = findFile(place);
    if (there !== undefined) {
      checkPlace(context, place);
      await setVariables(environments, place, new Map([[args.key, undefined]]));
    }
    const path = there ?? place.path;
    if (flags.json) out.json({ name: args.key, path });
    else out.confirm(`${args.key} is not in ${path}.`);
  },
});
