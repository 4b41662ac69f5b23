/** Rows of projects and organizations. */
import type { Database, OrganizationRow, ProjectRow, Transaction } from '#store';
import type { ProjectRecord, ProjectWithOrganization } from './project.ts';
import { toProjectRecord } from './project.ts';

type Reader = Pick<Transaction, 'read'>;

const WITH_ORGANIZATION =
  'SELECT p.*, o.name AS organization_name FROM projects p JOIN organizations o ON o.id = p.organization_id';

/** One project of any organization. */
export async function readProject(
  db: Reader,
  projectId: string,
): Promise<ProjectWithOrganization | undefined> {
  const rows = await db.read<ProjectWithOrganization>(`${WITH_ORGANIZATION} WHERE p.id = ?`, [
    projectId,
  ]);
  return rows[0];
}

/** The projects of an organization, oldest first; of all organizations without one. */
export function readProjects(
  db: Reader,
  organizationId?: string,
): Promise<readonly ProjectWithOrganization[]> {
  const order = 'ORDER BY p.created_at, p.id';
  if (organizationId === undefined)
    return db.read<ProjectWithOrganization>(`${WITH_ORGANIZATION} ${order}`);
  return db.read<ProjectWithOrganization>(
    `${WITH_ORGANIZATION} WHERE p.organization_id = ? ${order}`,
    [organizationId],
  );
}

/** The organization's project of that name. */
export async function findProjectByName(
  db: Reader,
  organizationId: string,
  name: string,
): Promise<ProjectRow | undefined> {
  const rows = await db.read<ProjectRow>(
    'SELECT * FROM projects WHERE organization_id = ? AND name = ?',
    [organizationId, name],
  );
  return rows[0];
}

export async function readOrganization(
  db: Reader,
  id: string,
): Promise<OrganizationRow | undefined> {
  const rows = await db.read<OrganizationRow>('SELECT * FROM organizations WHERE id = ?', [id]);
  return rows[0];
}

/** One project with its organization as the API shows it, or undefined. */
export async function findProject(
  db: Database,
  projectId: string,
): Promise<ProjectRecord | undefined> {
  const row = await readProject(db, projectId);
  return row === undefined ? undefined : toProjectRecord(row);
}
