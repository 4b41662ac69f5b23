/** `coaia orgs create`: another organization in this store. */
import { defineCommand } from '#surface';
import { administrationApi } from '../../administration-api.ts';

export const command = defineCommand({
  words: 'orgs create',
  summary: 'Make an organization',
  description: 'Only on the store itself. Its projects are made with a key of that organization.',
  needs: administrationApi,
  positionals: [{ name: 'name', summary: '1 to 60 characters', required: true }],
  options: {},
  examples: ['coaia orgs create Research'],
  async run(context, { args }) {
    const { id, name } = await (await context.open()).createOrganization(args.name);
    if (context.flags.json) context.out.json({ id, name });
    else context.out.line(id);
  },
});
