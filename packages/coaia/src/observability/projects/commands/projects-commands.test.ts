import { runCoaia } from '#cli/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openLangfuseStub } from '../../testing/langfuse-stub.ts';
import type { LangfuseStub } from '../../testing/langfuse-stub.ts';

const ANSWER = {
  data: [{ id: 'p-1', name: 'house', organization: { id: 'o-1', name: 'street' }, metadata: {} }],
};

describe('projects', () => {
  let stub: LangfuseStub;
  let answer: { status?: number; json: unknown };
  beforeEach(async () => {
    answer = { json: ANSWER };
    stub = await openLangfuseStub(() => answer);
  });
  afterEach(() => stub.close());

  const run = (line: string, isTTY = false) => runCoaia(line, { env: stub.env, isTTY });

  it('print what the API answers to a pipe, and a table to a person', async () => {
    for (const line of ['fuse projects', 'fuse projects list', 'fuse projects --json'])
      expect(JSON.parse((await run(line)).stdout)).toEqual(ANSWER);
    const table = (await run('fuse projects', true)).stdout;
    expect(table).toMatch(/\| p-1 +\| house +\| street +\|/);
    expect(table).toContain('Total projects: 1');
    expect(stub.calls.every(({ url }) => url === '/api/public/projects')).toBe(true);
  });

  it('current is the first', async () => {
    expect((await run('fuse projects current')).stdout).toBe('p-1\thouse\n');
    expect(JSON.parse((await run('fuse projects current --json')).stdout)).toEqual(ANSWER.data[0]);
  });

  it('test-connection names server and project', async () => {
    const { code, stdout } = await run('fuse test-connection');
    expect([code, stdout]).toEqual([
      0,
      `Connected to ${stub.env['LANGFUSE_HOST'] ?? ''}: project house (p-1).\n`,
    ]);
    const json = JSON.parse((await run('fuse test-connection --json')).stdout) as unknown;
    expect(json).toEqual({
      success: true,
      target: stub.env['LANGFUSE_HOST'],
      project: ANSWER.data[0],
    });
  });

  it('test-connection tells wrong keys, a missing setting and a silent server apart', async () => {
    answer = { status: 401, json: { message: 'Invalid credentials' } };
    expect(await run('fuse test-connection')).toMatchObject({ code: 3, stdout: '' });
    const { LANGFUSE_HOST } = stub.env;
    const missing = await runCoaia('fuse test-connection', { env: { LANGFUSE_HOST } });
    expect(missing).toMatchObject({ code: 3, stdout: '' });
    expect(missing.stderr).toContain('COAIA-0211');
    const env = { ...stub.env, LANGFUSE_HOST: 'http://127.0.0.1:9' };
    expect(await runCoaia('fuse test-connection', { env })).toMatchObject({ code: 4, stdout: '' });
  });

  it('work on the local store without any setting', async () => {
    expect((await runCoaia('fuse test-connection')).stdout).toBe(
      'Connected to the local store: project default (default).\n',
    );
    expect(JSON.parse((await runCoaia('fuse projects')).stdout)).toMatchObject({
      data: [{ id: 'default' }],
    });
  });
});
