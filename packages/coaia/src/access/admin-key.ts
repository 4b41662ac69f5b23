/** The operator's key of a self-hosted server, as Langfuse has it: ADMIN_API_KEY opens every project. */
import type { Scope } from '#base';
import type { Access } from './access.ts';
import type { HeaderSource } from './header-source.ts';
import { isSameHash, toHash } from './keys.ts';

/**
 * The scope of a request whose bearer token and `x-langfuse-admin-api-key` are both ADMIN_API_KEY, in the project of
 * `x-langfuse-project-id` or the first one. Undefined when the key is not set or not this, or the project unknown.
 */
export async function findAdminScope(
  token: string,
  headers: HeaderSource,
  access: Access,
): Promise<Scope | undefined> {
  const { adminKeyHash } = access;
  if (adminKeyHash === undefined || !isSameHash(toHash(token), adminKeyHash)) return undefined;
  const again = headers.get('x-langfuse-admin-api-key');
  if (!again || !isSameHash(toHash(again), adminKeyHash)) return undefined;
  const projectId = headers.get('x-langfuse-project-id') ?? access.projectId;
  const [project] = await access.db.read<{ organization_id: string }>(
    'SELECT organization_id FROM projects WHERE id = ?',
    [projectId],
  );
  if (project === undefined) return undefined;
  return {
    projectId,
    level: 'project',
    via: 'key',
    organizationId: project.organization_id,
    role: 'OWNER',
    organizationRole: 'OWNER',
  };
}
