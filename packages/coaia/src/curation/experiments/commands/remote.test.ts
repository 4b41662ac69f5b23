/** What the commands ask a server for, and what they make of a server that does not compare runs. */
import { runCoaia } from '#cli/testing';
import { afterEach, expect, test } from 'vitest';
import { openLangfuseStub } from '../../../observability/testing/langfuse-stub.ts';
import type { LangfuseStub } from '../../../observability/testing/langfuse-stub.ts';

let stub: LangfuseStub | undefined;
afterEach(() => stub?.close());

const run = async (line: string, answer: Parameters<typeof openLangfuseStub>[0]) => {
  stub = await openLangfuseStub(answer);
  return runCoaia(line, { env: stub.env });
};

const projects = { json: { data: [{ id: 'p 1', name: 'P' }] } };

const summary = (name: string, kind: string, mean: number | null) => ({
  name,
  kind,
  n: 1,
  missing: 0,
  mean,
  interval: null,
});
const measure = (name: string, kind: string) => ({
  name,
  kind,
  runs: [summary(name, kind, 0), summary(name, kind, 1)],
  deltas: [
    {
      runId: 'b',
      pairs: 1,
      missing: [],
      missingCount: 0,
      meanDifference: 1,
      interval: null,
      resamples: null,
      mcnemar: null,
      verdict: 'too few pairs',
    },
  ],
});
const comparison = {
  runs: [
    { id: 'a', name: 'A' },
    { id: 'b', name: 'B' },
  ],
  method: { interval: 'I', seed: 1, minPairs: 10 },
  scores: [measure('ok', 'number')],
  cost: measure('cost', 'number'),
  latency: measure('latency', 'number'),
  rows: [],
  meta: { totalItems: 1 },
};

test('a comparison is asked for in the project of the keys', async () => {
  const { code, stdout } = await run('experiments compare A B --slice lang=fr', ({ url }) =>
    url === '/api/public/projects' ? projects : { json: comparison },
  );
  expect({ code, calls: stub?.calls.map(({ url }) => url) }).toEqual({
    code: 0,
    calls: [
      '/api/public/projects',
      '/api/v1/projects/p%201/experiments/compare?baseline=A&candidates=B&slice=lang%3Dfr&limit=500',
    ],
  });
  expect(stdout).toMatch(/ok .*B .*\+1 .*too few pairs/);
});

test('the gate judges what the server answers', async () => {
  const line = 'experiments gate B A --score ok --min-delta 2';
  const { code, stderr } = await run(line, ({ url }) =>
    url === '/api/public/projects' ? projects : { json: comparison },
  );
  expect(code).toBe(1);
  expect(stderr).toContain('the difference +1 is below +2');
});

test('a server that has no comparison fails with its own words', async () => {
  const { code, stdout } = await run('experiments list', ({ url }) =>
    url === '/api/public/projects' ? projects : { status: 404, json: { message: 'No such route' } },
  );
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
});

test('a question that makes no sense is no failed gate, from a server either', async () => {
  const refusal = { status: 400, detail: 'These runs have no score called x.', code: 'COAIA-2303' };
  const { code, stderr } = await run('experiments gate B A --score x', ({ url }) =>
    url === '/api/public/projects' ? projects : { status: 400, json: refusal },
  );
  expect(code).toBe(2);
  expect(stderr).toContain('COAIA-2303: These runs have no score called x.');
});
