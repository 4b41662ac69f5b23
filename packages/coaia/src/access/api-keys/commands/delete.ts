/** `coaia keys delete`: a key that opens nothing any more. */
import { EXIT } from '#base';
import { defineCommand } from '#surface';
import { administrationApi } from '../../administration-api.ts';
import { findOwner, ownerOptions } from '../key-owner.ts';

export const command = defineCommand({
  words: 'keys delete',
  summary: 'Delete a key pair',
  needs: administrationApi,
  positionals: [{ name: 'keyId', summary: 'Id of the key, as keys list shows it', required: true }],
  options: ownerOptions,
  examples: ['coaia keys delete 0192f0c1 --yes'],
  async run(context, { args, options }) {
    if (!(await context.confirm(`Delete the key ${args.keyId}?`))) return EXIT.failed;
    const api = await context.open();
    await api.deleteKey(await findOwner(api, options), args.keyId);
    context.out.confirm(`Deleted key ${args.keyId}.`);
    return EXIT.done;
  },
});
