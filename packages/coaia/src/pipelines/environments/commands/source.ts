import { defineCommand } from '#surface';
import { environmentErrors } from '../errors.ts';
import { exportOptions, isExport, printExports } from '../exports.ts';
import {
  findPlace,
  keyOptions,
  openEnvironments,
  placeOptions,
  readEnvironment,
} from '../open-environments.ts';
import { revealOption, showEnvironment } from '../show.ts';

export const command = defineCommand({
  words: 'env source',
  summary: 'Print lines that load an environment into a shell',
  description:
    'After eval "$(coaia shell-init bash)" the command loads them by itself. Put double quotes around $(...), or values lose their line breaks.',
  positionals: [],
  options: { ...placeOptions, ...keyOptions, ...exportOptions, ...revealOption },
  examples: [
    'eval "$(coaia env source --export)"',
    'coaia env source --name dev --shell fish | source',
    'coaia env source --shell github >> "$GITHUB_ENV"',
  ],
  async run(context, { options }) {
    const { out } = context;
    const environments = openEnvironments(context, options);
    const found = readEnvironment(context, environments, findPlace(environments, options));
    if (!isExport(options)) {
      showEnvironment(context, found, options.reveal);
      out.notice('To load them: eval "$(coaia env source --export)"');
      return;
    }
    if (found.isEncrypted && out.isTerminal && options.reveal !== true)
      throw environmentErrors.create('COAIA-5406', `${found.file} is encrypted.`, {
        hint: 'eval "$(coaia env source --export)", or add --reveal',
      });
    printExports(out, found.values, options);
  },
});
