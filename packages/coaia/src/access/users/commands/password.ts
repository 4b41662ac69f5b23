/** `coaia users password`: a new password for somebody. */
import { defineCommand } from '#surface';
import { administrationApi } from '../../administration-api.ts';
import { readPassword } from '../read-password.ts';

export const command = defineCommand({
  words: 'users password',
  summary: 'Set the password of somebody',
  description: 'Read from stdin, 8 to 256 characters. The page sessions of the person end.',
  needs: administrationApi,
  positionals: [{ name: 'user', summary: 'Email address or id', required: true }],
  options: {},
  examples: ['printf %s "$PASSWORD" | coaia users password ada@example.com'],
  async run(context, { args }) {
    const password = await readPassword(context);
    await (await context.open()).updateAccountPassword(args.user, password);
    context.out.confirm(`${args.user} has a new password.`);
  },
});
