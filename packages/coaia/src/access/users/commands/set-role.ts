/** `coaia users set-role`: what somebody may do. */
import { invalidRequest } from '#base';
import { defineCommand } from '#surface';
import { administrationApi } from '../../administration-api.ts';
import { ROLES } from '../../roles/role.ts';

export const command = defineCommand({
  words: 'users set-role',
  summary: 'Change the role of somebody, in the organization or in one project',
  description: 'A role in a project counts there before the one in the organization.',
  needs: administrationApi,
  positionals: [
    { name: 'user', summary: 'Email address or id', required: true },
    { name: 'role', summary: 'OWNER, ADMIN, MEMBER, VIEWER or NONE', required: true },
  ],
  options: {
    project: { type: 'string', placeholder: 'ID', summary: 'Only in this project' },
  },
  examples: [
    'coaia users set-role ada@example.com VIEWER',
    'coaia users set-role ada@example.com ADMIN --project default',
  ],
  async run(context, { args, options }) {
    const role = toRole(args.role);
    const user = await (await context.open()).updateRole(args.user, role, options.project);
    if (context.flags.json) context.out.json(user);
    else context.out.confirm(`${user.email} is ${user.role} now.`);
  },
});

function toRole(text: string): (typeof ROLES)[number] {
  const role = ROLES.find((one) => one === text.toUpperCase());
  if (role !== undefined) return role;
  throw invalidRequest(`${text} is no role; there are ${ROLES.join(', ')}.`);
}
