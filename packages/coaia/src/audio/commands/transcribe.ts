/** `coaia transcribe`: recordings to text or subtitles. */
import { writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { EXIT, invalidRequest, isCoaiaError } from '#base';
import { readFileBytes, writeFileBytes } from '#config';
import { defineCommand } from '#surface';
import type { CommandContext } from '#surface';
import { audioApi } from '../api.ts';
import type { AudioApi } from '../api.ts';
import { audioErrors } from '../errors.ts';
import { inTemporaryFolder } from '../temporary-folder.ts';
import { PROVIDERS } from '../transcription/listeners.ts';
import { FORMATS, renderTranscript } from '../transcription/transcript.ts';
import type { TranscriptFormat } from '../transcription/transcript.ts';
import { transcribe } from '../transcription/transcribe.ts';
import type { Transcribed, TranscribeWish } from '../transcription/transcribe.ts';

export const command = defineCommand({
  words: 'transcribe',
  summary: 'Turn recordings into text or subtitles',
  description:
    'Asks an OpenAI-compatible server (openai_transcription_api_url, openai_api_url, openai_api_key), the server of whisper.cpp (an address that ends in /inference), or a program on this machine (transcription_command, whisper-cli). Long files are cut at silence by ffmpeg and joined again with the right times. Each file is a trace with the audio.',
  needs: audioApi,
  positionals: [
    { name: 'files', summary: 'Recordings; - reads stdin', variadic: true, required: true },
  ],
  options: {
    output: {
      type: 'string',
      short: 'O',
      placeholder: 'PATH',
      summary: 'Write it into a file',
      compat: true,
    },
    format: { type: 'string', choices: FORMATS, default: 'text', summary: 'What is written' },
    language: { type: 'string', short: 'l', placeholder: 'CODE', summary: 'Language, such as en' },
    model: { type: 'string', short: 'm', placeholder: 'MODEL', summary: 'Model, or its file' },
    prompt: { type: 'string', placeholder: 'TEXT', summary: 'Names and words that occur' },
    temperature: { type: 'number', summary: 'From 0 to 1' },
    provider: { type: 'string', choices: PROVIDERS, summary: 'Who listens' },
    split: { type: 'number', placeholder: 'SECONDS', summary: 'Longest part that is sent at once' },
    trace: { type: 'boolean', summary: 'Print the id of the trace on stderr' },
  },
  examples: [
    'coaia transcribe meeting.mp3',
    'coaia t talk.wav --format srt -O talk.srt --language en',
    'cat note.ogg | coaia transcribe - --json',
  ],
  async run(context, { args, options }) {
    const { out, flags } = context;
    checkLine(args.files, options);
    const api = await context.open();
    const done: Done[] = [];
    const failures: unknown[] = [];
    for (const file of args.files) {
      try {
        done.push(await work(context, api, file, options));
      } catch (error) {
        if (!isCoaiaError(error)) throw error;
        failures.push(error);
        if (args.files.length > 1) out.notice(`${file}: ${error.message}`);
      }
    }
    if (done.length === 0) throw failures[0];
    const shown = done.map(({ file, result }) => toJson(file, result));
    if (flags.json) out.json(args.files.length === 1 ? shown[0] : shown);
    return failures.length === 0 ? EXIT.done : EXIT.partial;
  },
});

interface Done {
  readonly file: string;
  readonly result: Transcribed;
}

function checkLine(
  files: readonly string[],
  { output, split }: { readonly output: string | undefined; readonly split: number | undefined },
): void {
  if (files.length === 0) throw invalidRequest('Which file?');
  if (files.length > 1 && output !== undefined)
    throw invalidRequest('With several recordings leave -O out, or use --json.');
  if (split !== undefined && split < 1) throw invalidRequest('--split takes seconds, at least 1.');
}

type Given = Omit<Options, 'withTimes'> & {
  readonly format: string;
  readonly output: string | undefined;
  readonly trace: boolean | undefined;
};

async function work(
  context: CommandContext<AudioApi>,
  api: AudioApi,
  file: string,
  options: Given,
): Promise<Done> {
  const { out, flags } = context;
  const format = options.format as TranscriptFormat;
  const withTimes = format !== 'text' || flags.json;
  const result = await transcribeOne(context, api, file, { ...options, withTimes });
  const text = renderTranscript(result.transcript, format);
  await show(context, { file, text, output: options.output });
  if (options.trace === true) out.notice(`Trace: ${result.recorded?.traceId ?? 'none'}`);
  return { file, result };
}

interface Options {
  readonly language: string | undefined;
  readonly model: string | undefined;
  readonly prompt: string | undefined;
  readonly temperature: number | undefined;
  readonly provider: string | undefined;
  readonly split: number | undefined;
  readonly withTimes: boolean;
}

async function transcribeOne(
  context: CommandContext<AudioApi>,
  api: AudioApi,
  file: string,
  options: Options,
): Promise<Transcribed> {
  const { out, signal, env, cwd } = context;
  const wish: Omit<TranscribeWish, 'path' | 'name'> = {
    ...options,
    signal,
    onNotice: (sentence) => out.notice(sentence),
    sessionId: env['COAIA_SESSION_ID'] || undefined,
    userId: env['COAIA_USER_ID'] || undefined,
    isRecorded: true,
  };
  if (file !== '-') {
    await readFileBytes(file, cwd);
    return transcribe(api, { ...wish, path: resolve(cwd, file), name: file });
  }
  const bytes = await context.stdin();
  if (bytes.length === 0)
    throw audioErrors.create('COAIA-6050', 'There is no audio on stdin.', {
      hint: 'coaia transcribe - < recording.wav',
    });
  return inTemporaryFolder(async (folder) => {
    const path = join(folder, `stdin${toEnding(bytes)}`);
    await writeFile(path, bytes);
    return transcribe(api, { ...wish, path, name: 'stdin' });
  });
}

/** Services look at the name; the first bytes say what it is. */
function toEnding(bytes: Buffer): string {
  const head = bytes.subarray(0, 12).toString('latin1');
  if (head.startsWith('RIFF')) return '.wav';
  if (head.startsWith('OggS')) return '.ogg';
  if (head.startsWith('fLaC')) return '.flac';
  if (head.slice(4, 8) === 'ftyp') return '.m4a';
  return head.startsWith('\u001AE\u00DF\u00A3') ? '.webm' : '.mp3';
}

interface Shown {
  readonly file: string;
  readonly text: string;
  readonly output: string | undefined;
}

async function show(
  { out, flags, cwd }: CommandContext<AudioApi>,
  { file, text, output }: Shown,
): Promise<void> {
  if (output !== undefined) {
    await writeFileBytes(output, cwd, Buffer.from(text, 'utf8'));
    out.notice(`Wrote the transcript of ${file} to ${output}.`);
  } else if (!flags.json) out.line(text);
}

function toJson(file: string, { transcript, model, parts, recorded }: Transcribed) {
  const { text, segments, language, duration, usageDetails = null } = transcript;
  const facts = { file, text, segments, language, duration, usage: usageDetails, model, parts };
  return { ...facts, traceId: recorded?.traceId ?? null, mediaId: recorded?.mediaId ?? null };
}
