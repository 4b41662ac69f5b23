/** What crosses the wire for the page's session. */
import { z } from 'zod';
import { PERMISSION_NAMES } from '../roles/permissions.ts';
import { ROLES } from '../roles/role.ts';

const role = z.enum(ROLES);
const place = { id: z.string(), name: z.string(), role: role.nullable() };

export const meAnswer = z.object({
  user: z.object({ id: z.string(), email: z.string(), name: z.string().nullable() }).nullable(),
  via: z.enum(['key', 'page', 'local']),
  role: role.nullable(),
  permissions: z.array(z.enum(PERMISSION_NAMES)),
  projectId: z.string(),
  organizations: z.array(z.object(place)),
  projects: z.array(z.object({ ...place, organizationId: z.string() })),
});

export const signInBody = z.object({
  email: z.string().min(1).max(300),
  password: z.string().min(1).max(1000),
});

export const signInAnswer = z.object({
  user: z.object({ id: z.string(), email: z.string(), name: z.string().nullable() }),
  projectId: z.string(),
});

export const passwordBody = z.object({ current: z.string().max(1000), next: z.string().max(1000) });

export const sessionBody = z.object({ projectId: z.string().min(1) });
