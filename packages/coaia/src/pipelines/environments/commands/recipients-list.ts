import { defineCommand } from '#surface';
import { keyOptions, openEnvironments, placeOptions, toLocation } from '../open-environments.ts';
import { findOwnRecipient, listRecipients } from '../recipients.ts';

export const command = defineCommand({
  words: 'env recipients list',
  summary: 'Show the keys that environments are encrypted for',
  positionals: [],
  options: { location: placeOptions.location, global: placeOptions.global, ...keyOptions },
  examples: ['coaia env recipients list'],
  async run(context, { options }) {
    const { out, flags } = context;
    const environments = openEnvironments(context, options);
    const location = toLocation({ ...options, name: undefined }) ?? 'project';
    const listed = listRecipients(environments, location);
    const rows =
      listed.length > 0 ? listed : [{ key: await findOwnRecipient(environments), note: 'you' }];
    if (flags.json) out.json(rows);
    else
      out.table('keys', rows, [
        { header: 'Key', value: ({ key }) => key },
        { header: 'Note', value: ({ note }) => note },
      ]);
  },
});
