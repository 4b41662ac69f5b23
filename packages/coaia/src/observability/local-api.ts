/** The room's interface over the embedded store, for commands: the same calls that the client makes by HTTP. */
import { findProject } from '#access';
import { invalidRequest, parseTime, type Scope } from '#base';
import type { ObservabilityApi } from '@coaia/client';
import { parseRequest } from './parse-request.ts';
import type { ObservabilityPorts } from './ports.ts';

/**
 * Opens the calls over one store and project. Each loads its part of the room when it is first used, so that a
 * command pays only for what it does.
 */
export function createLocalObservability(
  ports: ObservabilityPorts,
  scope: Scope,
): ObservabilityApi {
  return {
    async ingest(events) {
      const { ingestBatch } = await import('./ingestion/ingest-batch.ts');
      return ingestBatch(ports, scope, events);
    },
    async listTraces({ fromTimestamp, toTimestamp, ...query }) {
      const { listTraces } = await import('./traces/traces.ts');
      const times = {
        fromTimestamp: toTime('fromTimestamp', fromTimestamp),
        toTimestamp: toTime('toTimestamp', toTimestamp),
      };
      return listTraces(ports, scope, { ...toPage(query), ...toMutable(query), ...times });
    },
    async getTrace(traceId) {
      const { getTrace } = await import('./traces/traces.ts');
      return getTrace(ports, scope, traceId);
    },
    async deleteTraces(traceIds) {
      const { deleteTraces } = await import('./traces/traces.ts');
      return deleteTraces(ports, scope, traceIds);
    },
    async listObservations({ fromStartTime, toStartTime, ...query }) {
      const { listObservations } = await import('./observations/observations.ts');
      const times = {
        fromStartTime: toTime('fromStartTime', fromStartTime),
        toStartTime: toTime('toStartTime', toStartTime),
      };
      return listObservations(ports, scope, { ...toPage(query), ...toMutable(query), ...times });
    },
    async getObservation(observationId) {
      const { getObservation } = await import('./observations/observations.ts');
      return getObservation(ports, scope, observationId);
    },
    listObservationsV2: (query) => listV2(ports, scope, query),
    async listSessions({ fromTimestamp, toTimestamp, ...query }) {
      const { listSessions } = await import('./sessions/sessions.ts');
      const times = {
        fromTimestamp: toTime('fromTimestamp', fromTimestamp),
        toTimestamp: toTime('toTimestamp', toTimestamp),
      };
      return listSessions(ports, scope, { ...toPage(query), ...toMutable(query), ...times });
    },
    async getSession(sessionId) {
      const { getSession } = await import('./sessions/sessions.ts');
      return getSession(ports, scope, sessionId);
    },
    async listProjects() {
      const project = await findProject(ports.db, scope.projectId);
      return { data: project === undefined ? [] : [project] };
    },
  };
}

async function listV2(
  ports: ObservabilityPorts,
  scope: Scope,
  query: unknown,
): ReturnType<ObservabilityApi['listObservationsV2']> {
  const [{ listObservationsV2 }, { observationV2Query }] = await Promise.all([
    import('./observations/observations.ts'),
    import('./observations/schema.ts'),
  ]);
  return listObservationsV2(ports, scope, parseRequest(observationV2Query, query));
}

const DEFAULT_LIMIT = 50;
const MAX_LIMIT = 100;

/** The same bounds as over HTTP. */
function toPage(query: { readonly page?: number; readonly limit?: number }) {
  const { page = 1, limit = DEFAULT_LIMIT } = query;
  if (!Number.isInteger(page) || page < 1) throw invalidRequest('"page" counts from 1.');
  if (!Number.isInteger(limit) || limit < 1 || limit > MAX_LIMIT) {
    throw invalidRequest(`"limit" lies between 1 and ${MAX_LIMIT}.`);
  }
  return { page, limit };
}

/** Absent and empty mean the same; page and limit have been taken care of. */
function toMutable<Q extends object>(query: Q) {
  const entries = Object.entries(query).filter(
    ([name, value]) => name !== 'page' && name !== 'limit' && value !== undefined && value !== '',
  );
  return Object.fromEntries(entries) as Mutable<Omit<Q, 'page' | 'limit'>>;
}

type Mutable<T> = {
  -readonly [K in keyof T]: T[K] extends readonly (infer Item)[] | undefined ? Item[] : T[K];
};

function toTime(name: string, text: string | undefined): number | undefined {
  if (text === undefined || text === '') return undefined;
  const time = parseTime(text);
  if (time === undefined) throw invalidRequest(`"${name}" is no ISO 8601 time: ${text}`);
  return time;
}
