import { rmSync } from 'node:fs';
import { EXIT } from '#base';
import { defineCommand } from '#surface';
import { findFile, missingEnvironment } from '../environment.ts';
import { checkPlace, findPlace, openEnvironments, placeOptions } from '../open-environments.ts';

export const command = defineCommand({
  words: 'env clear',
  summary: 'Delete an environment file',
  positionals: [],
  options: {
    ...placeOptions,
    confirm: { type: 'boolean', summary: 'Do not ask', compat: true },
  },
  examples: ['coaia env clear --name dev --yes'],
  async run(context, { options }) {
    const { out, flags } = context;
    const place = findPlace(openEnvironments(context), options);
    const file = findFile(place);
    if (file === undefined) throw missingEnvironment(place);
    checkPlace(context, place);
    if (options.confirm !== true && !(await context.confirm(`Delete ${file}?`))) {
      out.notice('Nothing was deleted.');
      return EXIT.failed;
    }
    rmSync(file);
    if (flags.json) out.json({ path: file });
    else out.confirm(`Deleted ${file}.`);
    return EXIT.done;
  },
});
