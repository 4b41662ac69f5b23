import { queryOptions } from '@tanstack/react-query';
import { sendRequest } from '../../lib/api.ts';
import { toProjectPath } from '../../lib/server.ts';

/** What somebody may do, by name. */
export type RoleName = 'OWNER' | 'ADMIN' | 'MEMBER' | 'VIEWER' | 'NONE';

/** Roles that can be given, the most first. */
export const roleNames: readonly RoleName[] = ['OWNER', 'ADMIN', 'MEMBER', 'VIEWER', 'NONE'];

/** Somebody who may be in the project. */
export interface Person {
  readonly userId: string;
  readonly email: string;
  readonly name: string;
  readonly role: RoleName;
  readonly projectRole: RoleName | null;
  readonly isActive: boolean;
}

/** The table of permissions. */
export interface RoleTable {
  readonly roles: readonly { readonly role: RoleName; readonly permissions: readonly string[] }[];
  readonly keyPermissions: readonly string[];
  readonly permissions: readonly { readonly name: string; readonly summary: string }[];
}

const toBase = (project: string) => toProjectPath(project, 'members');

/** Key of a project's members. */
export function toMembersKey(project: string) {
  return ['members', project] as const;
}

/** Everybody who may be in the project. */
export function membersQuery(project: string) {
  return queryOptions({
    queryKey: toMembersKey(project),
    queryFn: async ({ signal }) =>
      (await sendRequest<{ readonly members: readonly Person[] }>(toBase(project), { signal }))
        .members,
  });
}

/** What each role may. */
export const rolesQuery = queryOptions({
  queryKey: ['roles'],
  queryFn: ({ signal }) => sendRequest<RoleTable>('/api/v1/roles', { signal }),
  staleTime: 'static',
});

/** Whom to give which role: somebody known, or anybody by address. */
export type MemberChange =
  | { readonly userId: string; readonly role: RoleName }
  | { readonly email: string; readonly name?: string; readonly role: RoleName };

/** Gives somebody a role here; who is new gets a sign-in path of this server. */
export function writeMember(
  project: string,
  body: MemberChange,
): Promise<{ readonly email: string; readonly signInPath: string | null }> {
  return sendRequest(toBase(project), { method: 'PUT', body });
}

/** Takes the role in this project away; the one in the organization counts then. */
export async function removeMember(project: string, userId: string): Promise<void> {
  await sendRequest(toBase(project), { method: 'DELETE', body: { userId } });
}
