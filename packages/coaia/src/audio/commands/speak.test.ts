import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openTestDatabases } from '#store/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openRoomServer } from '../../observability/testing/open-room-server.ts';
import { openAudioHome } from '../testing/audio-home.ts';
import type { AudioHome } from '../testing/audio-home.ts';
import { AWS, KEY } from '../testing/audio-server.ts';

let room: AudioHome;
beforeEach(async () => {
  room = await openAudioHome();
});
afterEach(() => room.close());

describe('speak', () => {
  const polly = () => ({
    AWS_ENDPOINT_URL: room.server.url,
    AWS_ACCESS_KEY_ID: AWS.id,
    AWS_SECRET_ACCESS_KEY: AWS.secret,
    AWS_REGION: AWS.region,
  });

  it('sends Polly a request that is signed as AWS wants it', async () => {
    const { code, stdout } = await room.run('speak "hello there" --voice Amy -O a.mp3 --json', {
      env: polly(),
    });
    expect(code).toBe(0);
    expect(readFileSync(join(room.home, 'a.mp3'), 'utf8')).toBe('<mp3:hello there>');
    expect(JSON.parse(room.server.calls[0]?.body.toString() ?? '')).toEqual({
      Engine: 'neural',
      OutputFormat: 'mp3',
      Text: 'hello there',
      TextType: 'text',
      VoiceId: 'Amy',
    });
    const { observations } = await room.readTrace(JSON.parse(stdout).traceId);
    expect(observations).toMatchObject([
      {
        name: 'speak',
        model: 'polly-neural',
        input: 'hello there',
        output: expect.stringContaining('@@@langfuseMedia:type=audio/mpeg'),
        modelParameters: { voice: 'Amy', format: 'mp3' },
      },
    ]);
    const wrong = await room.run('speak hello -O b.mp3', {
      env: { ...polly(), AWS_SECRET_ACCESS_KEY: 'wrong-secret' },
    });
    expect([wrong.code, wrong.stdout]).toEqual([3, '']);
    expect(wrong.stderr).toContain('COAIA-6052');
    expect(() => readFileSync(join(room.home, 'b.mp3'))).toThrow(/ENOENT/);
  });

  it('takes SSML, session tokens and texts of any length, and makes WAV of samples', async () => {
    const env = { ...polly(), AWS_SESSION_TOKEN: 'session-token' };
    writeFileSync(join(room.home, 'long.txt'), 'A sentence of words. '.repeat(200));
    expect((await room.run('synthesize -F long.txt -O a.wav', { env })).code).toBe(0);
    expect(room.server.calls).toHaveLength(2);
    const wav = readFileSync(join(room.home, 'a.wav'));
    expect([wav.toString('latin1', 0, 4), wav.length]).toEqual(['RIFF', 44 + 6400]);
    expect((await room.run('speak "<speak>hi</speak>" --ssml -O b.mp3', { env })).code).toBe(0);
    expect(room.server.calls[2]?.body.toString()).toContain('"TextType":"ssml"');
    expect(room.server.calls[2]?.headers['x-amz-security-token']).toBe('session-token');
  });

  it('asks an OpenAI-compatible server', async () => {
    const line = 'speak "hi" --provider openai -m tts-1 --voice nova -O a.ogg';
    expect((await room.run(line, { env: room.openai })).code).toBe(0);
    expect(readFileSync(join(room.home, 'a.ogg'), 'utf8')).toBe('<opus:hi>');
    expect(JSON.parse(room.server.calls[0]?.body.toString() ?? '')).toEqual({
      model: 'tts-1',
      input: 'hi',
      voice: 'nova',
      response_format: 'opus',
    });
    const piped = await room.run('speak - --provider openai', {
      env: room.openai,
      stdin: 'from stdin',
    });
    expect(piped.stdout).toBe('<mp3:from stdin>');
  });

  it.each([
    ['speak hi -O a.mp3', {}, 3, 'COAIA-6054'],
    ['speak hi --provider polly -O a.mp3', {}, 3, 'access key'],
    ['speak -O a.mp3', {}, 1, 'COAIA-6050'],
    ['speak "<speak/>" --ssml --provider openai -O a.mp3', { OPENAI_API_KEY: KEY }, 1, 'SSML'],
    ['speak hi -O a.mp3', { OPENAI_API_KEY: KEY, COAIA_OFFLINE: '1' }, 7, 'COAIA-0601'],
  ])('%s with %j ends with %i', async (line, env, code, words) => {
    const result = await room.run(line, { env: { ...env, PATH: '' }, stdin: '' });
    expect([result.code, result.stdout]).toEqual([code, '']);
    expect(result.stderr).toContain(words);
  });

  it('asks where to, on a terminal', async () => {
    expect((await room.run('speak hi', { isTTY: true })).code).toBe(2);
  });

  it('is recorded on a server with its audio', async () => {
    const [kind] = openTestDatabases();
    if (kind === undefined) throw new TypeError('no store');
    const keeper = await openRoomServer(await kind.open());
    const env = {
      LANGFUSE_HOST: keeper.url,
      LANGFUSE_PUBLIC_KEY: 'pk-lf-own',
      LANGFUSE_SECRET_KEY: 'sk-lf-own',
    };
    try {
      const spoken = await room.run('speak hi --provider openai -O a.mp3 --json', {
        env: { ...env, ...room.openai },
      });
      const { traceId, mediaId } = JSON.parse(spoken.stdout);
      expect(mediaId).toEqual(expect.any(String));
      const { observations } = await room.readTrace(traceId, env);
      expect(observations).toMatchObject([{ output: expect.stringContaining(mediaId) }]);
    } finally {
      await keeper.close();
    }
  });
});
