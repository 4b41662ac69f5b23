import { queryOptions } from '@tanstack/react-query';
import { sendRequest } from '../../lib/api.ts';
import { toProjectPath } from '../../lib/server.ts';

/** One run of retention. */
export interface RetentionRun {
  readonly id: string;
  readonly retentionDays: number;
  readonly startedAt: string;
  readonly endedAt: string | null;
  readonly traces: number;
  readonly observations: number;
  readonly scores: number;
  readonly sessions: number;
  readonly media: number;
  readonly error: string | null;
}

/** What is kept how long, and what was deleted. */
export interface Retention {
  readonly retentionDays: number | null;
  readonly cutoff: string | null;
  readonly runs: readonly RetentionRun[];
}

/** What a run would delete now. */
export interface RetentionPreview {
  readonly retentionDays: number | null;
  readonly traces: number;
  readonly observations: number;
  readonly scores: number;
}

/** Key of a project's retention. */
export function toRetentionKey(project: string) {
  return ['retention', project] as const;
}

/** How long the project keeps things, and its last runs. */
export function retentionQuery(project: string) {
  return queryOptions({
    queryKey: toRetentionKey(project),
    queryFn: ({ signal }) =>
      sendRequest<Retention>(toProjectPath(project, 'retention'), { signal }),
  });
}

/** Counts what a run with so many days would delete now; nothing is deleted. */
export function getPreview(project: string, days: number): Promise<RetentionPreview> {
  return sendRequest<RetentionPreview>(toProjectPath(project, 'retention/preview'), {
    query: { retentionDays: days },
  });
}
