/** What ffmpeg does for us. Every function fails with COAIA-6055 and 6056. */
import { isCoaiaError } from '#base';
import { runProgram } from './run-program.ts';
import type { ProgramRun } from './run-program.ts';

type Place = Pick<ProgramRun, 'env' | 'signal'>;

/** A playlist that calls itself audio must not make it open other addresses. */
const FILES_ONLY = ['-protocol_whitelist', 'file,pipe'];

const QUIET = ['ffmpeg', '-nostdin', '-hide_banner', '-y'];

/** Seconds of a file; undefined when it does not tell, or is no audio that ffmpeg knows. */
export async function readDuration(path: string, place: Place): Promise<number | undefined> {
  const show = ['-show_entries', 'format=duration', '-of', 'csv=p=0'];
  const words = ['ffprobe', '-v', 'error', ...FILES_ONLY, ...show, path];
  const printed = await runProgram({ words, ...place }).catch((error: unknown) => {
    if (isCoaiaError(error) && error.code === 'COAIA-6056') return undefined;
    throw error;
  });
  if (printed === undefined) return undefined;
  const seconds = Number(printed.stdout.toString('utf8').trim());
  return Number.isFinite(seconds) && seconds > 0 ? seconds : undefined;
}

/** What most recognisers want: one channel, 16 kHz, 16 bit. A part of the file when `from` and `length` are given. */
export async function toSpeechWav(
  from: string,
  to: string,
  place: Place,
  part?: { readonly from: number; readonly length: number },
): Promise<void> {
  const cut = part === undefined ? [] : ['-ss', String(part.from), '-t', String(part.length)];
  const form = ['-vn', '-ac', '1', '-ar', '16000', '-c:a', 'pcm_s16le'];
  await runProgram({
    words: [...QUIET, '-v', 'error', ...cut, ...FILES_ONLY, '-i', from, ...form, to],
    ...place,
  });
}

/** Turns a file into the format that the name says. */
export async function convert(
  from: string,
  to: string,
  place: Place,
  options: readonly string[] = [],
): Promise<void> {
  await runProgram({
    words: [...QUIET, '-v', 'error', ...FILES_ONLY, '-i', from, ...options, to],
    ...place,
  });
}

export interface Silence {
  readonly start: number;
  readonly end: number;
}

/** Silences of at least 0.4 s below -35 dB, in seconds. */
export async function findSilences(path: string, place: Place): Promise<readonly Silence[]> {
  const detect = ['-af', 'silencedetect=noise=-35dB:d=0.4', '-f', 'null', '-'];
  const { stderr } = await runProgram({
    words: [...QUIET, ...FILES_ONLY, '-i', path, '-vn', ...detect],
    ...place,
  });
  const starts = [...stderr.matchAll(/silence_start: (-?[\d.]+)/g)].map(([, at]) => Number(at));
  const ends = [...stderr.matchAll(/silence_end: (-?[\d.]+)/g)].map(([, at]) => Number(at));
  return starts.flatMap((start, index) => {
    const end = ends[index];
    return end === undefined ? [] : [{ start: Math.max(0, start), end }];
  });
}
