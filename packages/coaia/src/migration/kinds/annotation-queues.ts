/** Annotation queues with what stands in them; who works on them is not listed by the API. */
import type { AnnotationQueueItemRow, AnnotationQueueRow } from '#store';
import { readAll, readNumbered } from '../sources/pages.ts';
import { readId, readRecords, readText, readTexts, readTime, toFields } from '../sources/wire.ts';
import type { Wire } from '../sources/wire.ts';
import type { Gap, Kind, WriteTarget } from './kind.ts';

const LIST = { segments: ['annotation-queues'], limit: 20 };

const OBJECTS = ['TRACE', 'OBSERVATION', 'SESSION'] as const;

const ITEM_FIELDS = ['id', 'objectId', 'objectType', 'status', 'completedAt'] as const;

export const annotationQueues: Kind = {
  name: 'annotation-queues',
  async readPage({ api }, position) {
    const page = await readNumbered(api, LIST, position);
    const items: Wire[] = [];
    for (const queue of page.items) {
      const segments = [...LIST.segments, readId(queue), 'items'];
      const own = await readAll((next) => readNumbered(api, { segments, limit: 100 }, next));
      items.push({ ...queue, items: own });
    }
    return { ...page, items };
  },
  toId: readId,
  toContent: (item) => ({
    ...toFields(item, ['name', 'description', 'createdAt']),
    scoreConfigIds: readTexts(item, 'scoreConfigIds'),
    items: readRecords(item, 'items')
      .map((one) => JSON.stringify(toFields(one, ITEM_FIELDS)))
      .toSorted(),
  }),
  async write(target, items) {
    const gaps: Gap[] = [];
    for (const item of items) gaps.push(...(await writeQueue(target, item)));
    return gaps;
  },
};

async function writeQueue(target: WriteTarget, item: Wire): Promise<readonly Gap[]> {
  const { tx, scope, now } = target;
  const row = toRow(item, scope.projectId, now);
  const [other] = await tx.read<{ readonly id: string }>(
    'SELECT id FROM annotation_queues WHERE project_id = ? AND name = ? AND id <> ?',
    [row.project_id, row.name, row.id],
  );
  if (other !== undefined)
    return [{ id: row.id, reason: `this store has another queue with the name ${row.name}` }];
  await tx.upsert('annotation_queues', [row]);
  const entries = readRecords(item, 'items').flatMap((one) => toEntry(one, row, now) ?? []);
  await tx.upsert('annotation_queue_items', entries);
  return [];
}

function toRow(item: Wire, projectId: string, now: number): AnnotationQueueRow {
  const created = readTime(item, 'createdAt') ?? now;
  return {
    project_id: projectId,
    id: readId(item),
    name: readText(item, 'name') ?? readId(item),
    description: readText(item, 'description'),
    score_config_ids: JSON.stringify(readTexts(item, 'scoreConfigIds')),
    created_at: created,
    updated_at: readTime(item, 'updatedAt') ?? created,
  };
}

function toEntry(
  item: Wire,
  queue: AnnotationQueueRow,
  now: number,
): AnnotationQueueItemRow | undefined {
  const type = OBJECTS.find((one) => one === item['objectType']);
  if (type === undefined) return undefined;
  const created = readTime(item, 'createdAt') ?? now;
  return {
    project_id: queue.project_id,
    id: readId(item),
    queue_id: queue.id,
    object_type: type,
    object_id: readId(item, 'objectId'),
    status: item['status'] === 'COMPLETED' ? 'COMPLETED' : 'PENDING',
    completed_at: readTime(item, 'completedAt'),
    created_at: created,
    updated_at: readTime(item, 'updatedAt') ?? created,
  };
}
