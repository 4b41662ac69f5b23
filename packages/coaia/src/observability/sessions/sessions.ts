/** What can be asked about sessions. */
import { notFound, toPageMeta, type Scope } from '#base';
import type { Paged, Session, SessionDetail } from '@coaia/client';
import { findTotal, readCounter } from '../counters.ts';
import type { ObservabilityPorts } from '../ports.ts';
import { readTracesOfSession } from '../traces/storage.ts';
import { toTrace } from '../traces/trace.ts';
import type { SessionListQuery } from './schema.ts';
import { toSession } from './session.ts';
import { readSession, readSessionCount, readSessions, type SessionBounds } from './storage.ts';

/** One page of sessions, newest first. */
export async function listSessions(
  ports: ObservabilityPorts,
  scope: Scope,
  query: SessionListQuery,
): Promise<Paged<Session>> {
  const { db } = ports;
  const { page, limit } = query;
  const bounds: SessionBounds = {
    from: query.fromTimestamp,
    to: query.toTimestamp,
    environment: query.environment,
  };
  const offset = (page - 1) * limit;
  const rows = await readSessions(db, scope.projectId, bounds, { limit, offset });
  const isAll = Object.values(bounds).every((bound) => bound === undefined);
  const total = isAll
    ? await readCounter(db, scope.projectId, 'sessions')
    : await findTotal({ offset, limit, rows: rows.length }, () =>
        readSessionCount(db, scope.projectId, bounds),
      );
  return { data: rows.map(toSession), meta: toPageMeta(page, limit, total) };
}

/** One session with its traces, oldest first. Fails with COAIA-0003. */
export async function getSession(
  ports: ObservabilityPorts,
  scope: Scope,
  sessionId: string,
): Promise<SessionDetail> {
  const [row, traces] = await Promise.all([
    readSession(ports.db, scope.projectId, sessionId),
    readTracesOfSession(ports.db, scope.projectId, sessionId),
  ]);
  if (row === undefined) throw notFound('Session', sessionId);
  return { ...toSession(row), traces: traces.map((trace) => toTrace(trace)) };
}
