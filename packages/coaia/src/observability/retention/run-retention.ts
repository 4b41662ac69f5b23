/** Deletes what is older than a project keeps it, in small steps between which others get their turn. */
import { createId, notFound } from '#base';
import type { RetentionRunRow, Transaction } from '#store';
import { kickChanges } from '../changes/poller.ts';
import { openClaim } from '../jobs/claims.ts';
import { removeEmptySessions } from '../traces/storage.ts';
import { retentionFailures } from './errors.ts';
import type { RetentionPorts } from './ports.ts';
import { removeOldMedia } from './remove-media.ts';
import { addCounts, NO_COUNTS, toCutoff, toRun } from './retention.ts';
import type { RetentionCounts, RetentionRun } from './retention.ts';
import {
  readDays,
  readOldCounts,
  readOldScores,
  readOldTraces,
  readStillOld,
  removeOldTraces,
  removeSomeObservations,
} from './storage.ts';
import type { OldTrace } from './storage.ts';

/** Rows of one step at most, so that no write holds others up for long. */
const STEP_ROWS = 1000;
const STEP_TRACES = 100;

interface Work {
  readonly projectId: string;
  readonly cutoff: number;
  readonly row: RetentionRunRow;
  readonly signal: AbortSignal | undefined;
  counts: RetentionCounts;
}

/**
 * One run for a project; undefined when it keeps everything. Fails with COAIA-0003 and COAIA-1180. What was deleted
 * before a failure stays deleted and is noted with the run.
 */
export async function runRetention(
  ports: RetentionPorts,
  projectId: string,
  signal?: AbortSignal,
): Promise<RetentionRun | undefined> {
  const days = await readDays(ports.db, projectId);
  if (days === undefined) throw notFound('Project', projectId);
  if (days <= 0) return undefined;
  const claim = await openClaim(ports, { projectId, job: 'retention' });
  if (claim === undefined)
    throw retentionFailures.create('COAIA-1180', 'Retention of this project runs already.');
  const work = toWork(ports, { projectId, days, signal });
  try {
    await writeRun(ports, work, {});
    await removeAll(ports, work);
    return toRun(await writeRun(ports, work, { ended_at: ports.clock() }));
  } catch (error) {
    if (signal?.aborted !== true) {
      const message = error instanceof Error ? error.message : String(error);
      await writeRun(ports, work, { ended_at: ports.clock(), error: message });
    }
    throw error;
  } finally {
    kickChanges(ports.db);
    await claim.close();
  }
}

/**
 * What a run would delete now, with the project's days or with others; sessions and media follow from it and are
 * not counted. Undefined when nothing would be looked at.
 */
export async function findOldCounts(
  { db, clock }: Pick<RetentionPorts, 'db' | 'clock'>,
  projectId: string,
  others?: number,
): Promise<RetentionCounts | undefined> {
  const kept = await readDays(db, projectId);
  if (kept === undefined) throw notFound('Project', projectId);
  const days = others ?? kept;
  if (days <= 0) return undefined;
  return { ...NO_COUNTS, ...(await readOldCounts(db, projectId, toCutoff(clock(), days))) };
}

function toWork(
  { clock }: RetentionPorts,
  {
    projectId,
    days,
    signal,
  }: {
    readonly projectId: string;
    readonly days: number;
    readonly signal: AbortSignal | undefined;
  },
): Work {
  const now = clock();
  const cutoff = toCutoff(now, days);
  const row: RetentionRunRow = {
    project_id: projectId,
    id: createId(),
    retention_days: days,
    cutoff,
    started_at: now,
    ended_at: null,
    traces: 0,
    observations: 0,
    scores: 0,
    sessions: 0,
    media: 0,
    media_bytes: 0,
    error: null,
  };
  return { projectId, cutoff, row, signal, counts: NO_COUNTS };
}

async function writeRun(
  { db }: RetentionPorts,
  { row, counts }: Work,
  change: Partial<RetentionRunRow>,
): Promise<RetentionRunRow> {
  const { mediaBytes, ...rest } = counts;
  const whole = { ...row, ...rest, media_bytes: mediaBytes, ...change };
  await db.write((tx) => tx.upsert('retention_runs', [whole]));
  return whole;
}

async function removeAll(ports: RetentionPorts, work: Work): Promise<void> {
  while (await removeTraceStep(ports, work)) await nextTurn(work);
  while (await removeScoreStep(ports, work)) await nextTurn(work);
  await removeOldMedia(ports, {
    projectId: work.projectId,
    cutoff: work.cutoff,
    check: () => work.signal?.throwIfAborted(),
    onRemoved: (counts) => {
      work.counts = addCounts(work.counts, counts);
    },
  });
  // Loaded here: ordinary commands need no engine.
  const { pruneRuns } = await import('#runs');
  const { projectId, cutoff: before, signal } = work;
  await pruneRuns(ports.db, { projectId, before, signal });
}

/** Lets requests that wait go first. */
async function nextTurn({ signal }: Work): Promise<void> {
  await new Promise((resolve) => {
    setImmediate(resolve);
  });
  signal?.throwIfAborted();
}

/** The oldest traces, as many as fit a step; false when none is left. */
async function removeTraceStep(ports: RetentionPorts, work: Work): Promise<boolean> {
  const { projectId, cutoff } = work;
  const page = await readOldTraces(ports.db, projectId, cutoff, STEP_TRACES);
  const [first] = page;
  if (first === undefined) return false;
  if (first.observation_count > STEP_ROWS && (await thinOut(ports, work, first))) return true;
  const ids = takeFitting(page);
  await step(ports, work, async (tx) => {
    await tx.lock(ids.map((id) => `trace|${projectId}|${id}`));
    const old = await readStillOld(tx, ports.db.dialect, projectId, { cutoff, ids });
    return removeTraces(ports, work, { tx, old });
  });
  return true;
}

/** Observations of a large trace go piece by piece before it; false when few are left. */
async function thinOut(ports: RetentionPorts, work: Work, trace: OldTrace): Promise<boolean> {
  const { projectId } = work;
  let removed = 0;
  await step(ports, work, async (tx) => {
    await tx.lock([`trace|${projectId}|${trace.id}`]);
    removed = await removeSomeObservations(tx, projectId, trace.id, STEP_ROWS);
    await tx.addToCounter(projectId, 'observations', -removed);
    return { observations: removed };
  });
  return removed === STEP_ROWS;
}

function takeFitting(page: readonly OldTrace[]): readonly string[] {
  let rows = 0;
  const ids: string[] = [];
  for (const { id, observation_count: count } of page) {
    rows += count + 1;
    if (ids.length > 0 && rows > STEP_ROWS) break;
    ids.push(id);
  }
  return ids;
}

async function removeTraces(
  { db }: RetentionPorts,
  { projectId, cutoff }: Work,
  { tx, old }: { readonly tx: Transaction; readonly old: readonly OldTrace[] },
): Promise<Partial<RetentionCounts>> {
  const ids = old.map(({ id }) => id);
  if (ids.length === 0) return {};
  const { observations, scores } = await removeOldTraces(tx, db.dialect, projectId, {
    cutoff,
    ids,
  });
  const sessionIds = old.map(({ session_id: id }) => id).filter((id) => id !== null);
  const sessions = await removeEmptySessions(tx, db.dialect, projectId, [...new Set(sessionIds)]);
  await tx.addToCounter(projectId, 'traces', -ids.length);
  await tx.addToCounter(projectId, 'observations', -observations);
  await tx.addToCounter(projectId, 'scores', -scores);
  await tx.addToCounter(projectId, 'sessions', -sessions);
  await tx.addChanges(
    projectId,
    ids.map((id) => ({ kind: 'trace-deleted', id })),
  );
  return { traces: ids.length, observations, scores, sessions };
}

async function removeScoreStep(ports: RetentionPorts, work: Work): Promise<boolean> {
  const { projectId, cutoff } = work;
  const { dialect } = ports.db;
  const page = await readOldScores(ports.db, projectId, cutoff, STEP_ROWS);
  if (page.length === 0) return false;
  await step(ports, work, async (tx) => {
    const scores = await tx.run(
      `DELETE FROM scores WHERE project_id = ? AND ${dialect.inList('id')} AND timestamp < ?`,
      [projectId, JSON.stringify(page.map(({ id }) => id)), cutoff],
    );
    const sessionIds = page.map(({ session_id: id }) => id).filter((id) => id !== null);
    const sessions = await removeEmptySessions(tx, dialect, projectId, [...new Set(sessionIds)]);
    await tx.addToCounter(projectId, 'scores', -scores);
    await tx.addToCounter(projectId, 'sessions', -sessions);
    return { scores, sessions };
  });
  return true;
}

/** A step and its note are one transaction, so that the note is right after a crash as well. */
async function step(
  { db }: RetentionPorts,
  work: Work,
  remove: (tx: Transaction) => Promise<Partial<RetentionCounts>>,
): Promise<void> {
  work.counts = await db.write(async (tx) => {
    const counts = addCounts(work.counts, await remove(tx));
    const { mediaBytes, ...rest } = counts;
    await tx.upsert('retention_runs', [{ ...work.row, ...rest, media_bytes: mediaBytes }]);
    return counts;
  });
}
