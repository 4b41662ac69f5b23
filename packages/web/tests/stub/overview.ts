import type { Answer, StubStore } from './answers.ts';
import { notFound } from './answers.ts';
import type { StubTrace } from './trace-data.ts';

const sum = (values: readonly (number | null)[]) =>
  values.reduce<number>((total, value) => total + (value ?? 0), 0);

function toSession(id: string, traces: readonly StubTrace[]) {
  const times = traces.map((trace) => trace.timestamp).toSorted();
  const first = times[0] ?? '';
  const last = times.at(-1) ?? '';
  return {
    id,
    createdAt: first,
    environment: traces[0]?.environment ?? 'default',
    traceCount: traces.length,
    userIds: [...new Set(traces.flatMap((trace) => (trace.userId === null ? [] : [trace.userId])))],
    firstActivity: first,
    lastActivity: last,
    durationMs: Date.parse(last) - Date.parse(first) + (traces[0]?.latencyMs ?? 0),
    totalCost: sum(traces.map((trace) => trace.totalCost)),
    totalTokens: sum(traces.map((trace) => trace.totalTokens)),
    errorCount: sum(traces.map((trace) => trace.errorCount)),
    scores: [],
  };
}

function listSessions(store: StubStore) {
  const groups = Map.groupBy(
    store.traces.filter((trace) => trace.sessionId !== null),
    (trace) => trace.sessionId ?? '',
  );
  return [...groups]
    .map(([id, traces]) => toSession(id, traces))
    .toSorted((a, b) => b.lastActivity.localeCompare(a.lastActivity));
}

/** The list of sessions. */
export function toSessions(store: StubStore, query: URLSearchParams): Answer {
  const needle = query.get('q') ?? '';
  const all = listSessions(store).filter((session) => needle === '' || session.id.includes(needle));
  const offset = Number(query.get('cursor') ?? 0);
  const limit = Number(query.get('limit') ?? 50);
  const next = offset + limit < all.length ? { cursor: String(offset + limit) } : {};
  return {
    status: 200,
    body: { data: all.slice(offset, offset + limit), meta: { ...next, total: all.length } },
  };
}

/** One session with its turns. */
export function toSessionDetail(store: StubStore, id: string): Answer {
  const traces = store.traces.filter((trace) => trace.sessionId === id).toReversed();
  if (traces.length === 0) return notFound('session');
  const turns = traces.map((trace) => ({
    traceId: trace.id,
    timestamp: trace.timestamp,
    name: trace.name,
    input: trace.input,
    output: trace.output,
    latencyMs: trace.latencyMs,
    totalCost: trace.totalCost,
    totalTokens: trace.totalTokens,
    level: trace.level,
    userId: trace.userId,
  }));
  return { status: 200, body: { session: toSession(id, traces), turns, meta: {} } };
}

const day = 86_400_000;

/** The home page. */
export function toHome(store: StubStore): Answer {
  const now = Date.now();
  const intervalMs = day / 48;
  const buckets = Array.from({ length: 48 }, (_, index) => {
    const start = now - day + index * intervalMs;
    const inside = store.traces.filter(
      (trace) =>
        Date.parse(trace.timestamp) >= start && Date.parse(trace.timestamp) < start + intervalMs,
    );
    const latencies = inside
      .flatMap((trace) => (trace.latencyMs === null ? [] : [trace.latencyMs]))
      .toSorted((a, b) => a - b);
    return {
      start: new Date(start).toISOString(),
      count: inside.length,
      errors: inside.filter((trace) => trace.level === 'ERROR').length,
      totalCost: sum(inside.map((trace) => trace.totalCost)),
      p95LatencyMs: latencies[Math.floor(latencies.length * 0.95)] ?? null,
    };
  });
  const body = {
    health: {
      status: 'OK',
      storeBytes: 8_200_000 + store.traces.length * 2400,
      traceCount: store.traces.length,
      observationCount: sum(store.traces.map((trace) => trace.observationCount)),
      sessionCount: listSessions(store).length,
      uptimeSeconds: 11_400,
      durability: 'full',
    },
    lastTraces: store.traces.slice(0, 8),
    lastErrors: store.traces.filter((trace) => trace.level === 'ERROR').slice(0, 5),
    series: { intervalMs, buckets },
    checklist: listFirstSteps(store),
  };
  return { status: 200, body };
}

/** The first steps, ticked by what the stub holds. */
export function toFirstSteps(store: StubStore): Answer {
  return { status: 200, body: { steps: listFirstSteps(store) } };
}

function listFirstSteps(store: StubStore) {
  const at = store.traces.at(-1)?.timestamp ?? null;
  const steps = [
    ['server', 'Start the workbench', 'coaia up', new Date().toISOString()],
    ['trace', 'Record any command as a trace', 'coaia trace --name hello -- echo hello', at],
    ['prompt', 'Write a prompt', 'coaia prompts create greet --text "Hello"', at],
    ['pipeline', 'Run a pipeline to its end', 'coaia pipeline run simple-trace', at],
    ['dataset', 'Keep examples in a dataset', 'coaia fuse datasets create greetings', null],
  ] as const;
  return steps.map(([id, title, command, when]) => ({
    id,
    title,
    command,
    done: when !== null,
    at: when,
  }));
}
