/** Steps with the stash, texts and audio, as one pipeline that really runs. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runCoaia } from '../../packages/coaia/src/cli/testing.ts';
import { openAudioServer } from '../../packages/coaia/src/audio/testing/audio-server.ts';
import type { AudioServer } from '../../packages/coaia/src/audio/testing/audio-server.ts';
import { openModelServer } from '../../packages/coaia/src/models/testing/model-server.ts';
import type { ModelServer } from '../../packages/coaia/src/models/testing/model-server.ts';
import {
  openTestRedis,
  readTestRedis,
} from '../../packages/coaia/src/stash/testing/redis-server.ts';
import type { TestRedis } from '../../packages/coaia/src/stash/testing/redis-server.ts';

const home = mkdtempSync(join(tmpdir(), 'coaia-service-actions-'));
let model: ModelServer;
let audio: AudioServer;
let redis: TestRedis;
beforeAll(async () => {
  [model, audio, redis] = await Promise.all([
    openModelServer(),
    openAudioServer(),
    openTestRedis(),
  ]);
});
afterAll(async () => {
  await Promise.all([model.close(), audio.close(), redis.close()]);
  rmSync(home, { recursive: true, force: true });
});

const steps = [
  { id: 'keep', action: 'tash', with: { key: 'run:k', value: { a: 1 }, ttl: '2h' } },
  { id: 'read', needs: ['keep'], action: 'fetch', with: { key: 'run:k', json: true } },
  { id: 'sum', action: 'summarize', with: { text: 'one two', max_words: 5 } },
  {
    id: 'tagged',
    action: 'process',
    with: { tag: 'compact', text: '{{ steps.read.output.a }} x' },
  },
  { id: 'say', action: 'speak', with: { text: 'hello', file: 'say.wav', provider: 'local' } },
  { id: 'hear', needs: ['say'], action: 'transcribe', with: { file: 'say.wav', format: 'json' } },
];

test('all of them do what the commands do, and are recorded once', async () => {
  const named = steps.map((step) => ({ ...step, name: step.id }));
  const template = { name: 'services', version: '1.0', steps: named };
  writeFileSync(join(home, 'services.json'), JSON.stringify(template));
  const env = {
    PATH: process.env['PATH'],
    OPENAI_BASE_URL: model.baseUrl,
    OPENAI_MODEL: 'm-1',
    COAIA_TRANSCRIPTION_URL: `${audio.url}/inference`,
    COAIA_SPEECH_COMMAND: 'ffmpeg -v error -f lavfi -i sine=d=1 -y {output}',
    REDIS_URL: redis.url,
  };
  const run = (line: string) => runCoaia(line, { home, env });
  expect((await run('pipeline allow files')).code).toBe(0);
  const { code, stdout, stderr } = await run('pipeline run ./services.json --json');
  expect(code, stderr).toBe(0);
  const { steps: done, traceId } = JSON.parse(stdout);
  const outputs = Object.fromEntries(
    (done as { id: string; output: unknown }[]).map(({ id, output }) => [id, output]),
  );
  expect(outputs).toMatchObject({
    keep: { key: 'run:k', bytes: 7 },
    read: { a: 1 },
    sum: 'You said "one two", which is 2 words.',
    tagged: 'You said "1 x", which is 2 words.',
    say: { file: 'say.wav', format: 'wav' },
    hear: { text: 'Call 1.', segments: [{ start: 0, text: 'Call 1.' }] },
  });
  const kept = await readTestRedis(redis.url, 'run:k');
  expect(kept.value).toBe('{"a":1}');
  expect(Math.abs(kept.life - 7200)).toBeLessThan(10);
  const view = await run(`fuse traces trace-view ${traceId} --json`);
  const { observations } = JSON.parse(view.stdout) as {
    observations: { id: string; name: string; type: string; parentObservationId: string | null }[];
  };
  const sum = observations.find(({ name, type }) => name === 'sum' && type !== 'GENERATION');
  const below = observations.filter(({ parentObservationId }) => parentObservationId === sum?.id);
  expect(below).toMatchObject([{ name: 'summarize', type: 'GENERATION' }]);
}, 30_000);

test('a file outside of the folder of the run is refused', async () => {
  const outside = {
    id: 'hear',
    name: 'hear',
    action: 'transcribe',
    with: { file: '../../config.json' },
  };
  const template = { name: 'outside', version: '1.0', steps: [outside] };
  writeFileSync(join(home, 'outside.json'), JSON.stringify(template));
  const { code, stderr } = await runCoaia('pipeline run ./outside.json', { home });
  expect(code).not.toBe(0);
  expect(stderr).toContain('not inside the folder');
});
