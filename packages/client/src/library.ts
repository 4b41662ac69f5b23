/** The calls of CoAiAPy's library (`coaiapy.cofuse`) over one client: the same names, objects instead of text. */
import type { CoaiaClient } from './client.ts';
import { ClientError } from './client-error.ts';
import { createCommentsApi } from './comments-api.ts';
import { getConfigWithAutoRefresh } from './config-cache.ts';
import type { CachePlace } from './config-cache.ts';
import { createDatasetsApi } from './datasets-api.ts';
import type { DatasetItem } from './datasets-api.ts';
import { createPromptsApi } from './prompts-api.ts';
import { createScoresApi } from './scores-api.ts';
import { validateScoreValue } from './score-value.ts';
import type { JsonValue, TraceQuery } from './wire.ts';

/** What a trace is made with; its id may be the caller's own. */
export interface TraceFields {
  readonly id?: string;
  readonly name?: string;
  readonly userId?: string;
  readonly sessionId?: string;
  readonly input?: JsonValue;
  readonly output?: JsonValue;
  readonly metadata?: JsonValue;
  readonly tags?: readonly string[];
}

export interface ObservationFields {
  readonly id?: string;
  /** EVENT when absent, as the command line has it. */
  readonly type?: string;
  readonly name?: string;
  readonly parentObservationId?: string;
  readonly input?: JsonValue;
  readonly output?: JsonValue;
  readonly metadata?: JsonValue;
  /** ISO 8601. */
  readonly startTime?: string;
  readonly endTime?: string;
  readonly model?: string;
  readonly usageDetails?: Readonly<Record<string, number>>;
  readonly level?: string;
  readonly statusMessage?: string;
}

/** Exactly one of a trace (perhaps with an observation) and a session. */
export interface ScoreTarget {
  readonly traceId?: string;
  readonly observationId?: string;
  readonly sessionId?: string;
}

/** Opens the calls. Every one rejects with ClientError. */
export function createLibrary(client: CoaiaClient) {
  const scores = createScoresApi(client);
  const datasets = createDatasetsApi(client);
  return {
    ...toTraceCalls(client),
    ...createPromptsApi(client),
    ...createCommentsApi(client),
    ...datasets,
    ...scores,
    listDatasetItems: (datasetName: string) => listAllItems(datasets, datasetName),
    createScoreForTarget: async (
      target: ScoreTarget,
      score: { readonly name: string; readonly value: number | string; readonly comment?: string },
    ) => scores.createScore({ ...checkTarget(target), ...score }),
    /** Finds the config by name or id (a day from the cache), checks the value, writes the score. */
    applyScoreConfig: async (
      nameOrId: string,
      target: ScoreTarget,
      given: { readonly value: unknown; readonly comment?: string; readonly place?: CachePlace },
    ) => {
      const { value, comment, place } = given;
      const config = await getConfigWithAutoRefresh(client, nameOrId, place);
      if (config === undefined)
        throw new ClientError(`There is no score config ${nameOrId}.`, { kind: 'not-found' });
      return scores.createScore({
        ...checkTarget(target),
        name: config.name,
        configId: config.id,
        dataType: config.dataType,
        value: validateScoreValue(config, value),
        ...(comment === undefined ? {} : { comment }),
      });
    },
  };
}

function checkTarget(target: ScoreTarget): ScoreTarget {
  const isOne = (target.traceId === undefined) !== (target.sessionId === undefined);
  if (isOne) return target;
  throw new ClientError('A score is given to a trace or to a session, and to one of them.', {
    kind: 'rejected',
  });
}

function toTraceCalls(client: CoaiaClient) {
  const send = async (events: readonly { readonly type: string; readonly body: object }[]) => {
    const timestamp = new Date().toISOString();
    const { errors } = await client.ingest(
      events.map((event) => ({ id: crypto.randomUUID(), timestamp, ...event })),
    );
    const [first] = errors;
    if (first === undefined) return;
    throw new ClientError(first.message ?? 'The server refused an event.', { kind: 'rejected' });
  };
  const toObservation = (traceId: string, { type = 'EVENT', ...fields }: ObservationFields) => ({
    id: crypto.randomUUID(),
    traceId,
    type,
    startTime: new Date().toISOString(),
    ...fields,
  });
  return {
    /** Answers the id. */
    addTrace: async (fields: TraceFields) => {
      const body = { id: crypto.randomUUID().replaceAll('-', ''), ...fields };
      await send([{ type: 'trace-create', body }]);
      return body.id;
    },
    addObservation: async (traceId: string, fields: ObservationFields) => {
      const body = toObservation(traceId, fields);
      await send([{ type: 'observation-create', body }]);
      return body.id;
    },
    /** In one batch; answers the ids in order. */
    addObservationsBatch: async (traceId: string, list: readonly ObservationFields[]) => {
      const bodies = list.map((fields) => toObservation(traceId, fields));
      await send(bodies.map((body) => ({ type: 'observation-create', body })));
      return bodies.map(({ id }) => id);
    },
    /** Leaves everything else of the trace as it is. */
    patchTraceOutput: (traceId: string, output: JsonValue) =>
      send([{ type: 'trace-create', body: { id: traceId, output } }]),
    listTraces: (query: TraceQuery) => client.listTraces(query),
    getTraceWithObservations: (traceId: string) => client.getTrace(traceId),
    getObservation: (observationId: string) => client.getObservation(observationId),
  };
}

/** All pages; items of other datasets, which some servers send along, are left out. */
async function listAllItems(
  datasets: ReturnType<typeof createDatasetsApi>,
  datasetName: string,
): Promise<readonly DatasetItem[]> {
  const items: DatasetItem[] = [];
  for (let page = 1; ; page++) {
    const { data, meta } = await datasets.listDatasetItems({ datasetName, page, limit: 100 });
    items.push(...data.filter((item) => item.datasetName === datasetName));
    if (data.length === 0 || page >= meta.totalPages) return items;
  }
}
