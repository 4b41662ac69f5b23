import { runCoaia } from '#cli/testing';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openLangfuseStub } from '../../testing/langfuse-stub.ts';
import type { LangfuseStub } from '../../testing/langfuse-stub.ts';

const TRACE = {
  id: 'T',
  name: 'late',
  timestamp: '2026-03-01T10:00:00.000Z',
  sessionId: 'S',
  tags: [],
  userId: null,
  metadata: null,
  input: null,
  output: null,
  observations: [],
  scores: [],
  latency: 0,
  totalCost: 0,
};

let stub: LangfuseStub;
let missing: number;
beforeEach(async () => {
  missing = 2;
  stub = await openLangfuseStub(({ url }) => {
    missing -= 1;
    const isThere = missing < 0;
    if (url.startsWith('/api/public/traces/'))
      return isThere ? { json: TRACE } : { status: 404, json: { message: 'Trace not found' } };
    const data = isThere ? [TRACE] : [];
    const meta = { page: 1, limit: 100, totalItems: data.length, totalPages: 1 };
    return { json: { data, meta } };
  });
});
afterEach(() => stub.close());

const run = (line: string) => runCoaia(line, { env: stub.env });

test.each(['fuse traces trace-view T', 'fuse traces session-view S'])(
  '%s waits for what a server shows late',
  async (line) => {
    const { code, stdout, stderr } = await run(`${line} --wait 20`);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toContain('late');
    expect(stub.calls).toHaveLength(3);
  },
);

test('without --wait, and once it has passed, it is missing', async () => {
  expect((await run('fuse traces trace-view T')).code).toBe(1);
  expect(stub.calls).toHaveLength(1);
  missing = 100;
  expect((await run('fuse traces trace-view T --wait 0.5')).code).toBe(1);
  expect(stub.calls.length).toBeGreaterThan(1);
});
