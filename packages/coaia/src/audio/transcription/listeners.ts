/** Who listens: an OpenAI-compatible server, the server of whisper.cpp, or a program on this machine. */
import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { toModelBase } from '#models';
import type { AudioApi } from '../api.ts';
import { callService } from '../call-service.ts';
import { audioErrors } from '../errors.ts';
import { hasProgram, runProgram, toWords } from '../run-program.ts';
import { inTemporaryFolder } from '../temporary-folder.ts';
import { parseTranscriptJson, parseTranscriptText } from './transcript.ts';
import type { Transcript } from './transcript.ts';

export interface ListenWish {
  readonly language: string | undefined;
  readonly prompt: string | undefined;
  readonly temperature: number | undefined;
  /** Times of segments are wanted. */
  readonly withTimes: boolean;
  readonly signal: AbortSignal;
}

export interface Listener {
  /** As the trace has it: name of the model or of the program. */
  readonly model: string;
  /** Host or program, for people. */
  readonly place: string;
  /** The most it takes at once; undefined: anything. */
  readonly longest: { readonly bytes: number; readonly seconds: number } | undefined;
  /** It reads only 16 kHz WAV. */
  readonly wantsWav: boolean;
  listen(path: string, wish: ListenWish): Promise<Transcript>;
}

export const PROVIDERS = ['openai', 'whisper-server', 'local'] as const;

/** 25 MB is the limit of OpenAI's own server; its newer models listen to 25 minutes. */
const LIMITS = { bytes: 24 * 1024 * 1024, seconds: 1400 } as const;

/** The one that is asked for, or the first that is set up. COAIA-6054. */
export function findListener(
  api: AudioApi,
  wish: { readonly provider?: string | undefined; readonly model?: string | undefined },
): Listener {
  const { settings, env } = api;
  const model = wish.model ?? settings.transcription_model;
  const provider = wish.provider ?? settings.transcription_provider ?? chooseProvider(api, model);
  if (provider === 'openai') return toOpenAi(api, model);
  if (provider === 'whisper-server') return toWhisperServer(api, model);
  if (provider === 'local') {
    if (settings.transcription_command !== undefined)
      return toProgram(api, settings.transcription_command, model);
    if (hasProgram('whisper-cli', env) && model !== undefined) return toWhisperCli(api, model);
  }
  throw audioErrors.create('COAIA-6054', 'Nothing that transcribes is set up.', {
    hint: 'coaia config set openai_transcription_api_url http://127.0.0.1:8080/inference',
  });
}

function chooseProvider({ settings, env }: AudioApi, model: string | undefined) {
  const url = settings.openai_transcription_api_url;
  if (url !== undefined) return url.endsWith('/inference') ? 'whisper-server' : 'openai';
  if (settings.transcription_command !== undefined) return 'local';
  if (settings.openai_api_url !== undefined || settings.openai_api_key !== undefined)
    return 'openai';
  return model !== undefined && hasProgram('whisper-cli', env) ? 'local' : undefined;
}

/** Models that tell no times and answer only as JSON or text. */
const NO_TIMES = 'transcribe';

function toOpenAi(api: AudioApi, model = 'whisper-1'): Listener {
  const { openai_transcription_api_url: own, openai_api_url: shared } = api.settings;
  const base = toModelBase(own ?? shared ?? 'https://api.openai.com/v1');
  const url = base.endsWith('/audio/transcriptions') ? base : `${base}/audio/transcriptions`;
  return {
    model,
    place: new URL(url).host,
    longest: LIMITS,
    wantsWav: false,
    async listen(path, wish) {
      const isTimed = wish.withTimes && !model.includes(NO_TIMES);
      const form = toForm({ ...wish, model, format: isTimed ? 'verbose_json' : 'json' });
      if (isTimed) form.append('timestamp_granularities[]', 'segment');
      return post(api, url, path, form, wish.signal);
    },
  };
}

function toWhisperServer(api: AudioApi, model = 'whisper'): Listener {
  const url = api.settings.openai_transcription_api_url ?? 'http://127.0.0.1:8080/inference';
  return {
    model,
    place: new URL(url).host,
    longest: undefined,
    // Without --convert it reads nothing else.
    wantsWav: true,
    listen: (path, wish) =>
      post(api, url, path, toForm({ ...wish, format: 'verbose_json' }), wish.signal),
  };
}

function toForm(wish: {
  readonly model?: string;
  readonly format: string;
  readonly language: string | undefined;
  readonly prompt: string | undefined;
  readonly temperature: number | undefined;
}): FormData {
  const form = new FormData();
  const { model, format, language, prompt, temperature } = wish;
  const fields = { model, response_format: format, language, prompt, temperature };
  for (const [name, value] of Object.entries(fields))
    if (value !== undefined) form.append(name, String(value));
  return form;
}

async function post(
  api: AudioApi,
  url: string,
  path: string,
  form: FormData,
  signal: AbortSignal,
): Promise<Transcript> {
  form.append('file', new Blob([await readFile(path)]), basename(path));
  const packed = new Response(form);
  const key = api.settings.openai_api_key ?? '';
  const answer = await callService(api, {
    url,
    headers: {
      'content-type': packed.headers.get('content-type') ?? '',
      ...(key === '' ? {} : { authorization: `Bearer ${key}` }),
    },
    body: new Uint8Array(await packed.arrayBuffer()),
    signal,
    keySetting: 'openai_api_key',
    secrets: [key],
  });
  const text = await answer.text();
  const transcript = parseAnswer(text);
  if (transcript !== undefined) return transcript;
  throw audioErrors.create('COAIA-6053', `${new URL(url).host} sent no transcript.`);
}

function parseAnswer(text: string): Transcript | undefined {
  try {
    return parseTranscriptJson(JSON.parse(text));
  } catch {
    return undefined;
  }
}

/** Any program: it gets the file by name and prints the words, subtitles, or JSON. */
function toProgram(api: AudioApi, command: string, model: string | undefined): Listener {
  const [program = 'program'] = toWords(command, {});
  return {
    model: model ?? basename(program),
    place: basename(program),
    longest: undefined,
    wantsWav: true,
    async listen(path, { language = 'en', prompt = '', signal }) {
      const words = toWords(command, { input: path, model: model ?? '', language, prompt });
      const { stdout } = await runProgram({ words, env: api.env, signal });
      return parseTranscriptText(stdout.toString('utf8'));
    },
  };
}

/** whisper-cli of whisper.cpp, which writes its JSON into a file. */
function toWhisperCli(api: AudioApi, model: string): Listener {
  return {
    model: basename(model),
    place: 'whisper-cli',
    longest: undefined,
    wantsWav: true,
    listen: (path, { language = 'auto', prompt, signal }) =>
      inTemporaryFolder(async (folder) => {
        const out = join(folder, 'out');
        const told = prompt === undefined ? [] : ['--prompt', prompt];
        const words = ['whisper-cli', '-m', model, '-f', path, '-l', language, '-oj', '-of', out];
        await runProgram({ words: [...words, '-np', ...told], env: api.env, signal });
        const text = await readFile(`${out}.json`, 'utf8').catch(() => '');
        const transcript = parseAnswer(text);
        if (transcript !== undefined) return transcript;
        throw audioErrors.create('COAIA-6056', 'whisper-cli wrote no transcript.');
      }),
  };
}
