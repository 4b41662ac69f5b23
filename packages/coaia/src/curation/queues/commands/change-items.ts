/** One change to several items that are named by their ids. */
import { EXIT, isCoaiaError, notFound } from '#base';
import type { CommandContext } from '#surface';
import type { AnnotationQueueItem, QueuesApi } from '@coaia/client';
import { toCount } from '../../datasets/text.ts';
import { findQueueItem } from '../find-queue.ts';

export const itemOptions = {
  queue: {
    type: 'string',
    placeholder: 'QUEUE',
    summary: 'Queue of the items; otherwise every queue is asked',
  },
} as const;

interface ItemChange {
  readonly ids: readonly string[];
  readonly queue: string | undefined;
  /** Past participle, as in `Completed 2 items.` */
  readonly done: string;
  /** Applies it and answers what JSON shows of the item. */
  readonly apply: (api: QueuesApi, item: AnnotationQueueItem) => Promise<unknown>;
}

/** Applies it to all that exist. Fails with COAIA-0003 when none does; exit 5 when some do not. */
export async function changeItems(
  { open, out, flags }: CommandContext<QueuesApi>,
  { ids, queue, done, apply }: ItemChange,
): Promise<number> {
  const api = await open();
  const changed: unknown[] = [];
  const missing: string[] = [];
  for (const id of new Set(ids)) {
    try {
      changed.push(await apply(api, await findQueueItem(api, id, queue)));
    } catch (error) {
      if (!isCoaiaError(error) || error.code !== 'COAIA-0003') throw error;
      if (ids.length === 1) throw error;
      missing.push(id);
    }
  }
  if (changed.length === 0)
    throw notFound('Annotation queue item', missing.join(', '), 'coaia queues items QUEUE');
  if (flags.json) out.json(changed);
  else out.confirm(`${done} ${toCount(changed.length, 'item')}.`);
  if (missing.length === 0) return EXIT.done;
  out.notice(`Not found: ${missing.join(', ')}.`);
  return EXIT.partial;
}
