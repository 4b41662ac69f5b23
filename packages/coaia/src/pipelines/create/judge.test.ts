/** `pipeline create --enable-judge`: models are really asked, or nothing claims that they were. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCoaia } from '#cli/testing';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openModelServer } from '../../models/testing/model-server.ts';
import type { ModelServer } from '../../models/testing/model-server.ts';

let home: string;
let server: ModelServer;
beforeEach(async () => {
  home = mkdtempSync(join(tmpdir(), 'coaia-create-judge-'));
  server = await openModelServer({
    reply: () => ({ text: JSON.stringify({ reasoning: 'plain words', score: 0.75 }) }),
  });
});
afterEach(async () => {
  await server.close();
  rmSync(home, { recursive: true, force: true });
});

const coaia = (line: string) => runCoaia(line, { home });
const connect = () => coaia(`models connections set test --base-url ${server.baseUrl} --model m`);
const JUDGED =
  'pipeline create judge-evaluation --var content_name=x --var content_to_evaluate="Water boils." --var judge_model=m --enable-judge';
const readScores = async () => {
  const list = JSON.parse((await coaia('fuse scores list --json')).stdout);
  return (list.data ?? list) as readonly Readonly<Record<string, unknown>>[];
};

test('the score is what the model said, with its reason, on the trace that is exported', async () => {
  await connect();
  const { code, stdout, stderr } = await coaia(`${JUDGED} --trace-id t1 --export-env`);
  expect([code, stderr]).toEqual([0, expect.not.stringContaining('Error')]);
  expect(stdout).toMatch(/^export COAIA_TRACE_ID='t1'\nexport COAIA_LAST_OBSERVATION_ID='\w+'/);
  expect(server.calls.length).toBeGreaterThan(0);
  expect(await readScores()).toEqual([
    expect.objectContaining({
      traceId: 't1',
      name: 'helpfulness',
      value: 0.75,
      comment: 'plain words',
    }),
  ]);
  const trace = JSON.parse((await coaia('fuse traces trace-view t1 --json')).stdout);
  const names = trace.observations.map((one: { name: string }) => one.name);
  expect(names).toContain('Judge Assessment');
  expect(names).toContain('Content Evaluation: x');
});

test('without a model it fails, and there is no score', async () => {
  const { code, stdout, stderr } = await coaia(`${JUDGED} --export-env`);
  expect([code, stdout]).toEqual([1, '']);
  expect(stderr).toContain('COAIA-5010');
  expect(await readScores()).toEqual([]);
});

test.each([
  ['simple-trace --var trace_name=x', 'no step of it judges'],
  ['llm-chain', '"Initial Generation" has to be run first'],
])('%s cannot be judged now', async (words, reason) => {
  await connect();
  const { code, stdout, stderr } = await coaia(`pipeline create ${words} --enable-judge`);
  expect([code, stdout]).toEqual([1, '']);
  expect(stderr).toContain(reason);
  expect(stderr).toContain('coaia pipeline run');
  expect(server.calls).toEqual([]);
  expect((await coaia('fuse traces list')).stdout).toContain('No traces found');
});
