/** Every query parameter that the contracts document changes what a list returns. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openApiServer } from './api-server.ts';
import type { ApiServer } from './api-server.ts';
import { CONTRACTS, readContract } from './contract.ts';
import { PAIR } from './pair.ts';

let server: ApiServer;
beforeAll(async () => {
  server = await openApiServer();
  await server.ingest(PAIR);
});
afterAll(() => server.stop());

/** A query and the ids that it must return, in order. */
type Case = readonly [query: string, ids: readonly string[]];

const json = (conditions: unknown) => encodeURIComponent(JSON.stringify(conditions));

const toEqual = (column: string, value: string) => ({
  type: 'string',
  column,
  operator: '=',
  value,
});

const TRACES: Readonly<Record<string, readonly Case[]>> = {
  environment: [
    ['environment=env-a', ['trace-a']],
    ['environment=env-a&environment=env-b', ['trace-b', 'trace-a']],
    ['environment=env-a,other', ['trace-a']],
    ['environment=other', []],
  ],
  fields: [['fields=core', ['trace-b', 'trace-a']]],
  // The filter has its column for itself; parameters on others still hold.
  filter: [
    [`name=name-b&filter=${json([toEqual('name', 'name-a')])}`, ['trace-a']],
    [`userId=user-b&filter=${json([toEqual('name', 'name-a')])}`, []],
    [`userId=user-a&filter=${json([toEqual('environment', 'env-a')])}`, ['trace-a']],
    [
      `fromTimestamp=2030-01-01T00:00:00Z&filter=${json([{ type: 'datetime', column: 'timestamp', operator: '<', value: '2026-02-02T00:00:00Z' }])}`,
      ['trace-a'],
    ],
  ],
  fromTimestamp: [
    ['fromTimestamp=2026-02-03T10:00:00.000Z', ['trace-b']],
    ['fromTimestamp=2026-02-03T10:00:00.001Z', []],
    ['fromTimestamp=2026-02-03T11:30:00%2B01:30', ['trace-b']],
  ],
  limit: [['limit=1', ['trace-b']]],
  name: [['name=name-a', ['trace-a']]],
  orderBy: [
    ['orderBy=timestamp.asc', ['trace-a', 'trace-b']],
    ['orderBy=name.desc', ['trace-b', 'trace-a']],
    ['orderBy=public.desc', ['trace-a', 'trace-b']],
    ['orderBy=id.asc', ['trace-a', 'trace-b']],
    ['orderBy=userId.asc', ['trace-a', 'trace-b']],
    ['orderBy=sessionId.asc', ['trace-a', 'trace-b']],
    ['orderBy=release.asc', ['trace-a', 'trace-b']],
    ['orderBy=version.asc', ['trace-a', 'trace-b']],
  ],
  page: [['page=2&limit=1', ['trace-a']]],
  release: [['release=release-a', ['trace-a']]],
  sessionId: [['sessionId=session-a', ['trace-a']]],
  tags: [
    ['tags=both', ['trace-b', 'trace-a']],
    ['tags=both&tags=only-a', ['trace-a']],
    // As the SDK of version 3 writes a list.
    ['tags=both,only-a', ['trace-a']],
    ['tags=both,only-a&tags=both', []],
  ],
  toTimestamp: [
    ['toTimestamp=2026-02-03T10:00:00.000Z', ['trace-a']],
    ['toTimestamp=2026-02-03T10:00:00.001Z', ['trace-b', 'trace-a']],
  ],
  userId: [['userId=user-a', ['trace-a']]],
  version: [['version=version-a', ['trace-a']]],
};

const ALL = ['event-b', 'generation-a', 'root-a'];
const OF_A = ['generation-a', 'root-a'];

const OBSERVATIONS: Readonly<Record<string, readonly Case[]>> = {
  environment: [['environment=env-a', OF_A]],
  filter: [
    [`level=DEFAULT&filter=${json([toEqual('level', 'ERROR')])}`, ['generation-a']],
    [`traceId=trace-b&filter=${json([toEqual('level', 'DEFAULT')])}`, ['event-b']],
    [
      `parentObservationId=root-a&filter=${json([{ type: 'null', column: 'parentObservationId', operator: 'is null', value: '' }])}`,
      ['event-b', 'root-a'],
    ],
  ],
  fromStartTime: [['fromStartTime=2026-02-01T10:00:01.000Z', ['event-b', 'generation-a']]],
  level: [['level=ERROR', ['generation-a']]],
  limit: [['limit=2', ['event-b', 'generation-a']]],
  name: [['name=event', ['event-b']]],
  page: [['limit=2&page=2', ['root-a']]],
  parentObservationId: [['parentObservationId=root-a', ['generation-a']]],
  toStartTime: [['toStartTime=2026-02-01T10:00:01.000Z', ['root-a']]],
  traceId: [['traceId=trace-b', ['event-b']]],
  type: [['type=GENERATION', ['generation-a']]],
  userId: [['userId=user-b', ['event-b']]],
  version: [['version=version-b', ['event-b']]],
};

const { page: _page, ...conditions } = OBSERVATIONS;

const OBSERVATIONS_V2: Readonly<Record<string, readonly Case[]>> = {
  ...conditions,
  // Followed in its own suite; here only that one is taken.
  cursor: [],
  expandMetadata: [['expandMetadata=long&fields=metadata', ALL]],
  fields: [['fields=core', ALL]],
  isRootObservation: [
    ['isRootObservation=true', ['event-b', 'root-a']],
    ['isRootObservation=false', ['generation-a']],
  ],
  parentObservationId: [
    ['parentObservationId=root-a', ['generation-a']],
    ['parentObservationId=', ['event-b', 'root-a']],
  ],
  parseIoAsJson: [['parseIoAsJson=false', ALL]],
  sessionId: [['sessionId=session-b', ['event-b']]],
};

const SESSIONS: Readonly<Record<string, readonly Case[]>> = {
  environment: [['environment=env-a', ['session-a']]],
  // A session's time is the moment in which this server first heard of it.
  fromTimestamp: [
    ['fromTimestamp=2026-02-02T00:00:00Z', ['session-b', 'session-a']],
    ['fromTimestamp=2999-01-01T00:00:00Z', []],
  ],
  limit: [['limit=1', ['session-b']]],
  page: [['limit=1&page=2', ['session-a']]],
  toTimestamp: [
    ['toTimestamp=2026-02-02T00:00:00Z', []],
    ['toTimestamp=2999-01-01T00:00:00Z', ['session-b', 'session-a']],
  ],
};

const LISTS = [
  { path: '/traces', cases: TRACES },
  { path: '/observations', cases: OBSERVATIONS },
  { path: '/v2/observations', cases: OBSERVATIONS_V2 },
  { path: '/sessions', cases: SESSIONS },
];

describe.each(LISTS)('parameters of $path', ({ path, cases }) => {
  test.each(CONTRACTS)('every one that Langfuse %s documents is tried here', (version) => {
    const operation = readContract(version).find(
      (one) => one.method === 'GET' && one.path === `/api/public${path}`,
    );
    const names = (operation?.parameters ?? []).map(({ name }) => name);
    expect(names.length).toBeGreaterThan(4);
    expect(names.filter((name) => !Object.hasOwn(cases, name))).toEqual([]);
  });

  test.each(Object.values(cases).flat())('%s', async (query, ids) => {
    const { status, body } = await server.read(`${path}?${query}`);
    expect(status).toBe(200);
    expect(body.data.map(({ id }: { id: string }) => id)).toEqual(ids);
    const isCut = query.includes('limit=');
    if (body.meta.totalItems !== undefined && !isCut) expect(body.meta.totalItems).toBe(ids.length);
  });
});

test.each([
  '/traces?page=0',
  '/traces?limit=101',
  '/traces?fromTimestamp=soon',
  '/traces?filter=nonsense',
  '/traces?filter=%5B%7B%22type%22%3A%22string%22%7D%5D',
  '/observations?page=-1',
  '/observations?filter=%7B%7D',
  '/v2/observations?limit=1001',
  '/v2/observations?cursor=nonsense',
  '/v2/observations?parseIoAsJson=true',
  '/sessions?page=x',
])('%s is refused with 400', async (path) => {
  const { status, body } = await server.read(path);
  expect(status).toBe(400);
  expect(typeof body.message).toBe('string');
  expect(body.error).toBeDefined();
});

test('the hint startTime of a single observation is taken', async () => {
  const { status } = await server.read(
    '/observations/generation-a?startTime=2026-02-01T10:00:01.000Z',
  );
  expect(status).toBe(200);
});

test('pages say how many there are', async () => {
  const { body } = await server.read('/observations?limit=2&page=1');
  expect(body.meta).toEqual({ page: 1, limit: 2, totalItems: 3, totalPages: 2 });
  const beyond = await server.read('/observations?limit=2&page=9');
  expect(beyond.body).toEqual({
    data: [],
    meta: { page: 9, limit: 2, totalItems: 3, totalPages: 2 },
  });
});
