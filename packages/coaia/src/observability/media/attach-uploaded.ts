/** Refers to an uploaded file in a trace or an observation. */
import { isCoaiaError } from '#base';
import { checkReport, sendEvents } from '../terminal/send-events.ts';
import { toAttachEvent } from './attach-file.ts';
import type { MediaField, Subject } from './attach-file.ts';
import { toMediaToken } from './attach-token.ts';
import type { MediaCommandsApi } from './ports.ts';
import type { Uploaded, UploadPlace } from './upload-file.ts';

/** Writes the reference unless it stands there already; answers its text. */
export async function attach(
  api: MediaCommandsApi,
  place: UploadPlace & { readonly field: MediaField },
  { contentType, mediaId }: Uploaded,
): Promise<string> {
  const token = toMediaToken(contentType, mediaId);
  const event = toAttachEvent(await findSubject(api, place), place.field, [token]);
  if (event !== undefined) checkReport(await sendEvents(api, place.traceId, [event]));
  return token;
}

/** What a file is attached to. A trace may come later; an observation must be there, for its type. */
export async function findSubject(
  api: MediaCommandsApi,
  { traceId, observationId }: UploadPlace,
): Promise<Subject> {
  if (observationId !== undefined)
    return { kind: 'observation', observation: await api.getObservation(observationId) };
  try {
    return { kind: 'trace', trace: await api.getTrace(traceId) };
  } catch (error) {
    if (isCoaiaError(error) && error.code === 'COAIA-0003')
      return { kind: 'trace', trace: { id: traceId } };
    throw error;
  }
}
