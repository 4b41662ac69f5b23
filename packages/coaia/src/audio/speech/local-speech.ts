/** Speech by a program on this machine: espeak-ng, piper, or any that writes a WAV file. */
import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { AudioApi } from '../api.ts';
import { audioErrors } from '../errors.ts';
import { convert } from '../ffmpeg.ts';
import { hasProgram, runProgram, toWords } from '../run-program.ts';
import { inTemporaryFolder } from '../temporary-folder.ts';
import type { Speaker, SpeechFormat } from './speaker.ts';

const ESPEAK = 'espeak-ng -v {voice} -w {output} --stdin';
const PIPER = 'piper --model {model} --output_file {output}';

/** The command that speaks here; undefined when there is none. */
export function findSpeechCommand(api: AudioApi, model: string | undefined): string | undefined {
  if (api.settings.speech_command !== undefined) return api.settings.speech_command;
  if (model !== undefined && hasProgram('piper', api.env)) return PIPER;
  return hasProgram('espeak-ng', api.env) ? ESPEAK : undefined;
}

/** COAIA-6054 when nothing here speaks. */
export function toLocalSpeaker(api: AudioApi, voice = 'en', model?: string): Speaker {
  const command = findSpeechCommand(api, model);
  if (command === undefined)
    throw audioErrors.create('COAIA-6054', 'No program that speaks is installed.', {
      hint: 'coaia config set speech_command "espeak-ng -v {voice} -w {output} --stdin"',
    });
  const [program = 'program'] = toWords(command, {});
  return {
    provider: 'local',
    model: model === undefined ? basename(program) : basename(model),
    voice,
    place: basename(program),
    speak: ({ text, format, isSsml, signal }) =>
      inTemporaryFolder(async (folder) => {
        const output = join(folder, 'speech.wav');
        const words = toWords(command, { output, voice, model: model ?? '' });
        const marked = isSsml && command === ESPEAK ? [...words, '-m'] : words;
        await runProgram({ words: marked, input: text, env: api.env, signal });
        const path = join(folder, `out.${format}`);
        if (format !== 'wav') await convert(output, path, { env: api.env, signal }, FORMS[format]);
        const bytes = await readFile(format === 'wav' ? output : path).catch(() => Buffer.alloc(0));
        if (bytes.length > 0) return bytes;
        throw audioErrors.create('COAIA-6056', `${basename(program)} wrote no audio.`);
      }),
  };
}

const FORMS: Readonly<Record<Exclude<SpeechFormat, 'wav'>, readonly string[]>> = {
  mp3: ['-c:a', 'libmp3lame', '-q:a', '4'],
  ogg: ['-c:a', 'libvorbis', '-q:a', '4'],
  pcm: ['-f', 's16le', '-c:a', 'pcm_s16le', '-ac', '1', '-ar', '16000'],
};
