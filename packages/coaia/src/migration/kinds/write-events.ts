/** Traces and observations go in as events, so that counts, sessions and sums follow them. */
import { systemClock, toIso } from '#base';
import type { IngestionEvent } from '#base';
import { importEvents } from '#observability';
import { readId, readText, readTime } from '../sources/wire.ts';
import type { Wire } from '../sources/wire.ts';
import type { Gap, WriteTarget } from './kind.ts';

/** Time of an event: what changed later counts more, also when a copy is repeated. */
export function toEventTime(item: Wire, own: string): string {
  const time = readTime(item, 'updatedAt') ?? readTime(item, 'createdAt') ?? readTime(item, own);
  return toIso(time ?? 0);
}

/** The event that makes a trace as the older API shows it. */
export function toTraceEvent(item: Wire): IngestionEvent {
  const { id, timestamp, name, userId, sessionId, release, version, environment } = item;
  const { tags, input, output, metadata } = item;
  return {
    id: `migrate:${readId(item)}`,
    type: 'trace-create',
    timestamp: toEventTime(item, 'timestamp'),
    body: {
      ...toGiven({ id, timestamp, name, userId, sessionId, release, version, environment }),
      ...toGiven({ tags, input, output, metadata }),
      public: item['public'] === true,
    },
  };
}

/** Members that are neither missing nor null: a copy sets, it does not clear. */
export function toGiven(members: Wire): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(members).filter(([, value]) => value !== null && value !== undefined),
  );
}

/** Stores events; those that are refused come back with the reason, under the id of their record. */
export async function writeEvents(
  { tx, db, scope }: WriteTarget,
  events: readonly IngestionEvent[],
): Promise<readonly Gap[]> {
  if (events.length === 0) return [];
  const { errors } = await importEvents({ db, clock: systemClock }, tx, scope, events);
  const subjects = new Map(events.map((event) => [event.id, event.body as Wire]));
  return errors.map(({ id, message, error }) => ({
    id: readText(subjects.get(id) ?? {}, 'id') ?? id,
    reason: toReason(message, error),
  }));
}

function toReason(message: string | undefined, error: unknown): string {
  const [issue] = Array.isArray(error) ? (error as readonly Wire[]) : [];
  if (issue === undefined) return message ?? 'the record was refused';
  const path = Array.isArray(issue['path']) ? issue['path'].slice(1).join('.') : '';
  return `${path}: ${String(issue['message'])}`;
}
