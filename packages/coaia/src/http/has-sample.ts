/** Does a project show the sample? Its traces are named `sample/...` and lie in the environment `sample`. */
import type { Database } from '#store';

/** True while at least one trace of the sample is there. A range over the index by name: cheap in any store. */
export async function hasSample(db: Database, projectId: string): Promise<boolean> {
  // `0` is the character after `/`.
  const rows = await db.read(
    `SELECT id FROM traces
     WHERE project_id = ? AND name >= 'sample/' AND name < 'sample0' AND environment = 'sample' LIMIT 1`,
    [projectId],
  );
  return rows.length > 0;
}
