/** SQL of what is too old. A trace ages as a whole: by its own time and the newest start of its observations. */
import type { Database, Dialect, RetentionRunRow, Transaction } from '#store';

type Reader = Pick<Database | Transaction, 'read'>;

const OLD_TRACES = `FROM traces r WHERE r.project_id = ? AND r.timestamp < ? AND NOT EXISTS (
  SELECT 1 FROM observations o
  WHERE o.project_id = r.project_id AND o.trace_id = r.id AND o.start_time >= ?)`;

export interface OldTrace {
  readonly id: string;
  readonly session_id: string | null;
  readonly observation_count: number;
}

/** The oldest traces that are too old. */
export function readOldTraces(
  reader: Reader,
  projectId: string,
  cutoff: number,
  limit: number,
): Promise<readonly OldTrace[]> {
  return reader.read<OldTrace>(
    `SELECT r.id, r.session_id, r.observation_count ${OLD_TRACES}
     ORDER BY r.timestamp, r.id LIMIT ${limit}`,
    [projectId, cutoff, cutoff],
  );
}

/** Those of the traces that are still too old; asked again inside the transaction that deletes them. */
export async function readStillOld(
  tx: Transaction,
  dialect: Dialect,
  projectId: string,
  { cutoff, ids }: { readonly cutoff: number; readonly ids: readonly string[] },
): Promise<readonly OldTrace[]> {
  return tx.read<OldTrace>(
    `SELECT r.id, r.session_id, r.observation_count ${OLD_TRACES} AND ${dialect.inList('r.id')}`,
    [projectId, cutoff, cutoff, JSON.stringify(ids)],
  );
}

/** At most `limit` observations of a trace. */
export function removeSomeObservations(
  tx: Transaction,
  projectId: string,
  traceId: string,
  limit: number,
): Promise<number> {
  return tx.run(
    `DELETE FROM observations WHERE project_id = ? AND id IN (
       SELECT id FROM observations WHERE project_id = ? AND trace_id = ? LIMIT ${limit})`,
    [projectId, projectId, traceId],
  );
}

/** Traces with their observations and those of their scores that are too old as well. */
export async function removeOldTraces(
  tx: Transaction,
  dialect: Dialect,
  projectId: string,
  { cutoff, ids }: { readonly cutoff: number; readonly ids: readonly string[] },
): Promise<{ readonly observations: number; readonly scores: number }> {
  const list = JSON.stringify(ids);
  const observations = await tx.run(
    `DELETE FROM observations WHERE project_id = ? AND ${dialect.inList('trace_id')}`,
    [projectId, list],
  );
  const scores = await tx.run(
    `DELETE FROM scores WHERE project_id = ? AND trace_id IS NOT NULL AND ${dialect.inList('trace_id')} AND timestamp < ?`,
    [projectId, list, cutoff],
  );
  await tx.run(`DELETE FROM traces WHERE project_id = ? AND ${dialect.inList('id')}`, [
    projectId,
    list,
  ]);
  return { observations, scores };
}

/** The oldest scores that are too old. */
export function readOldScores(
  reader: Reader,
  projectId: string,
  cutoff: number,
  limit: number,
): Promise<readonly { readonly id: string; readonly session_id: string | null }[]> {
  return reader.read(
    `SELECT id, session_id FROM scores WHERE project_id = ? AND timestamp < ?
     ORDER BY timestamp, id LIMIT ${limit}`,
    [projectId, cutoff],
  );
}

const LOST_LINKS = `FROM media_links WHERE project_id = ? AND created_at < ?
  AND subject_type IN ('trace', 'observation') AND NOT EXISTS (
    SELECT 1 FROM traces t WHERE t.project_id = media_links.project_id AND t.id = media_links.parent_id)`;

/** Places in traces that are gone. */
export function removeLostLinks(
  tx: Transaction,
  projectId: string,
  cutoff: number,
): Promise<number> {
  return tx.run(`DELETE ${LOST_LINKS}`, [projectId, cutoff]);
}

export interface LooseMedia {
  readonly id: string;
  readonly sha256: string;
  readonly content_length: number;
  readonly stored_at: number | null;
}

const LOOSE_MEDIA = `FROM media m WHERE m.project_id = ? AND m.created_at < ? AND NOT EXISTS (
  SELECT 1 FROM media_links l WHERE l.project_id = m.project_id AND l.media_id = m.id)`;

/** Old media that stand nowhere, after an id. */
export function readLooseMedia(
  reader: Reader,
  projectId: string,
  {
    cutoff,
    after,
    limit,
  }: { readonly cutoff: number; readonly after: string; readonly limit: number },
): Promise<readonly LooseMedia[]> {
  return reader.read<LooseMedia>(
    `SELECT m.id, m.sha256, m.content_length, m.stored_at ${LOOSE_MEDIA} AND m.id > ?
     ORDER BY m.id LIMIT ${limit}`,
    [projectId, cutoff, after],
  );
}

/** Texts of dataset items that refer to media: files are kept for them although nothing links them. */
export function readReferringTexts(
  db: Database,
  projectId: string,
  after: string,
  limit: number,
): Promise<readonly { readonly id: string; readonly text: string }[]> {
  const texts = ['input', 'expected_output', 'metadata'].map((name) => `COALESCE(${name}, '')`);
  const text = texts.join(` || ' ' || `);
  return db.scan(
    `SELECT id, ${text} AS text FROM dataset_items
     WHERE project_id = ? AND valid_to IS NULL AND id > ? AND (${text}) LIKE '%@@@langfuseMedia:%'
     ORDER BY id LIMIT ${limit}`,
    [projectId, after],
  );
}

/** Postgres gives sums as texts. */
type Total = number | string;

/** What a dry run counts. */
export async function readOldCounts(db: Database, projectId: string, cutoff: number) {
  const [traces] = await db.scan<{ readonly n: Total; readonly observations: Total }>(
    `SELECT count(*) AS n, COALESCE(sum(r.observation_count), 0) AS observations ${OLD_TRACES}`,
    [projectId, cutoff, cutoff],
  );
  const [scores] = await db.scan<{ readonly n: Total }>(
    'SELECT count(*) AS n FROM scores WHERE project_id = ? AND timestamp < ?',
    [projectId, cutoff],
  );
  return {
    traces: Number(traces?.n ?? 0),
    observations: Number(traces?.observations ?? 0),
    scores: Number(scores?.n ?? 0),
  };
}

/** Projects that keep things for a limited time, with the days. */
export function readProjects(
  db: Database,
): Promise<readonly { readonly id: string; readonly days: number }[]> {
  return db.read(
    'SELECT id, retention_days AS days FROM projects WHERE retention_days > 0 ORDER BY id',
  );
}

/** Those of them without a finished run since a time. */
export function readDueProjects(
  db: Database,
  since: number,
): Promise<readonly { readonly id: string; readonly days: number }[]> {
  return db.read(
    `SELECT p.id, p.retention_days AS days FROM projects p WHERE p.retention_days > 0 AND NOT EXISTS (
       SELECT 1 FROM retention_runs r
       WHERE r.project_id = p.id AND r.started_at > ? AND r.ended_at IS NOT NULL) ORDER BY p.id`,
    [since],
  );
}

/** Days of one project; undefined when there is no such project, 0 when everything is kept. */
export async function readDays(db: Database, projectId: string): Promise<number | undefined> {
  const [row] = await db.read<{ readonly days: number | null }>(
    'SELECT retention_days AS days FROM projects WHERE id = ?',
    [projectId],
  );
  return row === undefined ? undefined : (row.days ?? 0);
}

/** Runs of a project, newest first. */
export function readRuns(
  db: Database,
  projectId: string,
  limit: number,
): Promise<readonly RetentionRunRow[]> {
  return db.read<RetentionRunRow>(
    `SELECT * FROM retention_runs WHERE project_id = ? ORDER BY started_at DESC, id DESC LIMIT ${limit}`,
    [projectId],
  );
}
