/** The room's interface over HTTP: the client's calls, failing with the program's own codes. */
import { commonErrors, isCoaiaError } from '#base';
import type { CoaiaError } from '#base';
import type { ClientError, ClientErrorKind, CoaiaClient, ObservabilityApi } from '@coaia/client';
import { terminalFailures } from './terminal/errors.ts';

/** Wraps a client so that a command sees the same errors from a server as from the embedded store. */
export function createRemoteObservability(client: CoaiaClient): ObservabilityApi {
  return {
    ingest: (events, metadata) => call(client.ingest(events, metadata)),
    listTraces: (query) => call(client.listTraces(query)),
    getTrace: (traceId) => call(client.getTrace(traceId)),
    deleteTraces: (traceIds) => call(client.deleteTraces(traceIds)),
    listObservations: (query) => call(client.listObservations(query)),
    getObservation: (observationId) => call(client.getObservation(observationId)),
    listObservationsV2: (query) => call(client.listObservationsV2(query)),
    listSessions: (query) => call(client.listSessions(query)),
    getSession: (sessionId) => call(client.getSession(sessionId)),
    listProjects: () => call(client.listProjects()),
  };
}

/** Wraps any calls of the client in the same way; every member must be a method that answers a promise. */
export function toFailingAsHere<T extends object>(api: T): T {
  const methods = Object.entries(api as Readonly<Record<string, Method>>).map(
    ([name, method]) => [name, (...values: readonly unknown[]) => call(method(...values))] as const,
  );
  return Object.fromEntries(methods) as T;
}

type Method = (...values: readonly unknown[]) => Promise<unknown>;

async function call<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw isClientError(error) ? toFailure(error) : error;
  }
}

/** By name: loading the client is the business of those who open it. */
function isClientError(error: unknown): error is ClientError {
  return error instanceof Error && error.name === 'ClientError';
}

const CODES = {
  unreachable: 'COAIA-1067',
  timeout: 'COAIA-1067',
  unavailable: 'COAIA-1067',
  unauthorized: 'COAIA-1068',
  config: 'COAIA-1069',
  rejected: 'COAIA-1070',
  unexpected: 'COAIA-1070',
  aborted: 'COAIA-1071',
} as const satisfies Record<Exclude<ClientErrorKind, 'not-found'>, string>;

function toFailure(error: ClientError): CoaiaError {
  // The outbound door's own refusals say more than the client can.
  if (isCoaiaError(error.cause)) return error.cause;
  if (error.kind === 'not-found') {
    // The server's own sentence names the object better than ours could.
    const body = error.body as
      | { readonly message?: unknown; readonly detail?: unknown }
      | undefined;
    const reason = body?.message ?? body?.detail;
    const message = typeof reason === 'string' && reason !== '' ? reason : error.message;
    return commonErrors.create('COAIA-0003', message, { cause: error });
  }
  return terminalFailures.create(CODES[error.kind], error.message, {
    cause: error,
    details: error.body,
  });
}
