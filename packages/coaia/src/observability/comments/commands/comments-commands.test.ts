import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCoaia } from '#cli/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openLangfuseStub } from '../../testing/langfuse-stub.ts';
import type { LangfuseStub } from '../../testing/langfuse-stub.ts';

const PROJECTS = { data: [{ id: 'p-1', name: 'house' }] };

describe('comments against a server', () => {
  let stub: LangfuseStub;
  beforeEach(async () => {
    stub = await openLangfuseStub(({ method, url }) => {
      if (url === '/api/public/projects') return { json: PROJECTS };
      if (method === 'POST' && url === '/api/public/comments') return { json: { id: 'c-1' } };
      return undefined;
    });
  });
  afterEach(() => stub.close());

  const run = (words: readonly string[], options: Parameters<typeof runCoaia>[1] = {}) =>
    runCoaia(['fuse', 'comments', ...words], { ...options, env: { ...stub.env, ...options.env } });
  const sent = () => stub.calls.filter(({ method }) => method === 'POST').map(({ body }) => body);

  it('post sends project, type, id and text', async () => {
    const { code, stdout, stderr } = await run(['post', 'x', '--trace-id', 'T']);
    expect({ code, stderr, answer: JSON.parse(stdout) as unknown }).toEqual({
      code: 0,
      stderr: '',
      answer: { id: 'c-1' },
    });
    expect(sent()).toEqual([
      { projectId: 'p-1', objectType: 'TRACE', objectId: 'T', content: 'x' },
    ]);
  });

  it.each([
    [['post', 'x', '--observation-id', 'O', '--author', 'ada'], 'OBSERVATION', 'O'],
    [['create', 'x', '--session-id', 'S'], 'SESSION', 'S'],
    [['post', '--trace-id', 'T', '--content', 'x', '--author', 'ada'], 'TRACE', 'T'],
    [['create', 'x', 'session', 'S 2'], 'SESSION', 'S 2'],
    [['post', 'x', '--prompt-id', 'P'], 'PROMPT', 'P'],
    [['post', 'x', '--object-type', 'prompt', '--object-id', 'P'], 'PROMPT', 'P'],
    [['add', 'T', 'x'], 'TRACE', 'T'],
    [['add', 'x', '--session-id', 'S'], 'SESSION', 'S'],
  ])('%j', async (words, objectType, objectId) => {
    expect((await run(words)).code).toBe(0);
    expect(sent()).toMatchObject([{ objectType, objectId, content: 'x' }]);
  });

  it('takes the current trace, and the text from stdin', async () => {
    const env = { COAIA_TRACE_ID: 'now' };
    expect((await run(['post', 'x'], { env })).code).toBe(0);
    expect((await run(['post', '-'], { env, stdin: 'from stdin\n' })).code).toBe(0);
    expect((await run(['post', '--trace-id', 'T'], { stdin: 'piped' })).code).toBe(0);
    expect(sent()).toMatchObject([
      { objectId: 'now', content: 'x' },
      { objectId: 'now', content: 'from stdin' },
      { objectId: 'T', content: 'piped' },
    ]);
  });

  it.each([
    [['post', 'x']],
    [['post', 'x', '--trace-id', 'T', '--session-id', 'S']],
    [['post', 'x', '--object-type', 'trace']],
    [['create', 'x', 'dataset', 'D']],
    [['post', ' ', '--trace-id', 'T']],
    [['post', 'x'.repeat(5001), '--trace-id', 'T']],
  ])('sends nothing for %j', async (words) => {
    const { code, stdout } = await run(words);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(sent()).toEqual([]);
  });

  it('list prints the answer of the API, filtered', async () => {
    const words = ['list', '--object-type', 'trace', '--object-id', 'T', '--author', 'ada'];
    const { stdout } = await run(words);
    expect(JSON.parse(stdout)).toMatchObject({ data: [], meta: { page: 1 } });
    expect(stub.calls[0]?.url).toBe(
      '/api/public/comments?page=1&limit=50&objectType=TRACE&objectId=T&authorUserId=ada',
    );
  });

  it('ends with 1 when the server knows no such object', async () => {
    await stub.close();
    stub = await openLangfuseStub(({ method, url }) => {
      if (url === '/api/public/projects') return { json: PROJECTS };
      const json = { message: 'Trace T not found', error: 'LangfuseNotFoundError' };
      return method === 'POST' ? { status: 404, json } : undefined;
    });
    const { code, stdout, stderr } = await run(['post', 'x', '--trace-id', 'T']);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain('Trace T not found');
  });
});

describe('comments in the embedded store', () => {
  let home: string;
  beforeEach(async () => {
    home = await mkdtemp(join(tmpdir(), 'coaia-comments-'));
  });
  afterEach(() => rm(home, { recursive: true, force: true }));

  const run = (line: string, isTTY = false) => runCoaia(line, { home, isTTY, columns: 200 });

  it('are written, listed and read', async () => {
    await run('fuse traces create t1 -n one');
    const { id } = JSON.parse((await run('fuse comments add t1 "Looks right"')).stdout) as {
      id: string;
    };
    const one = JSON.parse((await run(`fuse comments get ${id}`)).stdout) as unknown;
    expect(one).toMatchObject({ id, objectType: 'TRACE', objectId: 't1', content: 'Looks right' });
    const list = JSON.parse((await run('fuse comments list')).stdout) as unknown;
    expect(list).toMatchObject({ data: [one], meta: { totalItems: 1 } });
    const table = (await run('fuse comments list', true)).stdout;
    expect(table).toContain('Looks right');
    expect(table).toContain('Total comments: 1');
    for (let index = 0; index < 100; index++) await run(`fuse comments add t1 "number ${index}"`);
    const all = JSON.parse((await run('fuse comments list --all')).stdout) as { data: unknown[] };
    expect(all.data).toHaveLength(101);
    const missing = await run('fuse comments post x --trace-id none');
    expect([missing.code, missing.stdout]).toEqual([1, '']);
    expect((await run('fuse comments list --object-id t1')).code).toBe(2);
    expect((await run('fuse comments list --limit 101')).code).toBe(2);
  });
});
