/** What can be done with annotation queues. */
import { createId, notFound, toPageMeta } from '#base';
import type { Scope } from '#base';
import type { AnnotationQueue, Paged, QueueAssignment } from '@coaia/client';
import type { CurationPorts } from '../ports.ts';
import { queueFailures } from './errors.ts';
import { toQueue } from './queue.ts';
import type { PageQuery, QueueBody } from './schema.ts';
import {
  hasQueueName,
  readAssignments,
  readKnownConfigs,
  readQueue,
  readQueueCount,
  readQueues,
} from './storage.ts';

/** Makes a queue. Fails with COAIA-2200 (name taken) and COAIA-2201 (no such score config). */
export async function createQueue(
  { db, clock }: CurationPorts,
  { projectId }: Scope,
  body: QueueBody,
): Promise<AnnotationQueue> {
  const now = clock();
  const ids = [...new Set(body.scoreConfigIds)];
  const row = {
    project_id: projectId,
    id: createId(),
    name: body.name,
    description: body.description ?? null,
    score_config_ids: JSON.stringify(ids),
    created_at: now,
    updated_at: now,
  };
  await db.write(async (tx) => {
    await tx.lock([`queues:${projectId}`]);
    if (await hasQueueName(tx, projectId, body.name))
      throw queueFailures.create(
        'COAIA-2200',
        `An annotation queue named "${body.name}" exists already.`,
      );
    const known = await readKnownConfigs(tx, db, projectId, ids);
    const missing = ids.filter((id) => !known.has(id));
    if (missing.length > 0)
      throw queueFailures.create(
        'COAIA-2201',
        `There is no score config ${missing.join(', ')} in this project.`,
      );
    await tx.upsert('annotation_queues', [row]);
  });
  return toQueue(row);
}

/** One page of queues, newest first. */
export async function listQueues(
  { db }: CurationPorts,
  { projectId }: Scope,
  { page, limit }: PageQuery,
): Promise<Paged<AnnotationQueue>> {
  const [rows, total] = await Promise.all([
    readQueues(db, projectId, { limit, offset: (page - 1) * limit }),
    readQueueCount(db, projectId),
  ]);
  return { data: rows.map(toQueue), meta: toPageMeta(page, limit, total) };
}

/** One queue. Fails with COAIA-0003. */
export async function getQueue(
  { db }: CurationPorts,
  { projectId }: Scope,
  queueId: string,
): Promise<AnnotationQueue> {
  const row = await readQueue(db, projectId, queueId);
  if (row === undefined) throw notFound('Annotation queue', queueId);
  return toQueue(row);
}

/** Puts a user to work on a queue; doing so twice is the same. The user's id is taken as given. */
export async function addAssignment(
  { db, clock }: CurationPorts,
  { projectId }: Scope,
  queueId: string,
  userId: string,
): Promise<QueueAssignment> {
  await db.write(async (tx) => {
    if ((await readQueue(tx, projectId, queueId)) === undefined)
      throw notFound('Annotation queue', queueId);
    await tx.upsert('annotation_queue_assignments', [
      { project_id: projectId, queue_id: queueId, user_id: userId, created_at: clock() },
    ]);
  });
  return { userId, queueId, projectId };
}

/** Takes a user off a queue; one who was not on it is no failure. */
export async function removeAssignment(
  { db }: CurationPorts,
  { projectId }: Scope,
  queueId: string,
  userId: string,
): Promise<{ readonly success: boolean }> {
  await db.write(async (tx) => {
    if ((await readQueue(tx, projectId, queueId)) === undefined)
      throw notFound('Annotation queue', queueId);
    await tx.run(
      'DELETE FROM annotation_queue_assignments WHERE project_id = ? AND queue_id = ? AND user_id = ?',
      [projectId, queueId, userId],
    );
  });
  return { success: true };
}

/** Who works on a queue. Fails with COAIA-0003. */
export async function listAssignments(
  ports: CurationPorts,
  scope: Scope,
  queueId: string,
): Promise<{ readonly data: readonly QueueAssignment[] }> {
  await getQueue(ports, scope, queueId);
  const rows = await readAssignments(ports.db, scope.projectId, queueId);
  return {
    data: rows.map((row) => ({
      userId: row.user_id,
      queueId: row.queue_id,
      projectId: row.project_id,
    })),
  };
}
