/** A window that was exported, or that failed. */
import { createId, toIso } from '#base';
import type { BlobExportRunRow } from '#store';
import type { BlobExportRun } from '@coaia/client';
import type { Window } from './read-rows.ts';

export type ExportedFile = BlobExportRun['files'][number];

export interface RunFacts {
  readonly window: Window;
  readonly startedAt: number;
  readonly endedAt: number;
  readonly files: readonly ExportedFile[];
  readonly error: string | null;
}

/** As it is stored. */
export function toRunRow(projectId: string, facts: RunFacts): BlobExportRunRow {
  return {
    project_id: projectId,
    id: createId(),
    window_from: facts.window.from,
    window_to: facts.window.to,
    started_at: facts.startedAt,
    ended_at: facts.endedAt,
    files: JSON.stringify(facts.files),
    error: facts.error,
  };
}

/** A run as the API shows it. */
export function toExportRun(row: BlobExportRunRow): BlobExportRun {
  return {
    id: row.id,
    windowFrom: toIso(row.window_from),
    windowTo: toIso(row.window_to),
    startedAt: toIso(row.started_at),
    endedAt: toIso(row.ended_at),
    files: JSON.parse(row.files) as BlobExportRun['files'],
    error: row.error,
  };
}
