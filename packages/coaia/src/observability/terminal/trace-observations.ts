/** The observations of several traces by one query over them all. */
import type { Observation, ObservabilityApi, TraceListItem } from '@coaia/client';
import { renderAnyOf } from './known-traces.ts';

/** Ids travel in the address, which servers limit to 8 KB or so. */
const TRACES_PER_QUERY = 100;

export type TraceWithObservations = Omit<TraceListItem, 'observations'> & {
  readonly observations: readonly Observation[];
};

/** Each trace with its observations in full, sorted by start. */
export async function readObservationsOf(
  api: ObservabilityApi,
  traces: readonly TraceListItem[],
): Promise<readonly TraceWithObservations[]> {
  const byTrace = new Map<string, Observation[]>(traces.map(({ id }) => [id, []]));
  const busy = traces.filter(({ observations }) => observations.length > 0).map(({ id }) => id);
  for (let start = 0; start < busy.length; start += TRACES_PER_QUERY) {
    const ids = busy.slice(start, start + TRACES_PER_QUERY);
    for (const observation of await readAll(api, ids)) {
      byTrace.get(observation.traceId ?? '')?.push(observation);
    }
  }
  return traces.map((trace) => ({
    ...trace,
    observations: (byTrace.get(trace.id) ?? []).toSorted((one, two) =>
      one.startTime < two.startTime ? -1 : 1,
    ),
  }));
}

async function readAll(
  api: ObservabilityApi,
  traceIds: readonly string[],
): Promise<readonly Observation[]> {
  const [only] = traceIds;
  const query =
    traceIds.length === 1 && only !== undefined
      ? { traceId: only }
      : { filter: renderAnyOf('traceId', traceIds) };
  const found: Observation[] = [];
  for (let page = 1; ; page++) {
    const answer = await api.listObservations({ ...query, page, limit: 100 });
    found.push(...answer.data);
    if (answer.data.length === 0 || page >= (answer.meta.totalPages ?? 0)) return found;
  }
}
