/** Roles and how two of them become one. */
import type { Role } from '#base';

/** From the most to the least. */
export const ROLES = [
  'OWNER',
  'ADMIN',
  'MEMBER',
  'VIEWER',
  'NONE',
] as const satisfies readonly Role[];

export function isRole(value: unknown): value is Role {
  return ROLES.some((role) => role === value);
}

/**
 * The role in a project: the one given for the project, else the one in its organization. Who is no member of the
 * organization has none, whatever a project says.
 */
export function toProjectRole(
  organizationRole: string | null | undefined,
  projectRole: string | null | undefined,
): Role {
  if (!isRole(organizationRole)) return 'NONE';
  return isRole(projectRole) ? projectRole : organizationRole;
}
