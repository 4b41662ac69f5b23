/** Traces as records of their own, where the server has them. */
import { readId, readText, readTexts, readTime, toFields } from '../sources/wire.ts';
import type { Wire } from '../sources/wire.ts';
import { readNewestFirst } from '../sources/windows.ts';
import type { Kind, WriteTarget } from './kind.ts';
import { findReferences } from './media-references.ts';
import { toTraceEvent, writeEvents } from './write-events.ts';

const FIELDS = [
  'timestamp',
  'name',
  'input',
  'output',
  'sessionId',
  'release',
  'version',
  'userId',
  'public',
  'createdAt',
] as const;

export const traces: Kind = {
  name: 'traces',
  isReadable: ({ modes }) => modes.traces === 'entities',
  note: ({ modes }) =>
    modes.traces === 'entities'
      ? undefined
      : 'the server has no list of traces (404); they are made from their observations, with input and output of the root',
  readPage: ({ api, since }, position) =>
    readNewestFirst(
      api,
      { segments: ['traces'], query: { fields: 'core,io', fromTimestamp: since }, limit: 50 },
      { time: 'timestamp', until: 'toTimestamp' },
      position,
    ),
  toId: readId,
  toContent: (item) => ({
    ...toFields(item, FIELDS),
    bookmarked: item['bookmarked'] === true,
    environment: readText(item, 'environment') ?? 'default',
    metadata: item['metadata'] ?? {},
    tags: readTexts(item, 'tags'),
  }),
  findMedia: (item) =>
    findReferences(item, ['input', 'output', 'metadata'], {
      subject: 'trace',
      parentId: readId(item),
      subjectId: readId(item),
    }),
  async write(target, items) {
    const gaps = await writeEvents(target, items.map(toTraceEvent));
    const refused = new Set(gaps.map(({ id }) => id));
    for (const item of items) if (!refused.has(readId(item))) await updateTimes(target, item);
    return gaps;
  },
};

/** What no event says: when the other server made and changed the record, and whether somebody marked it. */
async function updateTimes({ tx, scope, now }: WriteTarget, item: Wire): Promise<void> {
  const created = readTime(item, 'createdAt') ?? readTime(item, 'timestamp') ?? now;
  await tx.run(
    'UPDATE traces SET created_at = ?, updated_at = ?, bookmarked = ? WHERE project_id = ? AND id = ?',
    [
      created,
      readTime(item, 'updatedAt') ?? created,
      item['bookmarked'] === true ? 1 : 0,
      scope.projectId,
      readId(item),
    ],
  );
}
