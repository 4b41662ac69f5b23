/** One session as a conversation: its line and a page of its turns. */
import { fromStored, notFound, toIso, type Json, type Scope } from '#base';
import { fragment } from '../filter/fragment.ts';
import type { ObservabilityPorts } from '../ports.ts';
import { readSession } from '../sessions/storage.ts';
import { readTraces } from '../traces/storage.ts';
import { toTraceLevel } from '../traces/trace.ts';
import { parseIndexedCursor, toListCursor, type KeysetOrder } from './list-cursor.ts';
import { toSessionLines } from './session-lines.ts';
import type { TraceLine } from './trace-line.ts';

/** One turn of a session: a trace with its input and output. */
export interface SessionTurn {
  readonly traceId: string;
  readonly timestamp: string;
  readonly name: string | null;
  readonly input: Json;
  readonly output: Json;
  readonly latencyMs: number | null;
  readonly totalCost: number | null;
  readonly totalTokens: number | null;
  readonly level: TraceLine['level'];
  readonly userId: string | null;
}

const TURN_ORDER: KeysetOrder = {
  name: 'turn',
  expression: 't.timestamp',
  id: 't.id',
  direction: 'asc',
  kind: 'number',
};

/** One session with a page of its turns, oldest first. Fails with COAIA-0003. */
export async function getSessionTurns(
  ports: ObservabilityPorts,
  scope: Scope,
  input: {
    readonly sessionId: string;
    readonly cursor?: string | undefined;
    readonly limit: number;
  },
) {
  const { db } = ports;
  const row = await readSession(db, scope.projectId, input.sessionId);
  if (row === undefined) throw notFound('Session', input.sessionId);
  const ofSession = fragment('t.session_id = ?', input.sessionId);
  const after =
    input.cursor === undefined ? undefined : parseIndexedCursor(input.cursor, TURN_ORDER);
  const condition =
    after === undefined
      ? ofSession
      : {
          sql: `${ofSession.sql} AND (${after.sql})`,
          parameters: [input.sessionId, ...after.parameters],
        };
  const rows = await readTraces(db, scope.projectId, {
    filter: { condition, quick: true, ids: undefined },
    order: { field: 'timestamp', direction: 'asc' },
    limit: input.limit + 1,
    offset: 0,
    content: 'whole',
  });
  const shown = rows.slice(0, input.limit);
  const last = rows.length > input.limit ? shown.at(-1) : undefined;
  const [session] = await toSessionLines(ports, scope.projectId, [row]);
  const turns = shown.map((trace): SessionTurn => ({
    traceId: trace.id,
    timestamp: toIso(trace.timestamp),
    name: trace.name,
    input: fromStored(trace.input),
    output: fromStored(trace.output),
    latencyMs:
      trace.end_time === null || trace.start_time === null
        ? null
        : trace.end_time - trace.start_time,
    totalCost: trace.total_cost,
    totalTokens: trace.total_tokens,
    level: toTraceLevel(trace),
    userId: trace.user_id,
  }));
  const meta =
    last === undefined ? {} : { cursor: toListCursor(TURN_ORDER, last.timestamp, last.id) };
  return { session, turns, meta };
}
