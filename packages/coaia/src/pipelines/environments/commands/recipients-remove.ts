import { defineCommand } from '#surface';
import { changeList } from '../change-list.ts';
import { environmentErrors } from '../errors.ts';
import { keyOptions, openEnvironments, placeOptions, toLocation } from '../open-environments.ts';

export const command = defineCommand({
  words: 'env recipients remove',
  summary: 'No longer encrypt environments for a key',
  description:
    'Encrypted files are written again. Whoever had the key may have read the secrets: change them too.',
  positionals: [{ name: 'key', summary: 'The key, or its note', required: true }],
  options: { location: placeOptions.location, global: placeOptions.global, ...keyOptions },
  examples: ['coaia env recipients remove ada'],
  async run(context, { args, options }) {
    const { out, flags } = context;
    const environments = openEnvironments(context, options);
    const location = toLocation({ ...options, name: undefined }) ?? 'project';
    const { recipients, paths } = await changeList(environments, location, (list) => {
      const left = list.filter(({ key, note }) => key !== args.key && note !== args.key);
      if (left.length < list.length) return left;
      throw environmentErrors.create('COAIA-5402', `No key of the list is ${args.key}.`, {
        hint: 'coaia env recipients list',
      });
    });
    out.notice('Whoever had the key may have read the secrets: change them too.');
    if (flags.json) out.json({ recipients, paths });
    else out.confirm(`${recipients.length} keys; ${paths.length} files were encrypted again.`);
  },
});
