/** The commands about scores against a server that records, and against the embedded store. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCoaia } from '#cli/testing';
import { afterEach, describe, expect, test } from 'vitest';
import { openLangfuseStub } from '../../testing/langfuse-stub.ts';
import type { LangfuseStub, StubCall } from '../../testing/langfuse-stub.ts';

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';

let stub: LangfuseStub | undefined;
afterEach(() => stub?.close());

const toScore = (index: number) => ({
  id: `score-with-a-rather-long-id-${index}`,
  name: 'accuracy',
  value: index,
  dataType: 'NUMERIC',
  timestamp: '2026-03-01T10:00:00.000Z',
  traceId: TRACE,
});

function answer({ method, url }: StubCall) {
  if (method === 'POST') return { json: { id: 'made' } };
  const { searchParams } = new URL(url, 'http://stub');
  const page = Number(searchParams.get('page') ?? 1);
  const data = page > 3 ? [] : [toScore(page - 1)];
  return { json: { data, meta: { page, limit: 1, totalItems: 3, totalPages: 3 } } };
}

async function run(line: string, env: Readonly<Record<string, string>> = {}) {
  stub = await openLangfuseStub(answer);
  return runCoaia(line, { env: { ...stub.env, ...env } });
}

const sent = () => stub?.calls.filter(({ method }) => method === 'POST').map(({ body }) => body);

describe('against a recording server', () => {
  test('apply sends the id of a trace unchanged', async () => {
    const { code, stdout } = await run(
      `fuse scores apply --trace-id ${TRACE} --name accuracy -v 0.5 -c 'data: <script> as it is'`,
    );
    expect({ code, answer: JSON.parse(stdout) }).toEqual({ code: 0, answer: { id: 'made' } });
    expect(sent()).toEqual([
      {
        id: expect.any(String),
        traceId: TRACE,
        name: 'accuracy',
        value: 0.5,
        comment: 'data: <script> as it is',
      },
    ]);
    expect(stub?.calls.map(({ url }) => url)).toEqual(['/api/public/scores']);
  });

  test('a 16 digit observation id goes as it is', async () => {
    await run(`fuse sc apply --trace-id ${TRACE} --obs 00f067aa0ba902b7 --name n -v=-1`);
    expect(sent()).toEqual([
      expect.objectContaining({ observationId: '00f067aa0ba902b7', value: -1 }),
    ]);
  });

  test.each([
    'fuse scores apply --name n -v 1',
    `fuse scores apply --trace-id ${TRACE} --session-id S --name n`,
    `fuse scores apply --trace-id ${TRACE} -v 1`,
    'fuse scores apply --session-id S --observation-id O --name n',
    `fuse scores create S --trace-id ${TRACE} -v NaN`,
    `fuse scores create S --trace-id ${TRACE} -v high`,
    'fuse scores create S',
  ])('%s exits 2 and sends nothing', async (line) => {
    const { code, stdout } = await run(line);
    expect({ code, stdout, sent: sent() }).toEqual({ code: 2, stdout: '', sent: [] });
  });

  test('create has the defaults of CoAiAPy and takes the trace of the environment', async () => {
    await run('fuse scores create S1', { COAIA_TRACE_ID: 'T' });
    expect(sent()).toEqual([{ id: 'S1', name: 'New Score', value: 1, traceId: 'T' }]);
  });

  test('words, texts and data types', async () => {
    await run(
      `fuse scores create A --session S --data-type boolean -v Off -n ok --metadata '{"by":"x"}'`,
    );
    expect(sent()).toEqual([
      { id: 'A', sessionId: 'S', name: 'ok', dataType: 'BOOLEAN', value: 0, metadata: { by: 'x' } },
    ]);
    await stub?.close();
    await run('fuse scores create B --trace-id T --string-value polite -n tone');
    expect(sent()).toEqual([expect.objectContaining({ dataType: 'CATEGORICAL', value: 'polite' })]);
  });

  test('list follows every page and shows whole ids and zero', async () => {
    const { stdout } = await run('fuse scores list --json');
    expect(JSON.parse(stdout).map(({ value }: { readonly value: number }) => value)).toEqual([
      0, 1, 2,
    ]);
    expect(stub?.calls).toHaveLength(3);
    await stub?.close();
    const table = (await run('fuse scores list')).stdout;
    expect(table).toContain('| score-with-a-rather-long-id-0 | accuracy        | 0        |');
    expect(table).toMatch(/\| ID +\| Name +\| Value +\| Created +\| Trace ID +\|/);
    expect(table).toContain('Total scores: 3\n');
  });

  test('filters of list reach the query', async () => {
    await run(
      'fuse sc list --name accuracy --user ada --tags a,b --from 2603011000 --source api --page 2',
    );
    const url = new URL(stub?.calls[0]?.url ?? '', 'http://stub');
    expect(url.searchParams.getAll('traceTags')).toEqual(['a', 'b']);
    expect(Object.fromEntries(url.searchParams)).toMatchObject({
      name: 'accuracy',
      userId: 'ada',
      fromTimestamp: '2026-03-01T10:00:00Z',
      source: 'API',
      page: '2',
    });
  });
});

describe('on the embedded store', () => {
  const home = mkdtempSync(join(tmpdir(), 'coaia-scores-'));
  const local = (line: string) => runCoaia(line, { home });
  const read = async (id: string) =>
    JSON.parse((await local(`fuse scores get ${id} --json`)).stdout);

  test('a score is written, changed, listed and deleted', async () => {
    expect((await local(`fuse scores create S1 --trace-id ${TRACE} -n accuracy -v 0.5`)).code).toBe(
      0,
    );
    expect((await local(`fuse scores apply ${TRACE} S1 -v 0`)).code).toBe(0);
    expect(await read('S1')).toMatchObject({ name: 'accuracy', value: 0, traceId: TRACE });
    await local('scores add --session-id chat --name tone --string-value kind --score-id S2');
    const { stdout } = await local('fuse scores list --json');
    expect(JSON.parse(stdout).map(({ id }: { readonly id: string }) => id)).toEqual(['S2', 'S1']);
    const one = await local('fuse scores list --session-id chat --json');
    expect(JSON.parse(one.stdout)).toHaveLength(1);
    const some = await local('fuse scores delete S1 NONE --json');
    expect({ code: some.code, json: JSON.parse(some.stdout) }).toEqual({
      code: 5,
      json: { deleted: ['S1'], missing: ['NONE'] },
    });
    expect((await local('fuse scores get S1')).code).toBe(1);
    expect((await local('fuse scores delete S1')).code).toBe(1);
  });

  test('apply with the id of no score needs a name', async () => {
    const { code, stderr } = await local(`fuse scores apply ${TRACE} NONE -v 1`);
    expect(code).toBe(2);
    expect(stderr).toContain('--name');
  });
});
