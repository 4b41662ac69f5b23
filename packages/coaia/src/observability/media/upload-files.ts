/** Files into one trace or observation for the commands: sent one by one, referred to together, told about. */
import { EXIT } from '#base';
import type { CommandContext } from '#surface';
import { terminalFailures } from '../terminal/errors.ts';
import { checkReport, sendEvents } from '../terminal/send-events.ts';
import { toAttachEvent } from './attach-file.ts';
import type { MediaField } from './attach-file.ts';
import { toMediaToken } from './attach-token.ts';
import { findSubject } from './attach-uploaded.ts';
import type { MediaCommandsApi } from './ports.ts';
import { parseHosts } from './upload-address.ts';
import { readLocalFile, uploadFile } from './upload-file.ts';
import type { Uploaded } from './upload-file.ts';

type Context = CommandContext<MediaCommandsApi>;

export interface FilesRequest {
  readonly files: readonly {
    readonly path: string;
    /** As people know it; the path when absent. */
    readonly name?: string;
    /** What its source says it is; counts as a guess. */
    readonly type?: string;
  }[];
  readonly traceId: string;
  readonly observationId: string | undefined;
  readonly field: MediaField;
  /** Type of all of them; found by content and name when absent. */
  readonly type: string | undefined;
}

/** Options that the commands share. */
export const uploadOptions = {
  'observation-id': {
    type: 'string',
    short: 'o',
    placeholder: 'ID',
    summary: 'Observation of the trace to attach to',
    compat: true,
  },
  field: {
    type: 'string',
    short: 'f',
    choices: ['input', 'output', 'metadata'],
    default: 'input',
    summary: 'Field that gets the reference',
    compat: true,
  },
  'content-type': {
    type: 'string',
    short: 'c',
    placeholder: 'MIME',
    summary: 'Type; by default found by content and name',
    compat: true,
  },
} as const;

/**
 * Uploads, attaches what arrived and prints the results; answers the exit code. Throws the first failure when
 * nothing arrived at all; then nothing refers to anything.
 */
export async function uploadFiles(context: Context, request: FilesRequest): Promise<number> {
  const { traceId, observationId, field, type } = request;
  const api = await context.open();
  const place = { traceId, field, ...(observationId === undefined ? {} : { observationId }) };
  // Looked at before anything is sent.
  const subject = await findSubject(api, place);
  const results: Result[] = [];
  for (const { path, name = path, type: guess } of request.files)
    results.push(await upload(api, context, { path, name, place, type, guess }));
  const tokens = results.flatMap((result) =>
    'uploaded' in result
      ? [toMediaToken(result.uploaded.contentType, result.uploaded.mediaId)]
      : [],
  );
  const event = tokens.length === 0 ? undefined : toAttachEvent(subject, field, tokens);
  if (event !== undefined) checkReport(await sendEvents(api, traceId, [event]));
  return report(context, results);
}

/** The trace that is named, or the one in COAIA_TRACE_ID. Fails with COAIA-1064. */
export function toTraceId(named: string | undefined, { env }: Pick<Context, 'env'>): string {
  const traceId = named ?? (env['COAIA_TRACE_ID'] || undefined);
  if (traceId !== undefined) return traceId;
  throw terminalFailures.create('COAIA-1064', 'No trace is named and COAIA_TRACE_ID is not set.', {
    hint: 'coaia fuse media upload FILE TRACE_ID',
  });
}

interface Stored {
  /** As people know it. */
  readonly path: string;
  readonly uploaded: Uploaded;
}

type Result = Stored | { readonly path: string; readonly error: unknown };

interface Sending {
  readonly path: string;
  readonly name: string;
  readonly place: Parameters<typeof uploadFile>[2];
  readonly type: string | undefined;
  readonly guess: string | undefined;
}

async function upload(
  api: MediaCommandsApi,
  { env }: Context,
  { path, name, place, type, guess }: Sending,
): Promise<Result> {
  const httpHosts = parseHosts(env['COAIA_MEDIA_HTTP_HOSTS']);
  try {
    const file = await readLocalFile(path, type ?? guess);
    const options = { httpHosts, isTypeGiven: type !== undefined };
    return { path: name, uploaded: await uploadFile(api, file, place, options) };
  } catch (error) {
    return { path: name, error };
  }
}

/** Prints what became of each file; nothing stored at all is the first failure. */
function report({ out, flags }: Context, results: readonly Result[]): number {
  const failed = results.filter((result) => 'error' in result);
  if (failed.length === results.length) throw failed[0]?.error;
  const shown = results.map((result) =>
    'uploaded' in result ? toShown(result) : toFailed(result),
  );
  if (flags.json) out.json(shown.length === 1 ? shown[0] : shown);
  else for (const { message } of shown) out.line(message);
  for (const result of failed) out.notice(toFailed(result).message);
  return failed.length === 0 ? EXIT.done : EXIT.partial;
}

function toShown({ path, uploaded }: Stored) {
  const { mediaId, contentType, wasHere, uploadMs } = uploaded;
  return {
    success: true,
    media_id: mediaId,
    media_token: toMediaToken(contentType, mediaId),
    media_data: { mediaId, contentType },
    message: wasHere ? `${path} was stored already: ${mediaId}` : `Uploaded ${path}: ${mediaId}`,
    upload_time_ms: uploadMs,
  };
}

function toFailed({ path, error }: { readonly path: string; readonly error: unknown }) {
  const message = error instanceof Error ? error.message : String(error);
  return { success: false, error: message, message: `${path}: ${message}` };
}
