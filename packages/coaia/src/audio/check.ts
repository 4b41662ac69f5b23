/** What of audio works here, for `coaia doctor`. */
import { isCoaiaError } from '#base';
import type { AudioApi } from './api.ts';
import { hasProgram, runProgram } from './run-program.ts';
import { findSpeaker } from './speech/speak.ts';
import { findListener } from './transcription/listeners.ts';

export interface AudioCheck {
  /** Who would listen and speak; null with the sentence why nobody would. Nothing is sent anywhere. */
  readonly transcription: { readonly place: string | null; readonly problem: string | null };
  readonly speech: { readonly place: string | null; readonly problem: string | null };
  /** First line of `ffmpeg -version`; null when it is not installed. */
  readonly ffmpeg: string | null;
}

/** Looks at settings and programs. */
export async function checkAudio(api: AudioApi, signal: AbortSignal): Promise<AudioCheck> {
  const none = { provider: undefined, voice: undefined, model: undefined };
  return {
    transcription: look(() => findListener(api, none).place),
    speech: look(() => findSpeaker(api, none).place),
    ffmpeg: hasProgram('ffmpeg', api.env) ? await readVersion(api, signal) : null,
  };
}

function look(find: () => string) {
  try {
    return { place: find(), problem: null };
  } catch (error) {
    if (!isCoaiaError(error)) throw error;
    return { place: null, problem: error.message };
  }
}

async function readVersion({ env }: AudioApi, signal: AbortSignal): Promise<string | null> {
  const { stdout } = await runProgram({ words: ['ffmpeg', '-version'], env, signal });
  return stdout.toString('utf8').split('\n')[0] ?? null;
}
