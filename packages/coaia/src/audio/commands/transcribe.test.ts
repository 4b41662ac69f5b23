import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { has, openAudioHome } from '../testing/audio-home.ts';
import type { AudioHome } from '../testing/audio-home.ts';
import { KEY } from '../testing/audio-server.ts';

let room: AudioHome;
beforeEach(async () => {
  room = await openAudioHome();
});
afterEach(() => room.close());

/** Beeps of a second with silence between them, as a 16 kHz WAV. */
function makeBeeps(name: string, count: number): void {
  const graph = `sine=f=440:d=${count * 2}:r=16000,volume='lt(mod(t,2),1)':eval=frame`;
  execFileSync('ffmpeg', ['-v', 'error', '-f', 'lavfi', '-i', graph, join(room.home, name)]);
}

describe('transcribe', () => {
  beforeEach(() => writeFileSync(join(room.home, 'a.wav'), Buffer.alloc(32_078)));

  it('asks an OpenAI-compatible server, and leaves a trace with the audio', async () => {
    const words = [
      'transcribe',
      'a.wav',
      '-l',
      'en',
      '--prompt',
      'Ada',
      '--trace',
      '-m',
      'm-transcribe',
    ];
    const { code, stdout, stderr } = await room.run(words, { env: room.openai });
    expect([code, stdout]).toEqual([0, 'Call 1.\n']);
    expect(room.server.calls[0]).toMatchObject({
      path: '/v1/audio/transcriptions',
      form: {
        model: 'm-transcribe',
        language: 'en',
        prompt: 'Ada',
        response_format: 'json',
        file: '32078',
      },
    });
    const [, traceId = ''] = /Trace: (\w+)/.exec(stderr) ?? [];
    const { observations } = await room.readTrace(traceId);
    expect(observations).toMatchObject([
      {
        type: 'GENERATION',
        model: 'm-transcribe',
        output: 'Call 1.',
        usageDetails: { input: 10, output: 2, total: 12 },
        input: {
          file: 'a.wav',
          audio: expect.stringMatching(/^@@@langfuseMedia:type=audio\/wav\|/),
        },
      },
    ]);
    const media = await room.run(`fuse media list --trace-id ${traceId} --json`);
    expect(media.stdout).toContain('"contentLength": 32078');
  });

  it('writes subtitles and JSON, exactly and without a newline at the end', async () => {
    expect((await room.run('t a.wav --format srt -O a.srt', { env: room.openai })).stdout).toBe('');
    const srt = readFileSync(join(room.home, 'a.srt'), 'utf8');
    expect(srt).toBe('1\n00:00:00,000 --> 00:00:01,000\nCall 1.');
    expect(room.server.calls[0]?.form).toMatchObject({
      response_format: 'verbose_json',
      'timestamp_granularities[]': 'segment',
    });
    const json = await room.run('t - --json', { env: room.openai, stdin: Buffer.alloc(3278) });
    expect(JSON.parse(json.stdout)).toMatchObject({
      text: 'Call 2.',
      segments: [{ start: 0, text: 'Call 2.' }],
      model: 'whisper-1',
      traceId: expect.any(String),
    });
  });

  it('speaks to the server of whisper.cpp', async () => {
    const env = { COAIA_TRANSCRIPTION_URL: `${room.server.url}/inference` };
    const { code, stdout } = await room.run('transcribe a.wav', { env: { ...env, PATH: '' } });
    expect([code, stdout]).toEqual([0, 'Call 1.\n']);
    expect(room.server.calls[0]?.headers['authorization']).toBeUndefined();
  });

  it.skipIf(!has('ffmpeg'))(
    'cuts long files at silence and joins them with the right times',
    async () => {
      makeBeeps('long.wav', 6);
      const { code, stdout, stderr } = await room.run('t long.wav --split 5 --json', {
        env: room.openai,
      });
      expect([code, stderr]).toEqual([
        0,
        'long.wav is 12 s long: it is sent in 3 parts, cut at silence.\n',
      ]);
      const { segments, duration, parts, text } = JSON.parse(stdout);
      expect([text, parts]).toEqual(['Call 1. Call 2. Call 3.', 3]);
      expect(duration).toBeCloseTo(12, 1);
      for (const [index, start] of [0, 3.5, 7.5].entries()) {
        expect(segments[index].start).toBeCloseTo(start, 1);
        expect(segments[index].end).toBeCloseTo([3.5, 7.5, 12][index] ?? 0, 1);
      }
    },
  );

  it('tries again when the service is busy, and says what failed', async () => {
    room.server.failures.push(503);
    expect((await room.run('t a.wav', { env: room.openai })).code).toBe(0);
    const many = await room.run('t a.wav missing.wav', { env: room.openai });
    expect([many.code, many.stdout]).toEqual([5, 'Call 3.\n']);
    expect(many.stderr).toContain('missing.wav');
  });

  it.each([
    ['t a.wav', {}, 3, 'COAIA-6054'],
    ['t missing.wav', {}, 1, 'does not exist'],
    ['t empty.wav', { OPENAI_API_KEY: KEY }, 1, 'COAIA-6050'],
    ['t - ', { OPENAI_API_KEY: KEY }, 1, 'COAIA-6050'],
    ['t a.wav', { OPENAI_BASE_URL: 'http://127.0.0.1:9' }, 4, 'COAIA-6051'],
    ['t a.wav', { OPENAI_API_KEY: KEY, COAIA_OFFLINE: '1' }, 7, 'COAIA-0601'],
    ['t a.wav', { COAIA_TRANSCRIPTION_COMMAND: 'no-such-program {input}' }, 3, 'COAIA-6055'],
    ['t a.wav', { COAIA_TRANSCRIPTION_COMMAND: 'cat {input} /nowhere' }, 1, 'COAIA-6056'],
    ['t a.wav --format srt', { COAIA_TRANSCRIPTION_COMMAND: 'echo hello' }, 1, 'COAIA-6057'],
    ['t a.wav a.wav -O x', {}, 2, 'several'],
  ])('%s with %j ends with %i', async (line, env, code, words) => {
    writeFileSync(join(room.home, 'empty.wav'), '');
    const result = await room.run(line, { env: { ...env, PATH: '/bin:/nowhere' }, stdin: '' });
    expect([result.code, result.stdout]).toEqual([code, '']);
    expect(result.stderr).toContain(words);
  });

  it('says when a server sends something else, or refuses', async () => {
    room.server.failures.push(400);
    const refused = await room.run('t a.wav', { env: room.openai });
    expect([refused.code, refused.stdout]).toEqual([1, '']);
    expect(refused.stderr).toContain('COAIA-6053');
    expect(refused.stderr).toContain('not now');
  });

  it('never repeats a key', async () => {
    const { code, stdout, stderr } = await room.run('t a.wav', {
      env: { ...room.openai, OPENAI_API_KEY: 'sk-wrong-key-here' },
    });
    expect([code, stdout]).toEqual([3, '']);
    expect(stderr).not.toContain('sk-wrong-key-here');
    expect(stderr).toContain('COAIA-6052');
  });

  it('stands for a program with any words', async () => {
    const odd = 'a b; $(touch x).wav';
    writeFileSync(join(room.home, odd), 'x');
    const env = { COAIA_TRANSCRIPTION_COMMAND: 'basename {input}', PATH: '/bin:/usr/bin' };
    expect((await room.run(['t', odd], { env })).stdout).toBe(`${odd}\n`);
    expect(() => readFileSync(join(room.home, 'x'))).toThrow();
  });

  it.skipIf(!has('pocketsphinx_continuous') || !has('espeak-ng') || !has('ffmpeg'))(
    'hears on this machine what was spoken on it',
    async () => {
      const spoken = await room.run('speak "good morning" --provider local -O say.wav');
      expect(spoken.code).toBe(0);
      const command = 'pocketsphinx_continuous -infile {input} -logfn /dev/null';
      const { code, stdout } = await room.run('transcribe say.wav --json', {
        env: { COAIA_TRANSCRIPTION_COMMAND: command },
      });
      expect(code).toBe(0);
      const heard = JSON.parse(stdout);
      expect(heard).toMatchObject({
        model: 'pocketsphinx_continuous',
        segments: null,
        usage: null,
      });
      expect(heard.text).toMatch(/^[a-z' ]+$/);
      expect(heard.duration).toBeGreaterThan(0.5);
    },
    30_000,
  );
});
