/** SQL of pipeline templates kept with a project. */
import type { Database, PipelineTemplateRow, Transaction } from '#store';

type Reader = Pick<Transaction, 'read'>;

const COLUMNS = 'project_id, name, revision, version, format, text, digest, created_at';

/** The newest revision of every template, by name. */
export function readNewest(
  db: Database,
  projectId: string,
): Promise<readonly PipelineTemplateRow[]> {
  return db.read(
    `SELECT ${COLUMNS} FROM pipeline_templates AS one WHERE project_id = ? AND revision =
       (SELECT max(revision) FROM pipeline_templates
        WHERE project_id = one.project_id AND name = one.name)
     ORDER BY name`,
    [projectId],
  );
}

/** All revisions of a template, newest first. */
export function readRevisions(
  db: Reader,
  projectId: string,
  name: string,
): Promise<readonly PipelineTemplateRow[]> {
  return db.read(
    `SELECT ${COLUMNS} FROM pipeline_templates WHERE project_id = ? AND name = ?
     ORDER BY revision DESC`,
    [projectId, name],
  );
}

/** Removes all revisions; answers how many there were. */
export function deleteRevisions(tx: Transaction, projectId: string, name: string): Promise<number> {
  return tx.run('DELETE FROM pipeline_templates WHERE project_id = ? AND name = ?', [
    projectId,
    name,
  ]);
}
