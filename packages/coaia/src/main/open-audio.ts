/** What audio commands need: the way out, settings, and where calls are recorded with their audio. */
import { createId, createObservationId, createTraceId, isCoaiaError, toIso } from '#base';
import type { IngestionEvent, Scope } from '#base';
import type { AudioApi, AudioRecord, AudioSettings, RecordedAudio } from '#audio';
import { createEgress } from '#egress';
import { toMediaToken, uploadLocalFile } from '#observability';
import type { MediaCommandsApi } from '#observability';
import type { Database } from '#store';
import type { CoaiaClient } from '@coaia/client';
import { openLocalMediaNeed, openRemoteMediaNeed } from './open-media.ts';
import type { OpenNeedOptions } from './open-options.ts';

/** Over the store of this home. */
export async function openLocalAudio(
  db: Database,
  scope: Scope,
  options: OpenNeedOptions,
): Promise<AudioApi> {
  return toAudioApi(await openLocalMediaNeed(db, scope, options), options);
}

/** Over a server, which keeps the records; services are called from here. */
export async function openRemoteAudio(
  client: CoaiaClient,
  options: OpenNeedOptions,
): Promise<AudioApi> {
  return toAudioApi(await openRemoteMediaNeed(client, options), options);
}

function toAudioApi(
  media: MediaCommandsApi,
  { offline, ledgerPath, env, settings }: OpenNeedOptions,
): AudioApi {
  const egress = createEgress({ offline, ledgerPath, env });
  return {
    fetch: (url, init) => egress.fetch('audio', url, init),
    settings: settings.values,
    env,
    record: (call) => recordAudio(media, call),
  };
}

/** For steps of pipelines, whose observation the run records itself. */
export function openStepAudio(
  fetch: AudioApi['fetch'],
  settings: AudioSettings,
  env: AudioApi['env'],
): AudioApi {
  const record = () => Promise.reject(new TypeError('steps record themselves'));
  return { fetch, settings, env, record };
}

/** The audio first, so that the one record refers to it; a call is recorded also when its audio cannot be. */
async function recordAudio(media: MediaCommandsApi, call: AudioRecord): Promise<RecordedAudio> {
  const traceId = createTraceId();
  const observationId = createObservationId();
  const stored = await storeAudio(media, call, { traceId, observationId });
  await media.ingest(toEvents(call, traceId, observationId, stored));
  return { traceId, observationId, mediaId: stored.mediaId };
}

interface Stored {
  readonly mediaId: string | null;
  readonly token: string | null;
  readonly problem: string | null;
}

async function storeAudio(
  media: MediaCommandsApi,
  { audio }: AudioRecord,
  ids: { readonly traceId: string; readonly observationId: string },
): Promise<Stored> {
  if (audio === undefined) return { mediaId: null, token: null, problem: null };
  try {
    const place = { ...ids, field: audio.field };
    const { mediaId, contentType } = await uploadLocalFile(media, audio.path, place, undefined);
    return { mediaId, token: toMediaToken(contentType, mediaId), problem: null };
  } catch (error) {
    if (!isCoaiaError(error)) throw error;
    return { mediaId: null, token: null, problem: `${error.code}: ${error.message}` };
  }
}

function toEvents(
  call: AudioRecord,
  traceId: string,
  observationId: string,
  { token, problem }: Stored,
): readonly IngestionEvent[] {
  const { name, sessionId, userId, startedAt, endedAt, model, modelParameters, usageDetails } =
    call;
  const isInput = call.audio?.field === 'input';
  const input = token !== null && isInput ? withAudio(call.input, token) : call.input;
  const output = token !== null && !isInput ? token : call.output;
  const metadata = { ...call.metadata, ...(problem === null ? {} : { audio_not_stored: problem }) };
  const time = toIso(startedAt);
  return [
    toEvent('trace-create', endedAt, {
      id: traceId,
      timestamp: time,
      name,
      sessionId,
      userId,
      input,
      output,
      tags: ['coaia-audio'],
    }),
    toEvent('generation-create', endedAt, {
      id: observationId,
      traceId,
      name,
      startTime: time,
      endTime: toIso(endedAt),
      model,
      modelParameters,
      input,
      output,
      usageDetails,
      metadata,
      ...toLevel(call.failure),
    }),
  ];
}

function withAudio(input: unknown, token: string): unknown {
  return typeof input === 'object' && input !== null ? { ...input, audio: token } : token;
}

function toLevel(failure: unknown): Readonly<Record<string, string>> {
  if (failure === undefined) return {};
  const statusMessage = isCoaiaError(failure)
    ? `${failure.code}: ${failure.message}`
    : 'It was stopped.';
  return { level: 'ERROR', statusMessage };
}

function toEvent(type: string, at: number, body: Record<string, unknown>): IngestionEvent {
  const given = Object.entries(body).filter(([, value]) => value !== undefined);
  return { id: createId(), type, timestamp: toIso(at), body: Object.fromEntries(given) };
}
