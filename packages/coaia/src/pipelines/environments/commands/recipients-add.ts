import { defineCommand } from '#surface';
import { changeList } from '../change-list.ts';
import { keyOptions, openEnvironments, placeOptions, toLocation } from '../open-environments.ts';

export const command = defineCommand({
  words: 'env recipients add',
  summary: 'Encrypt environments for one more key',
  description:
    'The list is .coaia/recipients.txt of the folder, which is no secret. Encrypted files are written again.',
  positionals: [{ name: 'key', summary: 'A key that begins with age1', required: true }],
  options: {
    location: placeOptions.location,
    global: placeOptions.global,
    ...keyOptions,
    note: { type: 'string', placeholder: 'TEXT', default: '', summary: 'Whose key it is' },
  },
  examples: [
    'coaia env recipients add age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p --note ada',
  ],
  async run(context, { args, options }) {
    const { out, flags } = context;
    const environments = openEnvironments(context, options);
    const location = toLocation({ ...options, name: undefined }) ?? 'project';
    const fresh = { key: args.key, note: options.note.replaceAll(/\s+/g, ' ').trim() };
    const { recipients, paths } = await changeList(environments, location, (list) => [
      ...list.filter(({ key }) => key !== args.key),
      fresh,
    ]);
    if (flags.json) out.json({ recipients, paths });
    else out.confirm(`${recipients.length} keys; ${paths.length} files were encrypted again.`);
  },
});
