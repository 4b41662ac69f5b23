/** `coaia models connections delete`: forgets a connection and its key. */
import { EXIT } from '#base';
import { defineCommand } from '#surface';
import { connectionsApi } from '../../ports.ts';
import { findByName } from '../find-by-name.ts';

export const command = defineCommand({
  words: 'models connections delete',
  summary: 'Delete a connection and its key',
  needs: connectionsApi,
  positionals: [{ name: 'name', summary: 'Name or id of the connection', required: true }],
  options: {},
  examples: ['coaia models connections delete ollama --yes'],
  async run({ open, out, flags, confirm }, { args }) {
    const api = await open();
    const { id, provider } = await findByName(api, args.name);
    if (!(await confirm(`Delete the connection ${provider}? Its key is forgotten.`))) {
      out.notice('Nothing was deleted.');
      return EXIT.failed;
    }
    await api.deleteConnection(id);
    if (flags.json) out.json({ deleted: { id, provider } });
    else out.confirm(`Deleted ${provider}.`);
    return EXIT.done;
  },
});
