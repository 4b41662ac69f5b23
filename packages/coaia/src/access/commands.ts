/** The command lines of administration. Modules load when their words are typed. */
import type { CommandEntry } from '#surface';

export const accessCommands: readonly CommandEntry[] = [
  {
    words: 'projects create',
    summary: 'Make a project in the organization',
    load: () => import('./projects/commands/create.ts'),
  },
  {
    words: 'projects update',
    summary: 'Rename a project, set its retention and metadata',
    load: () => import('./projects/commands/update.ts'),
  },
  {
    words: 'projects delete',
    summary: 'Delete a project and everything it holds',
    load: () => import('./projects/commands/delete.ts'),
  },
  {
    words: 'orgs list',
    summary: 'List the organizations of this store',
    groupDefault: 'orgs',
    load: () => import('./organizations/commands/list.ts'),
  },
  {
    words: 'orgs create',
    summary: 'Make an organization',
    load: () => import('./organizations/commands/create.ts'),
  },
  {
    words: 'orgs projects',
    summary: 'List the projects of the organization',
    load: () => import('./organizations/commands/projects.ts'),
  },
  {
    words: 'keys list',
    summary: 'List the keys of a project or of the organization',
    load: () => import('./api-keys/commands/list.ts'),
  },
  {
    words: 'keys create',
    summary: 'Make a key pair and show its secret once',
    load: () => import('./api-keys/commands/create.ts'),
  },
  {
    words: 'keys delete',
    summary: 'Delete a key pair',
    load: () => import('./api-keys/commands/delete.ts'),
  },
  {
    words: 'users list',
    summary: 'List the people of the organization and their roles',
    groupDefault: 'users',
    load: () => import('./users/commands/list.ts'),
  },
  {
    words: 'users add',
    summary: 'Make somebody a member of the organization',
    load: () => import('./users/commands/add.ts'),
  },
  {
    words: 'users remove',
    summary: 'Take somebody out of the organization',
    load: () => import('./users/commands/remove.ts'),
  },
  {
    words: 'users set-role',
    summary: 'Change the role of somebody, in the organization or in one project',
    load: () => import('./users/commands/set-role.ts'),
  },
  {
    words: 'users password',
    summary: 'Set the password of somebody',
    load: () => import('./users/commands/password.ts'),
  },
];
