/** What a directory does with people: provision, change, deprovision. */
import { commonErrors, notFound } from '#base';
import type { Scope } from '#base';
import type { Transaction, UserRow } from '#store';
import { toActor } from '../audit.ts';
import {
  isElsewhere,
  readOrganizationRole,
  removeFromOrganization,
  writeOrganizationRole,
} from '../members/storage.ts';
import { readOrganizationId } from '../ports.ts';
import type { AccessPorts } from '../ports.ts';
import { addUser, readUser } from '../users/storage.ts';
import { toEmail } from '../users/user.ts';
import { LIST_SCHEMA, parseUserFilter, toScimUser } from './scim-user.ts';
import type { ScimChange, ScimUser } from './scim-user.ts';
import { readMemberUsers } from './storage.ts';

export interface ScimPage {
  readonly schemas: readonly string[];
  readonly totalResults: number;
  readonly startIndex: number;
  readonly itemsPerPage: number;
  readonly Resources: readonly ScimUser[];
}

/** Members of the organization; `startIndex` counts from one. */
export async function listScimUsers(
  ports: AccessPorts,
  scope: Scope,
  query: {
    readonly filter?: string | undefined;
    readonly startIndex: number;
    readonly count: number;
  },
): Promise<ScimPage> {
  const organizationId = await readOrganizationId(ports, scope);
  const { rows, total } = await readMemberUsers(ports.db, organizationId, {
    email: parseUserFilter(query.filter),
    skip: query.startIndex - 1,
    take: query.count,
  });
  return {
    schemas: [LIST_SCHEMA],
    totalResults: total,
    startIndex: query.startIndex,
    itemsPerPage: rows.length,
    Resources: rows.map((row) => toScimUser(row, true)),
  };
}

/** Throws COAIA-0003 for who is no member. */
export async function getScimUser(
  ports: AccessPorts,
  scope: Scope,
  userId: string,
): Promise<ScimUser> {
  const organizationId = await readOrganizationId(ports, scope);
  const { user, role } = await requireKnown(ports.db, organizationId, userId);
  if (role === undefined) throw notFound('User', userId);
  return toScimUser(user, true);
}

export interface ScimDraft extends ScimChange {
  readonly userName: string;
  readonly externalId?: string;
}

/** Makes a member, and the account when there is none; NONE unless a role is given. Throws COAIA-0007 for a member. */
export async function createScimUser(
  ports: AccessPorts,
  scope: Scope,
  draft: ScimDraft,
): Promise<ScimUser> {
  const organizationId = await readOrganizationId(ports, scope);
  const { name, externalId, role = 'NONE' } = draft;
  const person = {
    email: toEmail(draft.userName),
    ...(name === undefined ? {} : { name }),
    ...(externalId === undefined ? {} : { externalId }),
  };
  const isActive = draft.isActive !== false;
  const user = await ports.db.write(async (tx) => {
    const now = ports.clock();
    const { user: found } = await addUser(tx, person, now);
    if ((await readOrganizationRole(tx, organizationId, found.id)) !== undefined)
      throw commonErrors.create('COAIA-0007', 'User with this userName already exists');
    if (isActive) await writeOrganizationRole(tx, { organizationId, userId: found.id }, role, now);
    return found;
  });
  writeAudit(ports, scope, { action: 'user.add', userId: user.id, organizationId, detail: role });
  return toScimUser(user, isActive);
}

/**
 * `active: false` takes somebody out of the organization, `true` puts them back as NONE or with the given role; a
 * name replaces the name. Throws COAIA-0003, and COAIA-0326 when no owner would be left.
 */
export async function updateScimUser(
  ports: AccessPorts,
  scope: Scope,
  userId: string,
  change: ScimChange,
): Promise<ScimUser> {
  const organizationId = await readOrganizationId(ports, scope);
  const { user, isMember } = await ports.db.write(async (tx) => {
    const known = await requireKnown(tx, organizationId, userId);
    const now = ports.clock();
    const renamed = await applyName(tx, known.user, change.name, now);
    const key = { organizationId, userId };
    const role = await applyState(tx, key, { ...change, before: known.role, now });
    return { user: renamed, isMember: role !== undefined };
  });
  const action = isMember ? 'user.update' : 'member.remove';
  writeAudit(ports, scope, { action, userId, organizationId, detail: change.role });
  return toScimUser(user, isMember);
}

/** Takes somebody out of the organization; the account stays. Throws like `updateScimUser`. */
export async function removeScimUser(
  ports: AccessPorts,
  scope: Scope,
  userId: string,
): Promise<void> {
  const organizationId = await readOrganizationId(ports, scope);
  await ports.db.write(async (tx) => {
    const { role } = await requireKnown(tx, organizationId, userId);
    if (role === undefined) throw notFound('User', userId);
    await removeFromOrganization(tx, organizationId, userId);
  });
  writeAudit(ports, scope, { action: 'member.remove', userId, organizationId });
}

/** A member, or an account that belongs to nobody else; everybody else is not found. */
async function requireKnown(
  db: Pick<Transaction, 'read'>,
  organizationId: string,
  userId: string,
): Promise<{ readonly user: UserRow; readonly role: string | undefined }> {
  const user = await readUser(db, userId);
  const role = await readOrganizationRole(db, organizationId, userId);
  if (user === undefined) throw notFound('User', userId);
  if (role === undefined && (await isElsewhere(db, organizationId, userId)))
    throw notFound('User', userId);
  return { user, role };
}

async function applyName(
  tx: Transaction,
  user: UserRow,
  name: string | undefined,
  now: number,
): Promise<UserRow> {
  if (name === undefined || name === user.name) return user;
  const renamed = { ...user, name, updated_at: now };
  await tx.upsert('users', [renamed]);
  return renamed;
}

/** Returns the role afterwards; undefined: no member. */
async function applyState(
  tx: Transaction,
  key: { readonly organizationId: string; readonly userId: string },
  change: ScimChange & { readonly before: string | undefined; readonly now: number },
): Promise<string | undefined> {
  if (change.isActive === false) {
    await removeFromOrganization(tx, key.organizationId, key.userId);
    return undefined;
  }
  const isWanted = change.isActive === true || change.before !== undefined;
  const role = change.role ?? change.before ?? (isWanted ? 'NONE' : undefined);
  if (role === undefined || !isWanted) return change.before;
  if (role !== change.before) await writeOrganizationRole(tx, key, role, change.now);
  return role;
}

interface ScimEvent {
  readonly action: string;
  readonly userId: string;
  readonly organizationId: string;
  readonly detail?: string | undefined;
}

function writeAudit(ports: AccessPorts, scope: Scope, event: ScimEvent): void {
  const { userId: subject, ...rest } = event;
  ports.forget();
  ports.audit({ ...rest, subject, actor: toActor(scope) });
}
