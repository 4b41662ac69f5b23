import type { Score } from '@coaia/client';

/** A line of the list of traces, as `GET /api/v1/projects/{id}/traces` answers it. */
export interface TraceRow {
  readonly id: string;
  readonly timestamp: string;
  readonly name: string | null;
  readonly userId: string | null;
  readonly sessionId: string | null;
  readonly environment: string;
  readonly release: string | null;
  readonly version: string | null;
  readonly tags: readonly string[];
  readonly public: boolean;
  readonly bookmarked: boolean;
  readonly level: 'ERROR' | 'WARNING' | 'DEFAULT';
  readonly observationCount: number;
  readonly errorCount: number;
  readonly latencyMs: number | null;
  /** USD. */
  readonly totalCost: number | null;
  readonly inputTokens: number | null;
  readonly outputTokens: number | null;
  readonly totalTokens: number | null;
  /** The first 200 characters of the text. */
  readonly inputPreview?: string | null;
  readonly outputPreview?: string | null;
  readonly scores: readonly RowScore[];
  readonly running: boolean;
  readonly sample: boolean;
}

/** A score as a list carries it. */
export type RowScore = Pick<Score, 'name' | 'value' | 'stringValue' | 'dataType'>;

/** One page of the list; `total` only when nothing filters. */
export interface TracePage {
  readonly data: readonly TraceRow[];
  readonly meta: { readonly cursor?: string; readonly total?: number };
}

/** Counts per value; arrives after the list. */
export interface TraceFacets {
  readonly total: number;
  readonly facets: Readonly<
    Record<string, readonly { readonly value: string; readonly count: number }[]>
  >;
  readonly truncated: boolean;
}

/** Counts over time. */
export interface TraceHistogram {
  readonly intervalMs: number;
  readonly buckets: readonly {
    readonly start: string;
    readonly count: number;
    readonly errors: number;
  }[];
}

/** The word for a trace's state. */
export function toTraceState(
  row: Pick<TraceRow, 'running' | 'level'>,
): 'running' | 'error' | 'warning' | 'ok' {
  if (row.level === 'ERROR') return 'error';
  if (row.running) return 'running';
  return row.level === 'WARNING' ? 'warning' : 'ok';
}

/** A score as one short text: `helpful 0.9`, `tone polite`. */
export function toScoreText(score: RowScore): string {
  if (score.dataType === 'NUMERIC')
    return `${score.name} ${score.value === null ? '–' : Number(score.value.toFixed(2))}`;
  if (score.dataType === 'BOOLEAN') return `${score.name} ${score.value === 1 ? 'yes' : 'no'}`;
  return `${score.name} ${score.stringValue ?? '–'}`;
}
