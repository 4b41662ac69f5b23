/**
 * The door of the observability room: traces, observations, sessions and scores. What is heavy loads on demand,
 * so that a command on the local store pays only for what it does.
 */
import type { Database } from '#store';
import type { Route } from '#surface';
import type { Scope } from '#base';
import type {
  CoaiaClient,
  CommentsApi,
  DashboardsApi,
  ExportsApi,
  MediaApi,
  ObservabilityApi,
  ScoresApi,
  UsersApi,
} from '@coaia/client';
import type { SubjectScore } from './scores/scores-of.ts';
import type { MediaFinder } from './media/find-media.ts';
import type { ExportPorts } from './exports/ports.ts';
import type { RetentionPorts } from './retention/ports.ts';
import type { ProjectRetention, RetentionRequest } from './retention/retentions.ts';
import type { SchedulesOptions } from './jobs/schedules.ts';
import type { LoadedFile, LoadOptions } from './media/load-url.ts';
import type { LocalMediaOptions } from './media/local-api.ts';
import type { MediaCommandsApi, MediaPorts } from './media/ports.ts';
import type { Uploaded, UploadPlace } from './media/upload-file.ts';
import type { ObservabilityPorts } from './ports.ts';
import type { ChildOptions, ChildResult } from './spans/child-process.ts';

export { kickChanges } from './changes/poller.ts';
export { observabilityErrors } from './errors.ts';
export { hasSubject, toSubjectName } from './find-subject.ts';
export { createRecorder, importEvents } from './ingestion/ingest-batch.ts';
export { exportPorts, exportsApi, type ExportPorts } from './exports/ports.ts';
export type { JobLog } from './jobs/job-timer.ts';
export type { ProjectRetention, RetentionRequest } from './retention/retentions.ts';
export { retentionPorts, type RetentionPorts } from './retention/ports.ts';
export { createLocalObservability } from './local-api.ts';
export type { MediaFinder } from './media/find-media.ts';
export { MAX_MEDIA_BYTES, toBlobName, toMediaId } from './media/media.ts';
export type { Uploaded, UploadPlace } from './media/upload-file.ts';
export { toMediaToken } from './media/attach-token.ts';
export { mediaPorts, type MediaCommandsApi, type MediaPorts } from './media/ports.ts';
export { userPorts, type UserPorts } from './users/ports.ts';
export { matchConfig } from './score-configs/match-config.ts';
export { createObservationEvent } from './terminal/observation-event.ts';
export { checkReport, createEvent, sendEvents, toGiven } from './terminal/send-events.ts';
export type { SendReport } from './terminal/send-events.ts';
export { parseRequest } from './parse-request.ts';
export { observabilityApi, observabilityPorts, type ObservabilityPorts } from './ports.ts';

/** Every route of the room; they bring their schemas, which only the server needs. */
export async function loadObservabilityRoutes(): Promise<readonly Route[]> {
  const { observabilityRoutes } = await import('./routes.ts');
  return observabilityRoutes;
}

/** Runs somebody's command as if we were not there; never rejects. */
export async function runChild(
  words: readonly string[],
  options: ChildOptions,
): Promise<ChildResult> {
  const spans = await import('./spans/child-process.ts');
  return spans.runChild(words, options);
}

/** The same interface over a server; failures carry the program's codes. */
export async function openRemoteObservability(client: CoaiaClient): Promise<ObservabilityApi> {
  const { createRemoteObservability } = await import('./remote-api.ts');
  return createRemoteObservability(client);
}

/** Calls of the client about other rooms' nouns; failures carry the program's codes as well. */
export async function openRemoteCalls<T extends object>(api: T): Promise<T> {
  const { toFailingAsHere } = await import('./remote-api.ts');
  return toFailingAsHere(api);
}

/** The calls about scores and score configs over the embedded store. */
export async function openLocalScores(ports: ObservabilityPorts, scope: Scope): Promise<ScoresApi> {
  const { createLocalScores } = await import('./scores/local-api.ts');
  return createLocalScores(ports, scope);
}

/** The calls about dashboards over the embedded store. */
export async function openLocalDashboards(
  ports: ObservabilityPorts,
  scope: Scope,
): Promise<DashboardsApi> {
  const { createLocalDashboards } = await import('./dashboards/local-api.ts');
  return createLocalDashboards(ports, scope);
}

/** The calls about comments over the embedded store. */
export async function openLocalComments(
  ports: ObservabilityPorts,
  scope: Scope,
): Promise<CommentsApi> {
  const { createLocalComments } = await import('./comments/local-api.ts');
  return createLocalComments(ports, scope);
}

/** The calls about users of traces over the embedded store. */
export async function openLocalUsers(ports: RetentionPorts, scope: Scope): Promise<UsersApi> {
  const { createLocalUsers } = await import('./users/local-api.ts');
  return createLocalUsers(ports, scope);
}

/** The calls about media over the embedded store. */
export async function openLocalMedia(
  ports: MediaPorts,
  scope: Scope,
  options: LocalMediaOptions,
): Promise<MediaApi> {
  const { createLocalMedia } = await import('./media/local-api.ts');
  return createLocalMedia(ports, scope, options);
}

/** Deletes what is older than its project keeps it; loads when it is run. */
export function openRetention(ports: RetentionPorts): {
  run(request: RetentionRequest): Promise<readonly ProjectRetention[]>;
} {
  return {
    async run(request) {
      const { runRetentions } = await import('./retention/retentions.ts');
      return runRetentions(ports, request);
    },
  };
}

/** Everything the room does on a schedule; loads when the first round begins to be planned. */
export function openSchedules(options: SchedulesOptions): { close(): Promise<void> } {
  const opened = import('./jobs/schedules.ts').then((module) => module.openSchedules(options));
  return { close: async () => (await opened).close() };
}

/** The calls about exports over the embedded store. */
export async function openLocalExports(ports: ExportPorts, scope: Scope): Promise<ExportsApi> {
  const { createLocalExports } = await import('./exports/local-api.ts');
  return createLocalExports(ports, scope);
}

/** The same with addresses that this machine reaches without a server. */
export function openLocalMediaFinder(ports: MediaPorts, folder: string): MediaFinder {
  return async (...values) => {
    const [{ createMediaFinder }, { toLocalPorts }] = await Promise.all([
      import('./media/find-media.ts'),
      import('./media/local-api.ts'),
    ]);
    return createMediaFinder(toLocalPorts(ports, folder))(...values);
  };
}

/** Finds uploaded files by id; loads on the first call. */
export function openMediaFinder(ports: MediaPorts): MediaFinder {
  return async (...values) => {
    const { createMediaFinder } = await import('./media/find-media.ts');
    return createMediaFinder(ports)(...values);
  };
}

/** Scores of several traces or dataset runs in the v3 form, newest first. */
export async function listScoresOf(
  db: Database,
  projectId: string,
  subject: 'trace_id' | 'dataset_run_id',
  ids: readonly string[],
): Promise<readonly SubjectScore[]> {
  const { readScoresOf } = await import('./scores/scores-of.ts');
  return readScoresOf(db, projectId, subject, ids);
}

/** Uploads a file of this machine into a trace or observation; see media/upload-file.ts. */
export async function uploadLocalFile(
  api: MediaCommandsApi,
  path: string,
  place: UploadPlace,
  contentType: string | undefined,
): Promise<Uploaded> {
  const { readLocalFile, uploadFile } = await import('./media/upload-file.ts');
  const file = await readLocalFile(path, contentType);
  return uploadFile(api, file, place, { httpHosts: [], isTypeGiven: contentType !== undefined });
}

/** Score configs as files: read, and written with an account of what became of each. */
export async function loadScoreConfigFiles() {
  const [{ installConfigs }, { listAllConfigs }, { parseTransfer }] = await Promise.all([
    import('./score-configs/install.ts'),
    import('./score-configs/list-all.ts'),
    import('./score-configs/transfer-file.ts'),
  ]);
  return { installConfigs, listAllConfigs, parseTransfer };
}

/** Which addresses others must not make this program talk to. */
export async function loadPrivateAddresses() {
  const { createPublicLookup, isPrivateAddress } = await import('./private-address.ts');
  return { createPublicLookup, isPrivateAddress };
}

/** A file from the web into a folder of this machine; see media/load-url.ts. */
export async function loadFileFromUrl(
  api: Pick<MediaCommandsApi, 'readUrl'>,
  address: string,
  options: LoadOptions,
): Promise<LoadedFile> {
  const { loadUrl } = await import('./media/load-url.ts');
  return loadUrl(api, address, options);
}

/** The text that stands for an uploaded file, and the event that writes it into a trace or an observation. */
export async function attachUploaded(
  api: MediaCommandsApi,
  place: UploadPlace & { readonly field: 'input' | 'output' | 'metadata' },
  uploaded: Uploaded,
): Promise<string> {
  const { attach } = await import('./media/attach-uploaded.ts');
  return attach(api, place, uploaded);
}
