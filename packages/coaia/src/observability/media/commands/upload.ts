/** `coaia fuse media upload`: puts files into a trace or an observation. */
import { EXIT, isCoaiaError } from '#base';
import { defineCommand } from '#surface';
import type { CommandContext } from '#surface';
import { isAbsolute, join } from 'node:path';
import { checkReport, sendEvents } from '../../terminal/send-events.ts';
import { terminalFailures } from '../../terminal/errors.ts';
import { toAttachEvent } from '../attach-file.ts';
import type { MediaField, Subject } from '../attach-file.ts';
import { toMediaToken } from '../attach-token.ts';
import { mediaApi } from '../ports.ts';
import type { MediaCommandsApi } from '../ports.ts';
import { parseHosts } from '../upload-address.ts';
import { readLocalFile, uploadFile } from '../upload-file.ts';
import type { Uploaded } from '../upload-file.ts';

const FIELDS = ['input', 'output', 'metadata'] as const;

export const command = defineCommand({
  words: 'fuse media upload',
  summary: 'Upload files and refer to them in a trace or observation',
  description:
    'The reference is added to what the field holds; type and times stay as they are. What the server has already is not sent again. When the bytes do not arrive, nothing refers to them and the command ends with 1. Without TRACE_ID the trace is the one in COAIA_TRACE_ID.',
  needs: mediaApi,
  positionals: [
    {
      name: 'files',
      summary: 'Files, and last the id of the trace unless --trace-id names it',
      required: true,
      variadic: true,
    },
  ],
  options: {
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
      choices: FIELDS,
      default: 'input',
      summary: 'Field that gets the reference',
      compat: true,
    },
    'content-type': {
      type: 'string',
      short: 'c',
      placeholder: 'MIME',
      summary: 'Type of the files; by default found by content and name',
      compat: true,
    },
    'trace-id': {
      type: 'string',
      placeholder: 'ID',
      summary: 'Trace; then all arguments are files',
    },
  },
  examples: [
    'coaia fuse media upload chart.png t1',
    'coaia fuse media upload answer.wav t1 -o o1 -f output',
    'coaia fuse media upload a.png b.png --trace-id t1 --json',
  ],
  async run(context, { options, args }) {
    const { paths, traceId } = toPlace(args.files, options['trace-id'], context);
    const api = await context.open();
    const observationId = options['observation-id'];
    const subject = await findSubject(api, traceId, observationId);
    const field = options.field as MediaField;
    const results: Result[] = [];
    for (const path of paths) {
      const place = { traceId, field, ...(observationId === undefined ? {} : { observationId }) };
      results.push(await upload(api, context, { path, place, type: options['content-type'] }));
    }
    const stored = results.filter((result) => 'uploaded' in result);
    const tokens = stored.map(({ uploaded: { contentType, mediaId } }) =>
      toMediaToken(contentType, mediaId),
    );
    const event = toAttachEvent(subject, field, tokens);
    if (event !== undefined && tokens.length > 0)
      checkReport(await sendEvents(api, traceId, [event]));
    return report(context, results);
  },
});

type Context = CommandContext<MediaCommandsApi>;

interface Stored {
  readonly path: string;
  readonly uploaded: Uploaded;
}

type Result = Stored | { readonly path: string; readonly error: unknown };

function toPlace(
  words: readonly string[],
  named: string | undefined,
  { env, cwd }: Context,
): { readonly paths: readonly string[]; readonly traceId: string } {
  const current = env['COAIA_TRACE_ID'] || undefined;
  const hasOnlyFiles = named !== undefined || words.length === 1;
  const traceId = named ?? (words.length === 1 ? current : words.at(-1));
  if (traceId === undefined)
    throw terminalFailures.create(
      'COAIA-1064',
      'No trace is named and COAIA_TRACE_ID is not set.',
      {
        hint: 'coaia fuse media upload FILE TRACE_ID',
      },
    );
  const paths = (hasOnlyFiles ? words : words.slice(0, -1)).map((path) =>
    isAbsolute(path) ? path : join(cwd, path),
  );
  return { paths, traceId };
}

/** Looked at before anything is sent. A trace may come later; an observation must be there, for its type. */
async function findSubject(
  api: MediaCommandsApi,
  traceId: string,
  observationId: string | undefined,
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

interface Sending {
  readonly path: string;
  readonly place: Parameters<typeof uploadFile>[2];
  readonly type: string | undefined;
}

async function upload(
  api: MediaCommandsApi,
  { env }: Context,
  { path, place, type }: Sending,
): Promise<Result> {
  const httpHosts = parseHosts(env['COAIA_MEDIA_HTTP_HOSTS']);
  try {
    const file = await readLocalFile(path, type);
    const options = { httpHosts, isTypeGiven: type !== undefined };
    return { path, uploaded: await uploadFile(api, file, place, options) };
  } catch (error) {
    return { path, error };
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
