/** Keys of projects and organizations: list, make, delete. Secrets leave once and are stored as a hash. */
import { createId, invalidRequest, notFound, toIso } from '#base';
import type { Scope } from '#base';
import type { OrganizationKeyRow } from '#store';
import { toActor } from '../audit.ts';
import { toKeyScopes } from '../key-scopes.ts';
import { toDisplaySecret, toHash } from '../keys.ts';
import type { KeyPair } from '../keys.ts';
import { readOrganizationId } from '../ports.ts';
import type { AccessPorts } from '../ports.ts';
import { requireProject } from '../projects/projects.ts';
import { readOrganization } from '../projects/storage.ts';
import { MAX_PER_MINUTE, toKeySummary, toPair, toProjectKeySummary } from './api-key.ts';
import type {
  KeyInput,
  KeySummary,
  NewKey,
  ProjectKeyInput,
  ProjectKeySummary,
} from './api-key.ts';
import { readOrganizationKeys, readProjectKeys, requireFreePair } from './storage.ts';

/** Oldest first. Throws COAIA-0003 for a project of somebody else. */
export async function listProjectKeys(
  ports: AccessPorts,
  scope: Scope,
  projectId: string,
): Promise<readonly ProjectKeySummary[]> {
  await requireProject(ports, scope, projectId);
  return (await readProjectKeys(ports.db, projectId)).map(toProjectKeySummary);
}

/** Throws COAIA-0002 for a pair that is not allowed, COAIA-0003 for a foreign project, COAIA-0007 for a taken pair. */
export async function createProjectKey(
  ports: AccessPorts,
  scope: Scope,
  projectId: string,
  input: ProjectKeyInput,
): Promise<NewKey> {
  const project = await requireProject(ports, scope, projectId);
  const pair = toPair(input);
  const common = toRow(ports, pair, input);
  const { role = null, requestsPerMinute = null } = input;
  const scopes = toKeyScopes(input.scopes);
  requireLimit(requestsPerMinute);
  await ports.db.write(async (tx) => {
    await requireFreePair(tx, pair);
    await tx.upsert('api_keys', [
      { ...common, project_id: projectId, role, requests_per_minute: requestsPerMinute, scopes },
    ]);
  });
  const organizationId = project.organization_id;
  ports.forget();
  ports.audit({ ...toEvent(scope, 'key.create', common.id), organizationId, projectId });
  return toNewKey(common, pair);
}

/** Throws COAIA-0002 for a number of requests that no key can have. */
function requireLimit(limit: number | null): void {
  if (limit === null || (Number.isInteger(limit) && limit >= 1 && limit <= MAX_PER_MINUTE)) return;
  throw invalidRequest(
    `The requests per minute of a key are a whole number from 1 to ${MAX_PER_MINUTE}.`,
  );
}

/** Closes the door for the key at once. Throws COAIA-0003 when the project has no such key. */
export async function deleteProjectKey(
  ports: AccessPorts,
  scope: Scope,
  projectId: string,
  keyId: string,
): Promise<void> {
  const project = await requireProject(ports, scope, projectId);
  const count = await ports.db.write((tx) =>
    tx.run('DELETE FROM api_keys WHERE project_id = ? AND id = ?', [projectId, keyId]),
  );
  if (count === 0) throw notFound('API key', keyId);
  const organizationId = project.organization_id;
  ports.forget();
  ports.audit({ ...toEvent(scope, 'key.delete', keyId), organizationId, projectId });
}

/** Oldest first. */
export async function listOrganizationKeys(
  ports: AccessPorts,
  scope: Scope,
): Promise<readonly KeySummary[]> {
  const organizationId = await readOrganizationId(ports, scope);
  return (await readOrganizationKeys(ports.db, organizationId)).map(toKeySummary);
}

/** Throws like `createProjectKey`. */
export async function createOrganizationKey(
  ports: AccessPorts,
  scope: Scope,
  input: KeyInput,
): Promise<NewKey> {
  const organizationId = await readOrganizationId(ports, scope);
  const pair = toPair(input);
  const common = toRow(ports, pair, input);
  await ports.db.write(async (tx) => {
    if ((await readOrganization(tx, organizationId)) === undefined)
      throw notFound('Organization', organizationId);
    await requireFreePair(tx, pair);
    await tx.upsert('organization_keys', [{ ...common, organization_id: organizationId }]);
  });
  ports.forget();
  ports.audit({ ...toEvent(scope, 'organization-key.create', common.id), organizationId });
  return toNewKey(common, pair);
}

/** Throws COAIA-0003 when the organization has no such key. */
export async function deleteOrganizationKey(
  ports: AccessPorts,
  scope: Scope,
  keyId: string,
): Promise<void> {
  const organizationId = await readOrganizationId(ports, scope);
  const count = await ports.db.write((tx) =>
    tx.run('DELETE FROM organization_keys WHERE organization_id = ? AND id = ?', [
      organizationId,
      keyId,
    ]),
  );
  if (count === 0) throw notFound('API key', keyId);
  ports.forget();
  ports.audit({ ...toEvent(scope, 'organization-key.delete', keyId), organizationId });
}

type CommonRow = Omit<OrganizationKeyRow, 'organization_id'>;

function toRow(ports: AccessPorts, pair: KeyPair, input: KeyInput): CommonRow {
  const { expiresAt } = input;
  const now = ports.clock();
  if (typeof expiresAt === 'number' && expiresAt <= now)
    throw invalidRequest('expiresAt lies in the past.');
  return {
    id: createId(),
    public_key: pair.publicKey,
    secret_hash: toHash(pair.secretKey),
    display_secret: toDisplaySecret(pair.secretKey),
    note: input.note ?? null,
    created_at: now,
    last_used_at: null,
    expires_at: expiresAt ?? null,
  };
}

function toNewKey(row: CommonRow, pair: KeyPair): NewKey {
  return {
    id: row.id,
    createdAt: toIso(row.created_at),
    note: row.note,
    publicKey: pair.publicKey,
    secretKey: pair.secretKey,
    displaySecretKey: row.display_secret,
  };
}

function toEvent(scope: Scope, action: string, subject: string) {
  return { action, subject, actor: toActor(scope) };
}
