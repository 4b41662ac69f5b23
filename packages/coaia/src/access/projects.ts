/** Projects as the API shows them. */
import { isObject } from '#base';
import type { Database } from '#store';

export interface ProjectRecord {
  readonly id: string;
  readonly name: string;
  readonly organization: { readonly id: string; readonly name: string };
  readonly metadata: Readonly<Record<string, unknown>>;
  /** Days; absent when everything is kept. */
  readonly retentionDays?: number;
}

interface Row {
  id: string;
  name: string;
  metadata: string;
  retention_days: number | null;
  organization_id: string;
  organization_name: string;
}

/** One project with its organization, or undefined. */
export async function findProject(
  db: Database,
  projectId: string,
): Promise<ProjectRecord | undefined> {
  const rows = await db.read<Row>(
    `SELECT p.id, p.name, p.metadata, p.retention_days, p.organization_id, o.name AS organization_name
     FROM projects p JOIN organizations o ON o.id = p.organization_id WHERE p.id = ?`,
    [projectId],
  );
  const row = rows[0];
  if (row === undefined) return undefined;
  const metadata: unknown = JSON.parse(row.metadata || '{}');
  return {
    id: row.id,
    name: row.name,
    organization: { id: row.organization_id, name: row.organization_name },
    metadata: isObject(metadata) ? metadata : {},
    ...(row.retention_days === null ? {} : { retentionDays: row.retention_days }),
  };
}
