/** Judging a trace from the command line and over a server. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { runCoaia } from '#cli/testing';
import type { Judgements } from '@coaia/client';
import { openModelServer } from '../../models/testing/model-server.ts';
import type { ModelServer } from '../../models/testing/model-server.ts';

let home: string;
let server: ModelServer;
beforeEach(async () => {
  home = mkdtempSync(join(tmpdir(), 'coaia-judge-'));
  server = await openModelServer({
    reply: (input, { model }) => {
      if (input.includes('badly')) return { text: 'I like it' };
      return model === 'other'
        ? { text: JSON.stringify({ reasoning: 'no', score: 0 }) }
        : undefined;
    },
  });
  await coaia(`models connections set test --base-url ${server.baseUrl} --model m`);
  await coaia(
    'fuse score-configs create --name Help --data-type NUMERIC --min-value 0 --max-value 1',
  );
  await coaia('fuse traces create t1 -i question -o answer');
  await coaia('fuse traces create t2 -i question -o badly');
});
afterEach(async () => {
  await server.close();
  rmSync(home, { recursive: true, force: true });
});

const coaia = (line: string) => runCoaia(line, { home });

test('one judge: a score with its reason, and the call as a trace of its own', async () => {
  const done = await coaia('fuse judge run --config Help --trace-id t1 --json');
  expect(done.stderr).toBe('');
  const judged = JSON.parse(done.stdout) as Judgements;
  const [score] = judged.scores;
  expect(judged).toMatchObject({ name: 'Help', judges: 1, value: score?.value, agreement: null });
  const list = JSON.parse((await coaia('fuse scores list --json')).stdout);
  expect((list.data ?? list)[0]).toMatchObject({
    name: 'Help',
    traceId: 't1',
    value: score?.value,
    comment: score?.reasoning,
  });
  const call = JSON.parse(
    (await coaia(`fuse observations list --trace-id ${score?.traceId} --json`)).stdout,
  );
  expect((call.data ?? call)[0]).toMatchObject({ type: 'GENERATION', name: 'Judge: Help' });
});

test('several judges: a score each, and how far they agree', async () => {
  const done = await coaia('fuse judge run --config Help --trace-id t1 --model m other m');
  expect(done.code).toBe(0);
  expect(done.stdout).toMatch(/Total scores: 3\nHelp: [\d.]+; 33 % of the pairs agree, spread/);
});

test.each([
  ['--config Help --trace-id t2', 'COAIA-2260'],
  ['--config Help --trace-id nobody', 'COAIA-0003'],
  ['--config Nothing --trace-id t1', 'COAIA-5101'],
])('%s writes no score', async (words, code) => {
  const refused = await coaia(`fuse judge run ${words}`);
  expect([refused.code === 0, refused.stdout]).toEqual([false, '']);
  expect(refused.stderr).toContain(code);
  expect((await coaia('fuse scores list')).stdout).toContain('No scores found');
});
