/** Projects of an organization: list, make, change. */
import { commonErrors, createId, notFound } from '#base';
import type { Scope } from '#base';
import type { ProjectRow, Transaction } from '#store';
import { toActor } from '../audit.ts';
import { readOrganizationId } from '../ports.ts';
import type { AccessPorts } from '../ports.ts';
import { toProjectName, toProjectRecord, toRetentionDays } from './project.ts';
import type { ProjectRecord, ProjectWithOrganization } from './project.ts';
import { findProjectByName, readOrganization, readProject, readProjects } from './storage.ts';

export interface ProjectInput {
  readonly name: string;
  /** Days; 0 or null: everything is kept. */
  readonly retention?: number | null | undefined;
  readonly metadata?: Readonly<Record<string, unknown>> | null | undefined;
}

export interface ProjectChange {
  readonly name?: string | undefined;
  /** Absent: as it is. */
  readonly retention?: number | null | undefined;
  readonly metadata?: Readonly<Record<string, unknown>> | null | undefined;
  readonly isStrict?: boolean | null | undefined;
}

/** The organization's projects, oldest first. */
export async function listProjects(
  ports: AccessPorts,
  scope: Scope,
): Promise<readonly ProjectWithOrganization[]> {
  return readProjects(ports.db, await readOrganizationId(ports, scope));
}

/** A project of the caller's organization. A foreign one is not found, like one that never was (COAIA-0003). */
export async function requireProject(
  ports: AccessPorts,
  scope: Scope,
  projectId: string,
): Promise<ProjectWithOrganization> {
  const row = await readProject(ports.db, projectId);
  if (row !== undefined && row.organization_id === (await readOrganizationId(ports, scope)))
    return row;
  throw notFound('Project', projectId);
}

/** Throws COAIA-0002 for a name or retention that is not allowed, COAIA-0007 when the name is taken. */
export async function createProject(
  ports: AccessPorts,
  scope: Scope,
  input: ProjectInput,
): Promise<ProjectRecord> {
  const organizationId = await readOrganizationId(ports, scope);
  const now = ports.clock();
  const row: ProjectRow = {
    id: createId(),
    organization_id: organizationId,
    name: toProjectName(input.name),
    metadata: JSON.stringify(input.metadata ?? {}),
    retention_days: toRetentionDays(input.retention),
    created_at: now,
    updated_at: now,
    strict: null,
  };
  const organization = await ports.db.write(async (tx) => {
    await tx.lock([toLock(organizationId)]);
    const found = await readOrganization(tx, organizationId);
    if (found === undefined) throw notFound('Organization', organizationId);
    await requireFreeName(tx, organizationId, row.name);
    await tx.upsert('projects', [row]);
    return found;
  });
  const { id: projectId, name: detail } = row;
  ports.audit({ ...toEvent(scope, row), action: 'project.create', subject: projectId, detail });
  return toProjectRecord({ ...row, organization_name: organization.name });
}

/** Changes what is given. Fails like `createProject`, and with COAIA-0003 when there is no such project. */
export async function updateProject(
  ports: AccessPorts,
  scope: Scope,
  projectId: string,
  change: ProjectChange,
): Promise<ProjectWithOrganization> {
  const known = await requireProject(ports, scope, projectId);
  const { organization_name: organizationName, ...before } = known;
  const changes = toColumns(change);
  const row = await ports.db.write(async (tx) => {
    await tx.lock([toLock(before.organization_id)]);
    const current = await readProject(tx, projectId);
    if (current === undefined) throw notFound('Project', projectId);
    const { organization_name: _name, ...stored } = current;
    const next: ProjectRow = { ...stored, ...changes, updated_at: ports.clock() };
    if (next.name !== stored.name) await requireFreeName(tx, next.organization_id, next.name);
    await tx.upsert('projects', [next]);
    return next;
  });
  ports.forget();
  const detail = Object.keys(changes).join(',');
  ports.audit({ ...toEvent(scope, row), action: 'project.update', subject: projectId, detail });
  return { ...row, organization_name: organizationName };
}

function toColumns(change: ProjectChange): Partial<ProjectRow> {
  const { name, retention, metadata, isStrict } = change;
  return {
    ...(name === undefined ? {} : { name: toProjectName(name) }),
    ...(retention === undefined ? {} : { retention_days: toRetentionDays(retention) }),
    ...(metadata === undefined ? {} : { metadata: JSON.stringify(metadata ?? {}) }),
    ...(isStrict === undefined ? {} : { strict: isStrict === null ? null : Number(isStrict) }),
  };
}

async function requireFreeName(
  tx: Transaction,
  organizationId: string,
  name: string,
): Promise<void> {
  const taken = await findProjectByName(tx, organizationId, name);
  if (taken === undefined) return;
  throw commonErrors.create(
    'COAIA-0007',
    'A project with this name already exists in your organization',
  );
}

function toEvent(scope: Scope, row: ProjectRow) {
  return { actor: toActor(scope), organizationId: row.organization_id, projectId: row.id };
}

/** Names are unique within an organization, so writers of its projects wait for each other. */
function toLock(organizationId: string): string {
  return `access:projects:${organizationId}`;
}
