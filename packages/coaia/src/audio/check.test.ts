import { expect, test } from 'vitest';
import type { AudioApi } from './api.ts';
import { checkAudio } from './check.ts';
import { has } from './testing/audio-home.ts';

const toApi = (settings: AudioApi['settings'], env: AudioApi['env']): AudioApi => ({
  settings,
  env,
  fetch: () => Promise.reject(new TypeError('nothing is sent')),
  record: () => Promise.reject(new TypeError('nothing is recorded')),
});
const { signal } = new AbortController();

test('says who would listen and speak, or why nobody would, and sends nothing', async () => {
  expect(await checkAudio(toApi({}, {}), signal)).toEqual({
    transcription: { place: null, problem: 'Nothing that transcribes is set up.' },
    speech: { place: null, problem: 'Nothing that speaks is set up.' },
    ffmpeg: null,
  });
  const keys = { aws_access_key_id: 'a', aws_secret_access_key: 'b', openai_api_key: 'c' };
  expect(await checkAudio(toApi(keys, {}), signal)).toMatchObject({
    transcription: { place: 'api.openai.com' },
    speech: { place: 'polly.us-east-1.amazonaws.com' },
  });
});

test.skipIf(!has('ffmpeg'))('knows the version of ffmpeg', async () => {
  const { ffmpeg } = await checkAudio(toApi({}, { PATH: process.env['PATH'] }), signal);
  expect(ffmpeg).toContain('ffmpeg version');
});
