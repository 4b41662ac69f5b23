/** Organizations of this store; only its owner makes them. */
import { createId, invalidRequest } from '#base';
import type { OrganizationRow } from '#store';
import type { AccessPorts } from '../ports.ts';

/** Oldest first. */
export function listOrganizations(ports: AccessPorts): Promise<readonly OrganizationRow[]> {
  return ports.db.read<OrganizationRow>('SELECT * FROM organizations ORDER BY created_at, id');
}

/** Throws COAIA-0002 for an empty or too long name. */
export async function createOrganization(
  ports: AccessPorts,
  name: string,
): Promise<OrganizationRow> {
  const trimmed = name.trim();
  if (trimmed === '' || trimmed.length > 60)
    throw invalidRequest('The name of an organization has 1 to 60 characters.');
  const row = { id: createId(), name: trimmed, created_at: ports.clock() };
  await ports.db.write((tx) => tx.upsert('organizations', [row]));
  ports.audit({
    action: 'organization.create',
    subject: row.id,
    actor: 'owner',
    organizationId: row.id,
    detail: trimmed,
  });
  return row;
}
