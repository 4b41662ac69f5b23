/** What can be done with the items of annotation queues. */
import { createId, notFound, toPageMeta } from '#base';
import type { Scope } from '#base';
import { hasSubject, toSubjectName } from '#observability';
import type { AnnotationQueueItemRow } from '#store';
import type { AnnotationQueueItem, Paged } from '@coaia/client';
import type { CurationPorts } from '../ports.ts';
import { findCompletedAt, toQueueItem } from './queue.ts';
import { getQueue } from './queues.ts';
import type { ItemBody, ItemListQuery } from './schema.ts';
import { readItem, readItemCount, readItems, readQueue } from './storage.ts';

/** Puts an object that exists into a queue. Fails with COAIA-0003. */
export async function createQueueItem(
  { db, clock }: CurationPorts,
  { projectId }: Scope,
  queueId: string,
  body: ItemBody,
): Promise<AnnotationQueueItem> {
  const now = clock();
  const status = body.status ?? 'PENDING';
  const row: AnnotationQueueItemRow = {
    project_id: projectId,
    id: createId(),
    queue_id: queueId,
    object_type: body.objectType,
    object_id: body.objectId,
    status,
    completed_at: findCompletedAt(status, null, now),
    created_at: now,
    updated_at: now,
  };
  await db.write(async (tx) => {
    if ((await readQueue(tx, projectId, queueId)) === undefined)
      throw notFound('Annotation queue', queueId);
    if (!(await hasSubject(tx, projectId, body.objectType, body.objectId)))
      throw notFound(toSubjectName(body.objectType), body.objectId);
    await tx.upsert('annotation_queue_items', [row]);
  });
  return toQueueItem(row);
}

/** One page of a queue's items, newest first. Fails with COAIA-0003. */
export async function listQueueItems(
  ports: CurationPorts,
  scope: Scope,
  queueId: string,
  { page, limit, status }: ItemListQuery,
): Promise<Paged<AnnotationQueueItem>> {
  await getQueue(ports, scope, queueId);
  const { db } = ports;
  const bounds = { queueId, status };
  const [rows, total] = await Promise.all([
    readItems(db, scope.projectId, bounds, { limit, offset: (page - 1) * limit }),
    readItemCount(db, scope.projectId, bounds),
  ]);
  return { data: rows.map(toQueueItem), meta: toPageMeta(page, limit, total) };
}

/** One item. Fails with COAIA-0003. */
export async function getQueueItem(
  { db }: CurationPorts,
  { projectId }: Scope,
  queueId: string,
  itemId: string,
): Promise<AnnotationQueueItem> {
  const row = await readItem(db, projectId, queueId, itemId);
  if (row === undefined) throw notFound('Annotation queue item', itemId);
  return toQueueItem(row);
}

/** Marks an item as done or open again. Fails with COAIA-0003. */
export async function updateQueueItem(
  { db, clock }: CurationPorts,
  { projectId }: Scope,
  position: { readonly queueId: string; readonly itemId: string },
  status: AnnotationQueueItemRow['status'] | undefined,
): Promise<AnnotationQueueItem> {
  const { queueId, itemId } = position;
  const row = await db.write(async (tx) => {
    await tx.lock([`queue-item:${projectId}:${itemId}`]);
    const known = await readItem(tx, projectId, queueId, itemId);
    if (known === undefined) throw notFound('Annotation queue item', itemId);
    if (status === undefined) return known;
    const now = clock();
    const completed_at = findCompletedAt(status, known.completed_at, now);
    const changed = { ...known, status, completed_at, updated_at: now };
    await tx.upsert('annotation_queue_items', [changed]);
    return changed;
  });
  return toQueueItem(row);
}

/** Takes an item out of its queue. Fails with COAIA-0003. */
export async function deleteQueueItem(
  { db }: CurationPorts,
  { projectId }: Scope,
  queueId: string,
  itemId: string,
): Promise<{ readonly success: boolean; readonly message: string }> {
  const count = await db.write((tx) =>
    tx.run('DELETE FROM annotation_queue_items WHERE project_id = ? AND id = ? AND queue_id = ?', [
      projectId,
      itemId,
      queueId,
    ]),
  );
  if (count === 0) throw notFound('Annotation queue item', itemId);
  return { success: true, message: 'Annotation queue item deleted' };
}
