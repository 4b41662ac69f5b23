/** Scores of several traces or dataset runs at once, for rooms that show them beside their own nouns. */
import type { Database } from '#store';
import type { StoredScore } from './score.ts';
import { toScoreV3, type ScoreGroup } from './score-v3.ts';

/** A score in the v3 form with the subject it belongs to. */
export interface SubjectScore {
  readonly traceId: string | null;
  readonly observationId: string | null;
  readonly datasetRunId: string | null;
  readonly score: Readonly<Record<string, unknown>>;
}

const GROUPS: ReadonlySet<ScoreGroup> = new Set(['details', 'subject', 'annotation']);

/** All scores whose trace (their observations' too) or dataset run is among the ids, newest first. */
export async function readScoresOf(
  db: Database,
  projectId: string,
  subject: 'trace_id' | 'dataset_run_id',
  ids: readonly string[],
): Promise<readonly SubjectScore[]> {
  if (ids.length === 0) return [];
  const rows = await db.read<StoredScore>(
    `SELECT * FROM scores WHERE project_id = ? AND ${subject} IS NOT NULL
     AND ${db.dialect.inList(subject)} ORDER BY timestamp DESC, id DESC`,
    [projectId, JSON.stringify(ids)],
  );
  return rows.map((row) => ({
    traceId: row.trace_id,
    observationId: row.observation_id,
    datasetRunId: row.dataset_run_id,
    score: toScoreV3(row, GROUPS),
  }));
}
