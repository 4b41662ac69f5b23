/** Asks for the end of a project: nobody gets in any more at once, a job removes what it held. */
import { commonErrors, notFound } from '#base';
import type { Scope } from '#base';
import type { Database, Transaction } from '#store';
import { toActor } from '../audit.ts';
import { FIRST_PROJECT } from '../bootstrap.ts';
import { readOrganizationId } from '../ports.ts';
import type { AccessPorts } from '../ports.ts';
import { requireProject } from './projects.ts';

/** How far the removal of a project is. */
export interface RemovalState {
  readonly projectId: string;
  readonly name: string;
  readonly requestedAt: number;
  /** The table that is being emptied. */
  readonly step: string | null;
  readonly rowCount: number;
  readonly finishedAt: number | null;
}

/**
 * Takes the project's keys and its row away in one transaction and leaves a note for the job. Page sessions in it go
 * on in the first project. Throws COAIA-0003 for a project that is not there, COAIA-0007 for the last one.
 */
export async function deleteProject(
  ports: AccessPorts,
  scope: Scope,
  projectId: string,
): Promise<void> {
  const project = await requireProject(ports, scope, projectId);
  await ports.db.write(async (tx) => {
    await tx.lock(['access:first-project']);
    const next = await findHeir(tx, projectId);
    if (next === undefined)
      throw commonErrors.create(
        'COAIA-0007',
        'The only project of this server cannot be deleted; make another one first.',
        { hint: 'coaia projects create NAME' },
      );
    await tx.upsert('project_deletions', [
      {
        project_id: projectId,
        organization_id: project.organization_id,
        name: project.name,
        requested_by: toActor(scope),
        requested_at: ports.clock(),
        step: null,
        row_count: 0,
        finished_at: null,
      },
    ]);
    await tx.run('UPDATE store_settings SET value = ? WHERE name = ? AND value = ?', [
      next,
      FIRST_PROJECT,
      projectId,
    ]);
    await tx.run('UPDATE sign_ins SET project_id = ? WHERE project_id = ?', [next, projectId]);
    await tx.run('DELETE FROM api_keys WHERE project_id = ?', [projectId]);
    if ((await tx.run('DELETE FROM projects WHERE id = ?', [projectId])) === 0)
      throw notFound('Project', projectId);
  });
  ports.forget();
  ports.audit({
    action: 'project.delete',
    subject: projectId,
    actor: toActor(scope),
    organizationId: project.organization_id,
    projectId,
    detail: project.name,
  });
  ports.wakeRemoval();
}

/** Removals of the organization's projects, newest first, the last hundred. */
export async function listRemovals(
  ports: AccessPorts,
  scope: Scope,
): Promise<readonly RemovalState[]> {
  return ports.db.read<RemovalState>(
    `SELECT project_id AS "projectId", name, requested_at AS "requestedAt", step,
       row_count AS "rowCount", finished_at AS "finishedAt"
     FROM project_deletions WHERE organization_id = ? ORDER BY requested_at DESC, project_id LIMIT 100`,
    [await readOrganizationId(ports, scope)],
  );
}

/** The project that takes over what was the first one's: the oldest of the others. */
async function findHeir(
  db: Pick<Database | Transaction, 'read'>,
  projectId: string,
): Promise<string | undefined> {
  const rows = await db.read<{ id: string }>(
    'SELECT id FROM projects WHERE id <> ? ORDER BY created_at, id LIMIT 1',
    [projectId],
  );
  return rows[0]?.id;
}
