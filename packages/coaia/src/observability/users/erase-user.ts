/** Erasing a person's data: every trace that names the user, with all that hangs on it. */
import type { Scope } from '#base';
import type { Transaction } from '#store';
import { kickChanges } from '../changes/poller.ts';
import type { RetentionPorts } from '../retention/ports.ts';
import { readReferredIds, removeOne } from '../retention/remove-media.ts';
import { removeEmptySessions, removeTraces } from '../traces/storage.ts';
import {
  readLeftSessions,
  readLooseOf,
  readSomeTraces,
  readUserCounts,
  removeSessionParts,
  removeTraceComments,
  removeTraceMedia,
} from './storage.ts';
import type { UserCounts } from './storage.ts';

/** Traces per transaction: other writers wait no longer than that. */
const BATCH = 50;

/** What was deleted, or would be. */
export interface ErasedUser extends UserCounts {
  readonly userId: string;
  readonly dryRun: boolean;
}

/** Counts what erasing the user would delete. */
export async function getErasure(
  { db }: Pick<RetentionPorts, 'db'>,
  scope: Scope,
  userId: string,
): Promise<ErasedUser> {
  return { userId, dryRun: true, ...(await readUserCounts(db, scope.projectId, userId)) };
}

/**
 * Deletes the user's traces, their observations, scores, comments and files, and sessions that were the user's
 * alone. In steps, each whole; what is cut off is finished by asking again. Sessions shared with others stay.
 */
export async function eraseUser(
  ports: RetentionPorts,
  scope: Scope,
  userId: string,
): Promise<ErasedUser> {
  const { db } = ports;
  const total = { traces: 0, observations: 0, scores: 0, sessions: 0, comments: 0, media: 0 };
  const files = new Set<string>();
  for (;;) {
    const step = await db.write((tx) => eraseSome(tx, ports, scope.projectId, userId));
    if (step.counts.traces === 0) break;
    for (const key of Object.keys(step.counts) as (keyof typeof step.counts)[])
      total[key] += step.counts[key];
    for (const id of step.mediaIds) files.add(id);
  }
  total.media = await eraseFiles(ports, scope.projectId, [...files]);
  kickChanges(db);
  return { userId, dryRun: false, ...total };
}

async function eraseSome(
  tx: Transaction,
  { db: { dialect } }: RetentionPorts,
  projectId: string,
  userId: string,
) {
  const traces = await readSomeTraces(tx, projectId, userId, BATCH);
  const ids = traces.map(({ id }) => id);
  const comments = await removeTraceComments(tx, dialect, projectId, ids);
  const mediaIds = await removeTraceMedia(tx, dialect, projectId, ids);
  const removed = await removeTraces(tx, dialect, projectId, ids);
  // removeTraces leaves sessions that have scores of their own.
  const touched = new Set(traces.flatMap((trace) => trace.session_id ?? []));
  const left = await readLeftSessions(tx, dialect, projectId, [...touched]);
  const parts = await removeSessionParts(tx, dialect, projectId, left);
  const sessions = removed.sessions + (await removeEmptySessions(tx, dialect, projectId, left));
  const counts = {
    traces: removed.ids.length,
    observations: removed.observations,
    scores: removed.scores + parts.scores,
    sessions,
    comments: comments + parts.comments,
  };
  for (const name of ['traces', 'observations', 'scores', 'sessions'] as const)
    if (counts[name] > 0) await tx.addToCounter(projectId, name, -counts[name]);
  if (ids.length > 0) {
    await tx.addChanges(
      projectId,
      ids.map((id) => ({ kind: 'trace-deleted' as const, id })),
    );
  }
  return { counts, mediaIds };
}

// Bytes go last; a file that a dataset item names is not the user's alone.
async function eraseFiles(
  ports: RetentionPorts,
  projectId: string,
  ids: readonly string[],
): Promise<number> {
  if (ids.length === 0) return 0;
  const kept = await readReferredIds(ports, projectId);
  const loose = await readLooseOf(ports.db, projectId, ids);
  const gone = loose.filter((file) => !kept.has(file.id));
  for (const file of gone) await removeOne(ports, projectId, file);
  return gone.length;
}
