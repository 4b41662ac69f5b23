/** A text to audio, and the trace of it. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { systemClock } from '#base';
import type { AudioApi, RecordedAudio } from '../api.ts';
import { audioErrors } from '../errors.ts';
import { inTemporaryFolder } from '../temporary-folder.ts';
import { findSpeechCommand, toLocalSpeaker } from './local-speech.ts';
import { toOpenAiSpeaker } from './openai-speech.ts';
import { toPolly } from './polly.ts';
import type { Speaker, SpeakWish } from './speaker.ts';

export interface SpeechWish extends SpeakWish {
  readonly provider: string | undefined;
  readonly voice: string | undefined;
  readonly model: string | undefined;
  readonly sessionId?: string | undefined;
  readonly userId?: string | undefined;
  /** False: the caller records the call itself. */
  readonly isRecorded: boolean;
}

export interface Spoken {
  readonly bytes: Uint8Array;
  readonly speaker: Omit<Speaker, 'speak'>;
  readonly recorded: RecordedAudio | undefined;
}

/** The one that is asked for, or the first that is set up. COAIA-6054. */
export function findSpeaker(
  api: AudioApi,
  wish: Pick<SpeechWish, 'provider' | 'voice' | 'model'>,
): Speaker {
  const { settings } = api;
  const voice = wish.voice ?? settings.speech_voice;
  const model = wish.model ?? settings.speech_model;
  const provider = wish.provider ?? settings.speech_provider ?? chooseProvider(api, model);
  if (provider === 'polly') return toPolly(api, voice, model);
  if (provider === 'openai') return toOpenAiSpeaker(api, voice, model);
  if (provider === 'local') return toLocalSpeaker(api, voice, model);
  throw audioErrors.create('COAIA-6054', 'Nothing that speaks is set up.', {
    hint: 'coaia speak "hello" --provider local -O hello.wav',
  });
}

function chooseProvider(api: AudioApi, model: string | undefined): string | undefined {
  const { settings } = api;
  if (settings.aws_access_key_id !== undefined && settings.aws_secret_access_key !== undefined)
    return 'polly';
  // Most servers of models do not speak, so an address for texts alone says nothing.
  if (settings.openai_speech_api_url !== undefined) return 'openai';
  if (settings.openai_api_key !== undefined && settings.openai_api_url === undefined)
    return 'openai';
  return findSpeechCommand(api, model) === undefined ? undefined : 'local';
}

/** Speaks, and records the call with the audio. COAIA-6050 to 6056. */
export async function speak(api: AudioApi, wish: SpeechWish): Promise<Spoken> {
  if (wish.text.trim() === '')
    throw audioErrors.create('COAIA-6050', 'There is no text to speak.', {
      hint: 'coaia speak "hello" -O hello.mp3',
    });
  const speaker = findSpeaker(api, wish);
  const startedAt = systemClock();
  let bytes: Uint8Array;
  try {
    bytes = await speaker.speak(wish);
  } catch (error) {
    await record(api, speaker, wish, { startedAt, failure: error }).catch(() => undefined);
    throw error;
  }
  return { bytes, speaker, recorded: await record(api, speaker, wish, { startedAt, bytes }) };
}

interface Facts {
  readonly startedAt: number;
  readonly bytes?: Uint8Array;
  readonly failure?: unknown;
}

async function record(
  api: AudioApi,
  { model, place, provider, voice }: Omit<Speaker, 'speak'>,
  wish: SpeechWish,
  { startedAt, bytes, failure }: Facts,
): Promise<RecordedAudio | undefined> {
  if (!wish.isRecorded) return undefined;
  const { format, isSsml, sessionId, userId, text: input } = wish;
  const call = {
    name: 'speak',
    model,
    modelParameters: { voice, format, ...(isSsml ? { ssml: true } : {}) },
    input,
    metadata: { provider, place, characters: input.length },
    startedAt,
    endedAt: systemClock(),
    sessionId,
    userId,
  };
  if (bytes === undefined) return api.record({ ...call, failure });
  return inTemporaryFolder(async (folder) => {
    const path = join(folder, `speech.${format}`);
    await writeFile(path, bytes);
    return api.record({ ...call, audio: { path, field: 'output' } });
  });
}
