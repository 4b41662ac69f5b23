/** `coaia users add`: somebody new in the organization. */
import { findHome, homePaths } from '#config';
import { readServerLock } from '#store';
import { defineCommand } from '#surface';
import type { CommandContext } from '#surface';
import { administrationApi } from '../../administration-api.ts';
import { ROLES } from '../../roles/role.ts';
import { readPassword } from '../read-password.ts';

/** Where `coaia up` listens unless it is told otherwise. */
const DEFAULT_ADDRESS = 'http://127.0.0.1:26242';

export const command = defineCommand({
  words: 'users add',
  summary: 'Make somebody a member of the organization',
  description:
    'Who has no account yet gets one. Without a password the answer has an address of the server that signs the person in once, within ten minutes.',
  needs: administrationApi,
  positionals: [{ name: 'email', summary: 'The address to sign in with', required: true }],
  options: {
    name: { type: 'string', placeholder: 'NAME', summary: 'The name to show' },
    role: {
      type: 'string',
      choices: ROLES,
      summary: 'What the person may do; MEMBER for who is new, otherwise as it is',
    },
    'password-stdin': { type: 'boolean', summary: 'Read a password from stdin' },
  },
  examples: [
    'coaia users add ada@example.com --role ADMIN',
    'printf %s "$PASSWORD" | coaia users add ada@example.com --password-stdin',
  ],
  async run(context, { args, options }) {
    const { name, role } = options;
    const password =
      options['password-stdin'] === true ? { password: await readPassword(context) } : {};
    const user = await (
      await context.open()
    ).addAccount({
      email: args.email,
      ...(role === undefined ? {} : { role: role as (typeof ROLES)[number] }),
      ...(name === undefined ? {} : { name }),
      ...password,
    });
    if (context.flags.json) {
      context.out.json(user);
      return;
    }
    context.out.confirm(`${user.email} is ${user.role} now.`);
    if (typeof user.signInPath === 'string')
      context.out.line(
        `Sign in once, within ten minutes: ${findAddress(context)}${user.signInPath}`,
      );
  },
});

/** The address of the server that runs on this home, else the usual one. */
function findAddress({ env, cwd }: Pick<CommandContext<unknown>, 'env' | 'cwd'>): string {
  return readServerLock(homePaths(findHome({ env, cwd })).home)?.url ?? DEFAULT_ADDRESS;
}
