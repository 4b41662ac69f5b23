/** The sample: a small project that shows what the pages are for, and says of itself that it is one. */
import { isObject, systemClock } from '#base';
import type { IngestionEvent } from '#base';
import type { ObservabilityApi, TraceListItem } from '@coaia/client';
import { createAgentRun, createFailingRun } from './agent-traces.ts';
import { createChat } from './chat-traces.ts';
import { createRandom } from './random.ts';
import { SAMPLE_TAG } from './sample-trace.ts';
import type { SampleTrace } from './sample-trace.ts';
import { createPipelineRun, createTicket } from './work-traces.ts';

const HOUR_MS = 3_600_000;
const DEFAULT_SEED = 26_242;
const TICKETS = 17;

/** The 24 traces, spread over the 24 hours before `now` (epoch milliseconds); equal for equal seeds. */
export function createSample(now: number, seed = DEFAULT_SEED): readonly SampleTrace[] {
  const random = createRandom(seed);
  const hoursAgo = (hours: number): number => now - Math.round(hours * HOUR_MS);
  return [
    createPipelineRun(random, hoursAgo(21.5)),
    createFailingRun(random, hoursAgo(5.2)),
    ...createChat(random, hoursAgo(2.6)),
    createAgentRun(random, hoursAgo(0.4)),
    ...Array.from({ length: TICKETS }, (_, index) =>
      createTicket(random, hoursAgo(23 - index * 1.35 - random.next())),
    ),
  ];
}

/** Loads the sample in place of an older one; resolves with the ids of its traces. */
export async function loadSample(
  api: ObservabilityApi,
  now = systemClock(),
  seed = DEFAULT_SEED,
): Promise<readonly string[]> {
  await removeSample(api);
  const traces = createSample(now, seed);
  const events: readonly IngestionEvent[] = traces.flatMap((trace) => trace.events);
  const { errors } = await api.ingest(events);
  const [first] = errors;
  if (first !== undefined)
    throw new Error(`the sample was refused: ${first.message ?? first.status}`);
  return traces.map(({ id }) => id);
}

/** Removes exactly the traces that carry the sample's tag and mark; resolves with their ids. */
export async function removeSample(api: ObservabilityApi): Promise<readonly string[]> {
  const found: string[] = [];
  for (let page = 1; ; page++) {
    const answer = await api.listTraces({ tags: [SAMPLE_TAG], limit: 100, page });
    found.push(...answer.data.filter((trace) => isSample(trace)).map(({ id }) => id));
    if (answer.data.length === 0 || page >= answer.meta.totalPages) break;
  }
  if (found.length > 0) await api.deleteTraces(found);
  return found;
}

/** The tag alone may be somebody's own. */
function isSample({ metadata, tags }: Pick<TraceListItem, 'metadata' | 'tags'>): boolean {
  return tags.includes(SAMPLE_TAG) && isObject(metadata) && metadata['sample'] === true;
}
