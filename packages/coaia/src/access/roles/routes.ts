/** The table of permissions over HTTP, so that a page says what a role may without knowing it. */
import { defineRoute } from '#surface';
import type { Route } from '#surface';
import { z } from 'zod';
import { accessPorts } from '../ports.ts';
import { listPermissions, PERMISSION_NAMES, PERMISSIONS } from './permissions.ts';
import { ROLES } from './role.ts';

const name = z.enum(PERMISSION_NAMES);

const answer = z.object({
  roles: z.array(z.object({ role: z.enum(ROLES), permissions: z.array(name) })),
  keyPermissions: z.array(name),
  permissions: z.array(z.object({ name, summary: z.string() })),
});

const list = defineRoute({
  method: 'GET',
  path: '/api/v1/roles',
  operation: 'roles.list',
  summary: 'Say what each role may, in words, and what a key without a role may.',
  access: 'page',
  permission: 'project:read',
  needs: accessPorts,
  response: answer,
  handler: () =>
    Promise.resolve({
      json: {
        roles: ROLES.map((role) => ({ role, permissions: [...listPermissions(role)] })),
        keyPermissions: [...listPermissions('KEY')],
        permissions: PERMISSION_NAMES.map((one) => ({
          name: one,
          summary: PERMISSIONS[one].summary,
        })),
      },
    }),
});

export const roleRoutes: readonly Route[] = [list];
