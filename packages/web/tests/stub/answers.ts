import { builtInKeys } from '../../src/observability/filter/keys.ts';
import { parseFilter } from '../../src/observability/filter/parse.ts';
import { createNodes } from './node-data.ts';
import { createObservation, createScores } from './observation-data.ts';
import { isMatch } from './match.ts';
import type { StubTrace } from './trace-data.ts';

/** An answer: status and body. */
export interface Answer {
  readonly status: number;
  readonly body: unknown;
}

/** What the answers are made from. */
export interface StubStore {
  traces: StubTrace[];
}

const ok = (body: unknown, status = 200): Answer => ({ status, body });
const problem = (status: number, code: string, detail: string, more: object = {}): Answer => ({
  status,
  body: { type: 'about:blank', title: detail, status, detail, code, requestId: 'stub', ...more },
});

/** No such object. */
export const notFound = (what: string) =>
  problem(404, 'COAIA-1001', `There is no ${what} of this id.`, { hint: 'coaia traces list' });

function toRow({
  input: _i,
  output: _o,
  models: _m,
  types: _t,
  seed: _s,
  spans: _p,
  ...row
}: StubTrace) {
  return row;
}

function findMatching(store: StubStore, query: URLSearchParams): readonly StubTrace[] {
  const { clauses } = parseFilter(query.get('q') ?? '');
  const from = query.get('from');
  const to = query.get('to');
  return store.traces.filter(
    (trace) =>
      (from === null || trace.timestamp >= from) &&
      (to === null || trace.timestamp < to) &&
      isMatch(trace, clauses, Date.now()),
  );
}

/** The list of traces. */
export function toTraces(store: StubStore, query: URLSearchParams): Answer {
  const fault = parseFilter(query.get('q') ?? '').problems[0];
  if (fault !== undefined) {
    return problem(400, 'COAIA-1021', fault.message, {
      hint: fault.suggestions[0],
      details: {
        position: fault.start,
        length: fault.end - fault.start,
        suggestions: fault.suggestions,
      },
    });
  }
  const rows = findMatching(store, query);
  const sorted = toSorted(rows, query.get('orderBy') ?? 'timestamp.desc');
  const offset = Number(query.get('cursor') ?? 0);
  const limit = Number(query.get('limit') ?? 100);
  const next = offset + limit < sorted.length ? { cursor: String(offset + limit) } : {};
  const unfiltered = ['q', 'from', 'to'].every((name) => query.get(name) === null);
  return ok({
    data: sorted.slice(offset, offset + limit).map((row) => toRow(row)),
    meta: { ...next, ...(unfiltered ? { total: rows.length } : {}) },
  });
}

function toSorted(rows: readonly StubTrace[], orderBy: string): readonly StubTrace[] {
  if (orderBy === 'timestamp.desc') return rows;
  const [field = 'timestamp', direction] = orderBy.split('.');
  const key = (field === 'latency' ? 'latencyMs' : field) as keyof StubTrace;
  const sign = direction === 'asc' ? 1 : -1;
  return rows.toSorted((a, b) => sign * compare(a[key], b[key]));
}

function compare(a: unknown, b: unknown): number {
  if (typeof a === 'string' && typeof b === 'string') return a.localeCompare(b);
  return Number(a ?? -1) - Number(b ?? -1);
}

/** Counts per value. */
export function toFacets(store: StubStore, query: URLSearchParams): Answer {
  const rows = findMatching(store, query);
  const count = (read: (trace: StubTrace) => readonly (string | null)[]) => {
    const counts = new Map<string, number>();
    for (const trace of rows)
      for (const value of read(trace))
        if (value !== null) counts.set(value, (counts.get(value) ?? 0) + 1);
    return [...counts]
      .map(([value, n]) => ({ value, count: n }))
      .toSorted((a, b) => b.count - a.count)
      .slice(0, 20);
  };
  return ok({
    total: rows.length,
    truncated: false,
    facets: {
      environment: count((t) => [t.environment]),
      name: count((t) => [t.name]),
      level: count((t) => [t.level]),
      userId: count((t) => [t.userId]),
      sessionId: count((t) => [t.sessionId]),
      tags: count((t) => t.tags),
      release: count((t) => [t.release]),
      version: count((t) => [t.version]),
      model: count((t) => t.models),
      type: count((t) => t.types),
    },
  });
}

/** Counts over time. */
export function toHistogram(store: StubStore, query: URLSearchParams): Answer {
  const rows = findMatching(store, query);
  const times = rows.map((row) => Date.parse(row.timestamp));
  const from = Date.parse(query.get('from') ?? '') || Math.min(...times, Date.now() - 3_600_000);
  const to = Date.parse(query.get('to') ?? '') || Date.now();
  const buckets = Number(query.get('buckets') ?? 60);
  const intervalMs = Math.max(1000, Math.ceil((to - from) / buckets));
  const counts = Array.from({ length: buckets }, (_, index) => ({
    start: new Date(from + index * intervalMs).toISOString(),
    count: 0,
    errors: 0,
  }));
  for (const [index, time] of times.entries()) {
    const bucket = counts[Math.min(buckets - 1, Math.floor((time - from) / intervalMs))];
    if (bucket === undefined) continue;
    bucket.count += 1;
    if (rows[index]?.level === 'ERROR') bucket.errors += 1;
  }
  return ok({ intervalMs, buckets: counts });
}

/** The tree of a trace. */
export function toTree(store: StubStore, id: string): Answer {
  const trace = store.traces.find((one) => one.id === id);
  if (trace === undefined) return notFound('trace');
  const { inputPreview: _in, outputPreview: _out, ...row } = toRow(trace);
  return ok({
    trace: { ...row, startTime: trace.timestamp },
    nodes: createNodes(trace),
    scores: createScores(trace),
  });
}

/** A trace by the Langfuse API. */
export function toTrace(store: StubStore, id: string): Answer {
  const trace = store.traces.find((one) => one.id === id);
  if (trace === undefined) return notFound('trace');
  return ok({
    ...toRow(trace),
    input: trace.input,
    output: trace.output,
    metadata: { region: 'eu-central', build: 412, flags: ['beta'] },
    projectId: 'default',
    createdAt: trace.timestamp,
    updatedAt: trace.timestamp,
    htmlPath: '',
    externalId: null,
    latency: (trace.latencyMs ?? 0) / 1000,
    observations: [],
    scores: [],
  });
}

/** An observation by the Langfuse API; its id is looked for in the traces named by `hint`. */
export function toObservation(store: StubStore, id: string, recent: readonly string[]): Answer {
  for (const traceId of recent) {
    const trace = store.traces.find((one) => one.id === traceId);
    const node = trace === undefined ? undefined : createNodes(trace).find((one) => one.id === id);
    if (trace !== undefined && node !== undefined) return ok(createObservation(trace, node));
  }
  return notFound('observation');
}

/** Keys of the grammar. */
export const queryKeys = ok({ keys: builtInKeys });
