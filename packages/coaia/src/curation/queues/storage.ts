/** SQL of annotation queues, their items and assignments. */
import type {
  AnnotationQueueAssignmentRow,
  AnnotationQueueItemRow,
  AnnotationQueueRow,
  Database,
  Transaction,
} from '#store';

type Reader = Pick<Transaction, 'read'>;

interface Position {
  readonly limit: number;
  readonly offset: number;
}

const QUEUE = 'project_id, id, name, description, score_config_ids, created_at, updated_at';
const ITEM =
  'project_id, id, queue_id, object_type, object_id, status, completed_at, created_at, updated_at';

/** One page of queues, newest first. */
export function readQueues(
  db: Database,
  projectId: string,
  { limit, offset }: Position,
): Promise<readonly AnnotationQueueRow[]> {
  return db.read(
    `SELECT ${QUEUE} FROM annotation_queues WHERE project_id = ?
     ORDER BY created_at DESC, id DESC LIMIT ? OFFSET ?`,
    [projectId, limit, offset],
  );
}

/** How many queues the project has. */
export function readQueueCount(db: Database, projectId: string): Promise<number> {
  return readTotal(db, 'FROM annotation_queues WHERE project_id = ?', [projectId]);
}

/** One queue by its id, or undefined. */
export async function readQueue(
  db: Reader,
  projectId: string,
  queueId: string,
): Promise<AnnotationQueueRow | undefined> {
  const [row] = await db.read<AnnotationQueueRow>(
    `SELECT ${QUEUE} FROM annotation_queues WHERE project_id = ? AND id = ?`,
    [projectId, queueId],
  );
  return row;
}

/** True when the project has a queue of this name. */
export async function hasQueueName(db: Reader, projectId: string, name: string): Promise<boolean> {
  const rows = await db.read(
    'SELECT 1 AS one FROM annotation_queues WHERE project_id = ? AND name = ?',
    [projectId, name],
  );
  return rows.length > 0;
}

/** Which of these score configs the project has. */
export async function readKnownConfigs(
  db: Reader,
  { dialect }: Pick<Database, 'dialect'>,
  projectId: string,
  ids: readonly string[],
): Promise<ReadonlySet<string>> {
  const rows = await db.read<{ readonly id: string }>(
    `SELECT id FROM score_configs WHERE project_id = ? AND ${dialect.inList('id')}`,
    [projectId, JSON.stringify(ids)],
  );
  return new Set(rows.map(({ id }) => id));
}

/** Which items; without a status all of the queue. */
export interface ItemBounds {
  readonly queueId: string;
  readonly status?: string | undefined;
}

/** One page of items, newest first. */
export function readItems(
  db: Database,
  projectId: string,
  bounds: ItemBounds,
  { limit, offset }: Position,
): Promise<readonly AnnotationQueueItemRow[]> {
  const { sql, parameters } = toItemSource(projectId, bounds);
  return db.read(`SELECT ${ITEM} ${sql} ORDER BY created_at DESC, id DESC LIMIT ? OFFSET ?`, [
    ...parameters,
    limit,
    offset,
  ]);
}

/** How many items lie within the bounds. */
export function readItemCount(
  db: Database,
  projectId: string,
  bounds: ItemBounds,
): Promise<number> {
  const { sql, parameters } = toItemSource(projectId, bounds);
  return readTotal(db, sql, parameters);
}

function toItemSource(projectId: string, { queueId, status }: ItemBounds) {
  const sql = 'FROM annotation_queue_items WHERE project_id = ? AND queue_id = ?';
  return status === undefined
    ? { sql, parameters: [projectId, queueId] }
    : { sql: `${sql} AND status = ?`, parameters: [projectId, queueId, status] };
}

/** One item of a queue, or undefined. */
export async function readItem(
  db: Reader,
  projectId: string,
  queueId: string,
  itemId: string,
): Promise<AnnotationQueueItemRow | undefined> {
  const [row] = await db.read<AnnotationQueueItemRow>(
    `SELECT ${ITEM} FROM annotation_queue_items WHERE project_id = ? AND id = ? AND queue_id = ?`,
    [projectId, itemId, queueId],
  );
  return row;
}

/** Who works on a queue, in the order in which they came. */
export function readAssignments(
  db: Database,
  projectId: string,
  queueId: string,
): Promise<readonly AnnotationQueueAssignmentRow[]> {
  return db.read(
    `SELECT project_id, queue_id, user_id, created_at FROM annotation_queue_assignments
     WHERE project_id = ? AND queue_id = ? ORDER BY created_at, user_id LIMIT 1000`,
    [projectId, queueId],
  );
}

async function readTotal(
  db: Database,
  source: string,
  parameters: readonly string[],
): Promise<number> {
  const [row] = await db.read<{ readonly total: number | string }>(
    `SELECT count(*) AS total ${source}`,
    parameters,
  );
  return Number(row?.total ?? 0);
}
