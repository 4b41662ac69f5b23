/** A recording of any length to text, and the trace of it. */
import { stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { systemClock } from '#base';
import type { AudioApi, RecordedAudio } from '../api.ts';
import { audioErrors } from '../errors.ts';
import { findSilences, readDuration, toSpeechWav } from '../ffmpeg.ts';
import { hasProgram } from '../run-program.ts';
import { inTemporaryFolder } from '../temporary-folder.ts';
import { findListener } from './listeners.ts';
import type { Listener, ListenWish } from './listeners.ts';
import { findParts } from './split-points.ts';
import { joinTranscripts } from './transcript.ts';
import type { Transcript } from './transcript.ts';

export interface TranscribeWish extends ListenWish {
  readonly path: string;
  /** As people know the file. */
  readonly name: string;
  readonly provider: string | undefined;
  readonly model: string | undefined;
  /** Longest part in seconds; undefined: what the service takes. */
  readonly split: number | undefined;
  readonly onNotice: (sentence: string) => void;
  readonly sessionId?: string | undefined;
  readonly userId?: string | undefined;
  /** False: the caller records the call itself. */
  readonly isRecorded: boolean;
}

export interface Transcribed {
  readonly transcript: Transcript;
  readonly model: string;
  readonly place: string;
  readonly parts: number;
  /** Undefined when it was not to be recorded. */
  readonly recorded: RecordedAudio | undefined;
}

/** Parts of a file that is too large are so long; 16 kHz WAV of ten minutes has 19 MB. */
const PART_SECONDS = 600;

/** Listens, and records the call with the audio. COAIA-6050 to 6056. */
export async function transcribe(api: AudioApi, wish: TranscribeWish): Promise<Transcribed> {
  const { size } = await stat(wish.path);
  if (size === 0)
    throw audioErrors.create('COAIA-6050', `${wish.name} is empty.`, {
      hint: 'coaia transcribe recording.wav',
    });
  const listener = findListener(api, wish);
  const startedAt = systemClock();
  try {
    const { transcript, parts } = await listenToAll(api, listener, wish, size);
    const recorded = await record(api, listener, wish, { startedAt, transcript, parts });
    return { transcript, parts, model: listener.model, place: listener.place, recorded };
  } catch (error) {
    await record(api, listener, wish, { startedAt, failure: error }).catch(() => undefined);
    throw error;
  }
}

interface Heard {
  readonly transcript: Transcript;
  readonly parts: number;
}

function listenToAll(
  api: AudioApi,
  listener: Listener,
  wish: TranscribeWish,
  size: number,
): Promise<Heard> {
  const place = { env: api.env, signal: wish.signal };
  return inTemporaryFolder(async (folder) => {
    const hasFfmpeg = hasProgram('ffmpeg', api.env) && hasProgram('ffprobe', api.env);
    const duration = hasFfmpeg ? await readDuration(wish.path, place) : undefined;
    const longest = toLongest(listener, wish, size, duration);
    if (longest === undefined) {
      const path = join(folder, 'speech.wav');
      const isTurned = listener.wantsWav && duration !== undefined;
      if (isTurned) await toSpeechWav(wish.path, path, place);
      const heard = await listener.listen(isTurned ? path : wish.path, wish);
      return { transcript: { ...heard, duration: heard.duration ?? duration ?? null }, parts: 1 };
    }
    if (duration === undefined) throw tooLarge(wish.name);
    const parts = findParts(duration, longest, await findSilences(wish.path, place));
    wish.onNotice(
      `${wish.name} is ${Math.round(duration)} s long: it is sent in ${parts.length} parts, cut at silence.`,
    );
    const heard = [];
    for (const [index, part] of parts.entries()) {
      const path = join(folder, `part-${index}.wav`);
      await toSpeechWav(wish.path, path, place, part);
      heard.push({ from: part.from, transcript: await listener.listen(path, wish) });
    }
    return { transcript: { ...joinTranscripts(heard), duration }, parts: parts.length };
  });
}

/** Seconds of a part when the file must be split, else undefined. */
function toLongest(
  { longest }: Listener,
  { split }: TranscribeWish,
  size: number,
  duration: number | undefined,
): number | undefined {
  if (split !== undefined && (duration === undefined || duration > split)) return split;
  if (longest === undefined) return undefined;
  const isLarge = size > longest.bytes || (duration ?? 0) > longest.seconds;
  return isLarge ? PART_SECONDS : undefined;
}

function tooLarge(name: string) {
  return audioErrors.create(
    'COAIA-6055',
    `${name} must be sent in parts, and ffmpeg, which cuts it, is not installed.`,
    { hint: 'coaia doctor' },
  );
}

async function record(
  api: AudioApi,
  listener: Listener,
  wish: TranscribeWish,
  facts: Partial<Heard> & { readonly startedAt: number; readonly failure?: unknown },
): Promise<RecordedAudio | undefined> {
  if (!wish.isRecorded) return undefined;
  const { transcript, parts, startedAt, failure } = facts;
  const { language, prompt, temperature, sessionId, userId } = wish;
  const metadata = {
    place: listener.place,
    parts,
    seconds: transcript?.duration ?? undefined,
    language: transcript?.language ?? undefined,
  };
  return api.record({
    name: 'transcribe',
    model: listener.model,
    modelParameters: toGiven({ language, temperature }),
    input: toGiven({ file: basename(wish.name), prompt }),
    output: transcript?.text,
    usageDetails: transcript?.usageDetails,
    metadata: toGiven(metadata),
    startedAt,
    endedAt: systemClock(),
    failure,
    audio: { path: wish.path, field: 'input' },
    sessionId,
    userId,
  });
}

function toGiven<T>(values: Readonly<Record<string, T | undefined>>): Readonly<Record<string, T>> {
  const given = Object.entries(values).filter((pair): pair is [string, T] => pair[1] !== undefined);
  return Object.fromEntries(given);
}
