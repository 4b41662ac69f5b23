/** `coaia users remove`: somebody leaves the organization. */
import { EXIT } from '#base';
import { defineCommand } from '#surface';
import { administrationApi } from '../../administration-api.ts';

export const command = defineCommand({
  words: 'users remove',
  summary: 'Take somebody out of the organization',
  description: 'What the person wrote stays. The account stays too and may be invited again.',
  needs: administrationApi,
  positionals: [{ name: 'user', summary: 'Email address or id', required: true }],
  options: {},
  examples: ['coaia users remove ada@example.com --yes'],
  async run(context, { args }) {
    if (!(await context.confirm(`Take ${args.user} out of the organization?`))) return EXIT.failed;
    await (await context.open()).removeAccount(args.user);
    context.out.confirm(`${args.user} is out of the organization.`);
    return EXIT.done;
  },
});
