/** Who belongs to an organization or a project, and what one may do to others' roles. */
import type { Role, Scope } from '#base';
import { accessErrors } from '../errors.ts';
import { toHolder } from '../roles/authorize.ts';
import { isRole, ROLES } from '../roles/role.ts';

/** As the API of Langfuse shows it. */
export interface Member {
  readonly userId: string;
  readonly role: Role;
  readonly email: string;
  readonly name: string;
}

/** Somebody who may be in a project, by the organization's role or by one of its own. */
export interface ProjectPerson extends Member {
  /** `role` is the one that counts here. */
  readonly organizationRole: Role;
  /** Null: the organization's role counts. */
  readonly projectRole: Role | null;
  readonly isActive: boolean;
}

export interface MemberRow {
  readonly user_id: string;
  readonly email: string;
  readonly name: string | null;
  readonly role: string;
}

export function toMember(row: MemberRow): Member {
  return {
    userId: row.user_id,
    role: isRole(row.role) ? row.role : 'NONE',
    email: row.email,
    name: row.name ?? '',
  };
}

/** Refuses to give, take or change a role above the caller's own: COAIA-0325. Keys and the machine's owner may all. */
export function requireRank(
  scope: Scope,
  access: 'organization' | 'project',
  roles: readonly (string | null | undefined)[],
): void {
  const holder = toHolder(scope, access);
  if (!isRole(holder)) return;
  const own = ROLES.indexOf(holder);
  const above = roles.filter(isRole).find((role) => ROLES.indexOf(role) < own);
  if (above === undefined) return;
  throw accessErrors.create(
    'COAIA-0325',
    `The role ${holder} may not give, change or take the role ${above}.`,
  );
}
