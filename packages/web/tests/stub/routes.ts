import {
  queryKeys,
  toFacets,
  toHistogram,
  toObservation,
  toTrace,
  toTraces,
  toTree,
  type Answer,
  type StubStore,
} from './answers.ts';
import { toFirstSteps, toHome, toSessionDetail, toSessions } from './overview.ts';
import { createTraces } from './trace-data.ts';

/** A request to the stub's API. */
export interface StubRequest {
  readonly method: string;
  readonly url: URL;
  readonly body: unknown;
  /** Traces whose tree was read, the latest first: where an observation's id is looked for. */
  readonly recent: readonly string[];
  readonly emit: (change: object) => void;
  readonly baseUrl: string;
}

type Handler = (store: StubStore, request: StubRequest, id: string) => Answer;

const routes: readonly (readonly [method: string, pattern: RegExp, handler: Handler])[] = [
  ['DELETE', /^\/api\/public\/traces$/, deleteTraces],
  ['GET', /^\/api\/public\/traces\/([^/]+)$/, (store, _request, id) => toTrace(store, id)],
  [
    'GET',
    /^\/api\/public\/observations\/([^/]+)$/,
    (store, { recent }, id) => toObservation(store, id, recent),
  ],
  ['GET', /^\/api\/v1\/session$/, (store, { baseUrl }) => toServerSession(store, baseUrl)],
  ['POST', /^\/api\/v1\/sign-out$/, () => ({ status: 204, body: undefined })],
  ['GET', /^\/api\/v1\/query-keys$/, () => queryKeys],
  ['GET', /\/default\/traces$/, (store, { url }) => toTraces(store, url.searchParams)],
  ['GET', /\/default\/traces\/facets$/, (store, { url }) => toFacets(store, url.searchParams)],
  [
    'GET',
    /\/default\/traces\/histogram$/,
    (store, { url }) => toHistogram(store, url.searchParams),
  ],
  ['GET', /\/default\/traces\/([^/]+)\/tree$/, (store, _request, id) => toTree(store, id)],
  ['GET', /\/default\/sessions$/, (store, { url }) => toSessions(store, url.searchParams)],
  ['GET', /\/default\/sessions\/([^/]+)$/, (store, _request, id) => toSessionDetail(store, id)],
  ['GET', /\/default\/home$/, (store) => toHome(store)],
  [
    'GET',
    /^\/api\/v1\/tasks$/,
    () => ({ status: 200, body: { data: [], meta: { cursor: null } } }),
  ],
  ['GET', /^\/api\/v1\/first-steps$/, (store) => toFirstSteps(store)],
  ['POST', /\/default\/sample$/, addSample],
  ['DELETE', /\/default\/sample$/, removeSample],
];

/** The answer to a request. */
export function findAnswer(store: StubStore, request: StubRequest): Answer {
  for (const [method, pattern, handler] of routes) {
    const match = request.method === method ? pattern.exec(request.url.pathname) : null;
    if (match !== null) return handler(store, request, decodeURIComponent(match[1] ?? ''));
  }
  return { status: 404, body: { detail: 'No such route.', code: 'COAIA-0404' } };
}

function deleteTraces(store: StubStore, { body, emit }: StubRequest): Answer {
  const { traceIds } = body as { readonly traceIds: readonly string[] };
  store.traces = store.traces.filter((trace) => !traceIds.includes(trace.id));
  emit({ deleted: traceIds });
  return { status: 200, body: { message: 'deleted' } };
}

function removeSample(store: StubStore): Answer {
  store.traces = store.traces.filter((trace) => !trace.sample);
  return { status: 204, body: undefined };
}

function addSample(store: StubStore, { emit }: StubRequest): Answer {
  const added = createTraces(12, Date.now()).map((trace) => ({ ...trace, sample: true }));
  store.traces = [...added, ...store.traces];
  emit({ traces: added.map((trace) => trace.id) });
  return { status: 201, body: { traceIds: added.map((trace) => trace.id) } };
}

function toServerSession(store: StubStore, baseUrl: string): Answer {
  return {
    status: 200,
    body: {
      project: { id: 'default', name: 'default' },
      projects: [{ id: 'default', name: 'default' }],
      server: { version: '4.35.0', coaia: '0.1.0', baseUrl, store: 'sqlite' },
      credentials: { publicKey: 'pk-lf-3f8e21c0', secretKey: 'sk-lf-9b1d77aa' },
      sample: { loaded: store.traces.some((trace) => trace.sample) },
      limits: {},
    },
  };
}
