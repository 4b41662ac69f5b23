import type { ScoreConfig, ScoreConfigInput } from '@coaia/client';
import { queryOptions } from '@tanstack/react-query';
import { sendRequest } from '../../lib/api.ts';
import { toProjectPath } from '../../lib/server.ts';

/** Scores of one name and type. */
export interface ScoreLine {
  readonly name: string;
  readonly dataType: 'NUMERIC' | 'BOOLEAN' | 'CATEGORICAL' | 'TEXT';
  readonly count: number;
  readonly mean: number | null;
  readonly minimum: number | null;
  readonly maximum: number | null;
  readonly sources: Readonly<Partial<Record<'API' | 'ANNOTATION' | 'EVAL', number>>>;
  readonly authors: readonly string[];
  readonly lastAt: string;
}

/** A thing that two raters see differently. */
export interface Disagreement {
  readonly kind: 'trace' | 'observation' | 'session' | 'experiment';
  readonly id: string;
  readonly traceId: string | null;
  readonly a: number | string;
  readonly b: number | string;
  readonly comment: string | null;
}

/** How far two raters agree. */
export interface Agreement {
  readonly labels: {
    readonly pairs: number;
    readonly agreed: number;
    readonly kappa: number | null;
    readonly labels: readonly string[];
    readonly matrix: readonly (readonly number[])[];
  } | null;
  readonly numbers: {
    readonly pairs: number;
    readonly bias: number | null;
    readonly distance: number | null;
    readonly correlation: number | null;
  } | null;
  readonly disagreements: readonly Disagreement[];
  readonly isCut: boolean;
}

/** What scores there are. */
export function scoreLinesQuery(project: string) {
  return queryOptions({
    queryKey: ['scores', project, 'lines'] as const,
    queryFn: async ({ signal }) =>
      (
        await sendRequest<{ readonly data: readonly ScoreLine[] }>(
          toProjectPath(project, 'scores/summary'),
          { signal },
        )
      ).data,
  });
}

/** Two raters of one score. */
export function agreementQuery(
  project: string,
  line: Pick<ScoreLine, 'name' | 'dataType'>,
  raters: readonly [a: string, b: string],
) {
  const [a, b] = raters;
  const { name, dataType } = line;
  return queryOptions({
    queryKey: ['scores', project, 'agreement', name, dataType, a, b] as const,
    queryFn: ({ signal }) =>
      sendRequest<Agreement>(toProjectPath(project, 'scores/agreement'), {
        query: { name, dataType, a, b },
        signal,
      }),
  });
}

/** Writes a score config; rejects with ApiError. */
export function createConfig(body: ScoreConfigInput): Promise<ScoreConfig> {
  return sendRequest('/api/public/score-configs', { method: 'POST', body });
}

/** Archives a config, or takes it back. */
export function setArchived(id: string, isArchived: boolean): Promise<ScoreConfig> {
  const path = `/api/public/score-configs/${encodeURIComponent(id)}`;
  return sendRequest(path, { method: 'PATCH', body: { isArchived } });
}
