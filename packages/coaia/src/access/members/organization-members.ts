/** Roles of people in an organization. */
import { notFound } from '#base';
import type { Role, Scope } from '#base';
import { toActor } from '../audit.ts';
import { readOrganizationId } from '../ports.ts';
import type { AccessPorts } from '../ports.ts';
import { readUser } from '../users/storage.ts';
import { requireRank, toMember } from './member.ts';
import type { Member } from './member.ts';
import {
  readOrganizationMembers,
  readOrganizationRole,
  isElsewhere,
  removeFromOrganization,
  writeOrganizationRole,
} from './storage.ts';

/** By address. */
export async function listOrganizationMembers(
  ports: AccessPorts,
  scope: Scope,
): Promise<readonly Member[]> {
  const organizationId = await readOrganizationId(ports, scope);
  return (await readOrganizationMembers(ports.db, organizationId)).map(toMember);
}

/**
 * Gives somebody who has an account a role in the organization. Throws COAIA-0003 for who is unknown here, COAIA-0325
 * for a role above the caller's, COAIA-0326 when no owner would be left.
 */
export async function updateOrganizationMember(
  ports: AccessPorts,
  scope: Scope,
  { userId, role }: { readonly userId: string; readonly role: Role },
): Promise<Member> {
  const organizationId = await readOrganizationId(ports, scope);
  const user = await ports.db.write(async (tx) => {
    const known = await readUser(tx, userId);
    const before = await readOrganizationRole(tx, organizationId, userId);
    // People of other organizations are not known here; they are invited by their address.
    const isForeign = before === undefined && (await isElsewhere(tx, organizationId, userId));
    if (known === undefined || isForeign) throw notFound('User', userId);
    requireRank(scope, 'organization', [role, before]);
    await writeOrganizationRole(tx, { organizationId, userId }, role, ports.clock());
    return known;
  });
  ports.forget();
  ports.audit({ ...toEvent(scope, 'member.update', userId), organizationId, detail: role });
  return toMember({ user_id: userId, email: user.email, name: user.name, role });
}

/** Takes somebody out of the organization and its projects; who is not in it is no failure. Throws COAIA-0325, 0326. */
export async function removeOrganizationMember(
  ports: AccessPorts,
  scope: Scope,
  userId: string,
): Promise<void> {
  const organizationId = await readOrganizationId(ports, scope);
  const isRemoved = await ports.db.write(async (tx) => {
    requireRank(scope, 'organization', [await readOrganizationRole(tx, organizationId, userId)]);
    return removeFromOrganization(tx, organizationId, userId);
  });
  if (!isRemoved) return;
  ports.forget();
  ports.audit({ ...toEvent(scope, 'member.remove', userId), organizationId });
}

function toEvent(scope: Scope, action: string, subject: string) {
  return { action, subject, actor: toActor(scope) };
}
