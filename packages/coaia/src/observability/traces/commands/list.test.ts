import { runCoaia } from '#cli/testing';
import { afterEach, expect, test } from 'vitest';
import { openLangfuseStub } from '../../testing/langfuse-stub.ts';
import type { LangfuseStub, StubCall } from '../../testing/langfuse-stub.ts';

let stub: LangfuseStub | undefined;
afterEach(() => stub?.close());

const toTrace = (index: number) => ({
  id: `t${index}`,
  name: `n${index}`,
  timestamp: '2026-03-01T10:00:00.000Z',
  userId: null,
  sessionId: 'S',
  release: null,
  version: null,
  observations: [`o${index}`],
  scores: [],
});

/** 230 traces in pages, one observation each. */
function answer({ url }: StubCall) {
  const { pathname, searchParams } = new URL(url, 'http://stub');
  const page = Number(searchParams.get('page') ?? 1);
  const limit = Number(searchParams.get('limit') ?? 50);
  if (pathname.endsWith('/observations')) {
    const data = Array.from({ length: 230 }, (_, index) => ({
      id: `o${index}`,
      traceId: `t${index}`,
      startTime: '2026-03-01T10:00:00.000Z',
      level: index === 1 ? 'ERROR' : 'DEFAULT',
    }));
    return { json: { data, meta: { page: 1, limit: 230, totalItems: 230, totalPages: 1 } } };
  }
  const data = Array.from(
    { length: Math.max(0, Math.min(limit, 230 - (page - 1) * limit)) },
    (_, index) => toTrace((page - 1) * limit + index),
  );
  return {
    json: { data, meta: { page, limit, totalItems: 230, totalPages: Math.ceil(230 / limit) } },
  };
}

async function run(line: string) {
  stub = await openLangfuseStub(answer);
  return runCoaia(line, { env: stub.env });
}

const toQueries = () =>
  stub?.calls.map(({ url }) => Object.fromEntries(new URL(url, 'http://stub').searchParams));

test('one page by default, as a table with full ids', async () => {
  const { code, stdout } = await run('fuse traces');
  expect(code).toBe(0);
  expect(
    stdout
      .split('\n')[1]
      ?.split('|')
      .map((cell) => cell.trim())
      .slice(1, -1),
  ).toEqual([
    'Name',
    'User ID',
    'Started',
    'Status',
    'Session ID',
    'Trace ID',
    'Release',
    'Version',
    'Observations',
  ]);
  expect(stdout).toContain('| 2026-03-01T10:00 | N/A');
  expect(stdout).toContain('Total traces: 50\n');
  expect(toQueries()).toEqual([{ page: '1', limit: '50' }]);
});

test('--all follows every page, once each', async () => {
  const { stdout } = await run('traces list --all --json');
  expect(JSON.parse(stdout)).toHaveLength(230);
  expect(toQueries()?.map(({ page, limit }) => [page, limit])).toEqual([
    ['1', '100'],
    ['2', '100'],
    ['3', '100'],
  ]);
});

test('a limit over a page is collected from several', async () => {
  expect(JSON.parse((await run('fuse traces list --limit 130 --json')).stdout)).toHaveLength(130);
});

test('--include-observations asks once for all traces, wherever --json stands', async () => {
  const { stdout } = await run('fuse --json traces --include-observations');
  const traces = JSON.parse(stdout);
  expect(traces[3].observations).toEqual([expect.objectContaining({ id: 'o3', traceId: 't3' })]);
  expect(stub?.calls).toHaveLength(2);
  expect(JSON.parse(toQueries()?.[1]?.['filter'] ?? '')).toMatchObject([
    { column: 'traceId', operator: 'any of' },
  ]);
});

test('with observations the status is the worst of them', async () => {
  const { stdout } = await run('fuse traces --include-observations --limit 2');
  expect(stdout).toMatch(/n0 .*DEFAULT.*\n.*n1 .*ERROR/);
});

test('every filter reaches the query, in either spelling', async () => {
  await run(
    'fuse traces list --session-id S --user U --name N --tags a,b c --from 2603011000 --to now --order-by timestamp.asc --version V --release R --environment e1 --environment e2 --page 2 --limit 5',
  );
  const url = new URL(stub?.calls[0]?.url ?? '', 'http://stub');
  expect(url.searchParams.getAll('tags')).toEqual(['a', 'b', 'c']);
  expect(url.searchParams.getAll('environment')).toEqual(['e1', 'e2']);
  expect(toQueries()?.[0]).toMatchObject({
    sessionId: 'S',
    userId: 'U',
    name: 'N',
    fromTimestamp: '2026-03-01T10:00:00Z',
    orderBy: 'timestamp.asc',
    version: 'V',
    release: 'R',
    page: '2',
    limit: '5',
  });
});

test('the filter of the page may stand as words or as an option', async () => {
  await run("traces list level:ERROR 'latency:>2s' --query user:ada");
  expect(toQueries()?.[0]).toMatchObject({ q: 'user:ada level:ERROR latency:>2s' });
});

test('a wrong time exits 2 before any request', async () => {
  expect((await run('fuse traces --from yesterday')).code).toBe(2);
  expect(stub?.calls).toEqual([]);
});
