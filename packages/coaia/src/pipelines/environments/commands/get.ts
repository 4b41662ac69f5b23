import { defineCommand } from '#surface';
import { checkVariableName, toTitle } from '../environment.ts';
import { environmentErrors } from '../errors.ts';
import { readLayers, resolveVariable } from '../hierarchy.ts';
import {
  findPlace,
  isOnePlace,
  keyOptions,
  openEnvironments,
  placeOptions,
  readEnvironment,
} from '../open-environments.ts';

export const command = defineCommand({
  words: 'env get',
  summary: 'Print the value of one variable',
  description:
    'Without --name and --location: the process environment, then the project, then your home. With one of them, that file alone. The value is printed whole.',
  positionals: [{ name: 'key', summary: 'Name of the variable', required: true }],
  options: {
    ...placeOptions,
    ...keyOptions,
    default: {
      type: 'string',
      placeholder: 'VALUE',
      summary: 'What to print when it has no value',
    },
  },
  examples: ['coaia env get HOME', 'coaia env get DEBUG_MODE --default false'],
  async run(context, { args, options }) {
    checkVariableName(args.key);
    const { out, flags, env } = context;
    const environments = openEnvironments(context, options);
    const found = isOnePlace(options)
      ? readOne()
      : resolveVariable(readLayers(environments, env), args.key);
    const value = found?.value || (options.default ?? found?.value);
    if (value === undefined)
      throw environmentErrors.create('COAIA-5402', `${args.key} is set nowhere that was asked.`, {
        hint: `coaia env resolve ${args.key}`,
      });
    if (flags.json) out.json({ name: args.key, value, source: found?.source ?? 'default' });
    else out.line(value);

    function readOne() {
      const place = findPlace(environments, options);
      const { values, file } = readEnvironment(context, environments, place);
      if (Object.hasOwn(values, args.key)) return { value: values[args.key] ?? '', source: file };
      if (options.default !== undefined) return undefined;
      throw environmentErrors.create('COAIA-5402', `${toTitle(place)} has no ${args.key}.`, {
        hint: `coaia env set ${args.key} VALUE`,
      });
    }
  },
});
