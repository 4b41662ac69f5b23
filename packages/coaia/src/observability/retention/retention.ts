/** Retention of a project: how long things are kept, and what a run of it deleted. */
import { toIso } from '#base';
import type { RetentionRunRow } from '#store';

const DAY_MS = 86_400_000;

/** What was, or would be, deleted. */
export interface RetentionCounts {
  readonly traces: number;
  readonly observations: number;
  readonly scores: number;
  readonly sessions: number;
  readonly media: number;
  readonly mediaBytes: number;
}

export const NO_COUNTS: RetentionCounts = {
  traces: 0,
  observations: 0,
  scores: 0,
  sessions: 0,
  media: 0,
  mediaBytes: 0,
};

export interface RetentionRun extends RetentionCounts {
  readonly id: string;
  readonly retentionDays: number;
  /** What was older than this went. */
  readonly cutoff: string;
  readonly startedAt: string;
  /** Null while it runs, and for a run that was cut off. */
  readonly endedAt: string | null;
  readonly error: string | null;
}

/** What is older than this goes; epoch milliseconds. */
export function toCutoff(now: number, days: number): number {
  return now - days * DAY_MS;
}

export function addCounts(left: RetentionCounts, right: Partial<RetentionCounts>): RetentionCounts {
  const names = Object.keys(NO_COUNTS) as readonly (keyof RetentionCounts)[];
  const sums = names.map((name) => [name, left[name] + (right[name] ?? 0)] as const);
  return Object.fromEntries(sums) as unknown as RetentionCounts;
}

export function toRun(row: RetentionRunRow): RetentionRun {
  return {
    id: row.id,
    retentionDays: row.retention_days,
    cutoff: toIso(row.cutoff),
    startedAt: toIso(row.started_at),
    endedAt: row.ended_at === null ? null : toIso(row.ended_at),
    traces: row.traces,
    observations: row.observations,
    scores: row.scores,
    sessions: row.sessions,
    media: row.media,
    mediaBytes: row.media_bytes,
    error: row.error,
  };
}
