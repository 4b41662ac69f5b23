/** Sending events and saying what became of them. */
import { createId, systemClock, toIso } from '#base';
import type { IngestionEvent } from '#base';
import type { Output } from '#surface';
import type { IngestionResult, ObservabilityApi } from '@coaia/client';
import { terminalFailures } from './errors.ts';

/** An event with an id of its own, so that repeating a command is a change and not a duplicate. */
export function createEvent(
  type: string,
  body: Readonly<Record<string, unknown>>,
  now = systemClock(),
): IngestionEvent {
  return { id: createId(), type, timestamp: toIso(now), body: toGiven(body) };
}

/** Leaves out what was not given; zero, false, null and empty texts stay. */
export function toGiven(values: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}

/** The answer as commands print it: ids are those of the objects, not of the events. */
export interface SendReport extends IngestionResult {
  readonly traceId: string;
}

/** Sends events and names each result by its object. */
export async function sendEvents(
  api: Pick<ObservabilityApi, 'ingest'>,
  traceId: string,
  events: readonly IngestionEvent[],
): Promise<SendReport> {
  const objects = new Map(events.map(({ id, body }) => [id, (body as { readonly id: string }).id]));
  const rename = <T extends { readonly id: string }>(item: T): T => ({
    ...item,
    id: objects.get(item.id) ?? item.id,
  });
  const answer = await api.ingest(events);
  return {
    successes: answer.successes.map((item) => rename(item)),
    errors: answer.errors.map((item) => rename(item)),
    traceId,
  };
}

/** Throws COAIA-1065 when everything was refused and COAIA-1066 when some of it was. */
export function checkReport(report: SendReport): void {
  const [first] = report.errors;
  if (first === undefined) return;
  const reason = `${first.id}: ${first.message ?? 'refused'}${toReasons(first.error)}`;
  const total = report.errors.length + report.successes.length;
  throw report.successes.length === 0
    ? terminalFailures.create('COAIA-1065', `The server refused ${reason}.`)
    : terminalFailures.create(
        'COAIA-1066',
        `The server refused ${report.errors.length} of ${total}; first ${reason}.`,
      );
}

/** Prints the report, then fails if anything was refused. */
export function printReport(out: Output, report: SendReport): void {
  out.json(report);
  checkReport(report);
}

/** Field issues of a refused event in brackets, the first two. */
function toReasons(error: unknown): string {
  if (typeof error === 'string') return ` (${error})`;
  if (!Array.isArray(error)) return '';
  const texts = (error as { readonly path?: readonly string[]; readonly message?: string }[])
    .slice(0, 2)
    .map(({ path, message }) => `${path?.join('.') ?? ''} ${message ?? ''}`.trim());
  return ` (${texts.join('; ')})`;
}
