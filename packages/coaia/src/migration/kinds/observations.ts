/** Observations in either form: entities of the older API, or v2 with the fields of their trace. */
import type { IngestionEvent } from '#base';
import type { Position, SourcePage } from '../sources/pages.ts';
import type { Source } from '../sources/source.ts';
import { readId, readText, readTexts, readTime, toFields } from '../sources/wire.ts';
import type { Wire } from '../sources/wire.ts';
import { readNewestFirst } from '../sources/windows.ts';
import type { Kind, WriteTarget } from './kind.ts';
import { findReferences } from './media-references.ts';
import { readObservationsV2 } from './observations-v2.ts';
import { toCosts, toUsage } from './usage.ts';
import { toEventTime, toGiven, writeEvents } from './write-events.ts';

const FIELDS = [
  'traceId',
  'type',
  'name',
  'startTime',
  'endTime',
  'completionStartTime',
  'model',
  'modelParameters',
  'input',
  'output',
  'version',
  'level',
  'statusMessage',
  'parentObservationId',
  'promptName',
  'promptVersion',
  'createdAt',
] as const;

/** Fields of the trace, which only v2 has. */
const TRACE_FIELDS = ['traceName', 'userId', 'sessionId', 'release'] as const;

export const observations: Kind = {
  name: 'observations',
  readPage,
  toId: readId,
  toContent: (item) => ({
    ...toFields(item, FIELDS),
    environment: readText(item, 'environment') ?? 'default',
    metadata: item['metadata'] ?? {},
    usage: toUsage(item)?.usageDetails ?? {},
    cost: toCosts(item) ?? {},
    ...('traceName' in item
      ? { ...toFields(item, TRACE_FIELDS), tags: readTexts(item, 'tags') }
      : {}),
  }),
  findMedia: (item) =>
    findReferences(item, ['input', 'output', 'metadata'], {
      subject: 'observation',
      parentId: readId(item, 'traceId'),
      subjectId: readId(item),
    }),
  async write(target, items) {
    const events = items.flatMap((item) =>
      'traceName' in item ? [toTraceOf(item), toEvent(item)] : [toEvent(item)],
    );
    const gaps = await writeEvents(target, events);
    const refused = new Set(gaps.map(({ id }) => id));
    for (const item of items) if (!refused.has(readId(item))) await updateTimes(target, item);
    return gaps;
  },
};

function readPage(source: Source, position: Position | undefined): Promise<SourcePage> {
  const { api, modes, since } = source;
  if (modes.traces === 'observations') return readObservationsV2(source, position);
  return readNewestFirst(
    api,
    { segments: ['observations'], query: { fromStartTime: since }, limit: 100 },
    { time: 'startTime', until: 'toStartTime' },
    position,
  );
}

function toEvent(item: Wire): IngestionEvent {
  const { id, traceId, type, name, startTime, endTime, completionStartTime, environment } = item;
  const { model, modelParameters, input, output, metadata, version, level } = item;
  const { statusMessage, parentObservationId, promptName, promptVersion } = item;
  return {
    id: `migrate:${readId(item)}`,
    type: 'observation-create',
    timestamp: toEventTime(item, 'startTime'),
    body: {
      ...toGiven({ id, traceId, type, name, startTime, endTime, completionStartTime, environment }),
      ...toGiven({ model, modelParameters, input, output, metadata, version, level }),
      ...toGiven({ statusMessage, parentObservationId, promptName, promptVersion }),
      ...toUsage(item),
      ...toGiven({ costDetails: toCosts(item) }),
    },
  };
}

/** The trace as one of its observations tells of it; time, input and output are those of the root. */
function toTraceOf(item: Wire): IngestionEvent {
  const { traceName, userId, sessionId, release, version, environment, tags, startTime } = item;
  const { input, output, metadata } = item;
  const isRoot = readText(item, 'parentObservationId') === null;
  return {
    id: `migrate:${readId(item)}:trace`,
    type: 'trace-create',
    timestamp: toEventTime(item, 'startTime'),
    body: {
      ...toGiven({ id: item['traceId'], name: traceName, userId, sessionId, release, tags }),
      ...(isRoot
        ? toGiven({ timestamp: startTime, version, environment, input, output, metadata })
        : {}),
      ...(item['public'] === true ? { public: true } : {}),
    },
  };
}

/** When the other server made and changed the record, which no event says. */
async function updateTimes({ tx, scope, now }: WriteTarget, item: Wire): Promise<void> {
  const created = readTime(item, 'createdAt') ?? readTime(item, 'startTime') ?? now;
  await tx.run(
    'UPDATE observations SET created_at = ?, updated_at = ? WHERE project_id = ? AND id = ?',
    [created, readTime(item, 'updatedAt') ?? created, scope.projectId, readId(item)],
  );
}
