/** SQL of media records and their places. */
import type { Database, MediaLinkRow, MediaRow, SqlValue, Transaction } from '#store';

const COLUMNS = [
  'project_id',
  'id',
  'sha256',
  'content_type',
  'content_length',
  'stored_at',
  'uploaded_at',
  'upload_status',
  'upload_error',
  'upload_ms',
  'created_at',
  'updated_at',
];

/** One record, or undefined. */
export async function readMedia(
  db: Pick<Database | Transaction, 'read'>,
  projectId: string,
  mediaId: string,
): Promise<MediaRow | undefined> {
  const [row] = await db.read<MediaRow>(
    `SELECT ${COLUMNS.join(', ')} FROM media WHERE project_id = ? AND id = ?`,
    [projectId, mediaId],
  );
  return row;
}

/** The records of several ids; unknown ones are left out. */
export function readMediaRows(
  db: Database,
  projectId: string,
  mediaIds: readonly string[],
): Promise<readonly MediaRow[]> {
  return db.read<MediaRow>(
    `SELECT ${COLUMNS.join(', ')} FROM media WHERE project_id = ? AND ${db.dialect.inList('id')}`,
    [projectId, JSON.stringify(mediaIds)],
  );
}

/** Which places to list; an observation or item alone is enough. */
export interface LinkBounds {
  readonly traceId?: string | undefined;
  readonly observationId?: string | undefined;
  readonly datasetItemId?: string | undefined;
}

export type LinkedMedia = MediaRow &
  Pick<MediaLinkRow, 'subject_type' | 'parent_id' | 'subject_id' | 'field'>;

/** Records that are uploaded, by place, oldest place first. */
export function readLinkedMedia(
  db: Database,
  projectId: string,
  bounds: LinkBounds,
  page: { readonly limit: number; readonly offset: number },
): Promise<readonly LinkedMedia[]> {
  const { sql, parameters } = toSource(projectId, bounds);
  const columns = COLUMNS.map((column) => `m.${column}`).join(', ');
  return db.read<LinkedMedia>(
    `SELECT ${columns}, l.subject_type, l.parent_id, l.subject_id, l.field ${sql}
     ORDER BY l.created_at, l.subject_type, l.subject_id, l.field, l.media_id LIMIT ? OFFSET ?`,
    [...parameters, page.limit, page.offset],
  );
}

/** How many places `readLinkedMedia` would go through. */
export async function readLinkedMediaCount(
  db: Database,
  projectId: string,
  bounds: LinkBounds,
): Promise<number> {
  const { sql, parameters } = toSource(projectId, bounds);
  const [row] = await db.read<{ readonly total: number | string }>(
    `SELECT count(*) AS total ${sql}`,
    parameters,
  );
  return Number(row?.total ?? 0);
}

function toSource(projectId: string, bounds: LinkBounds) {
  const conditions = [
    'l.project_id = ?',
    'm.stored_at IS NOT NULL',
    'm.upload_status IN (200, 201)',
  ];
  const parameters: SqlValue[] = [projectId];
  if (bounds.traceId !== undefined) {
    conditions.push(`l.subject_type IN ('trace', 'observation')`, 'l.parent_id = ?');
    parameters.push(bounds.traceId);
  }
  if (bounds.observationId !== undefined) {
    conditions.push(`l.subject_type = 'observation'`, 'l.subject_id = ?');
    parameters.push(bounds.observationId);
  }
  if (bounds.datasetItemId !== undefined) {
    conditions.push(`l.subject_type = 'dataset_item'`, 'l.subject_id = ?');
    parameters.push(bounds.datasetItemId);
  }
  const sql = `FROM media_links l JOIN media m ON m.project_id = l.project_id AND m.id = l.media_id
    WHERE ${conditions.join(' AND ')}`;
  return { sql, parameters };
}
