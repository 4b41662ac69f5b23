/** A trace as one line of the page's lists. */
import { toIso } from '#base';
import { SAMPLE_ENVIRONMENT } from '../filter/trace-fields.ts';
import type { ScoreMark } from '../scores/storage.ts';
import { toTags } from '../traces/tags.ts';
import { toTraceLevel, type StoredTrace, type TraceLevel } from '../traces/trace.ts';
import { toPreview } from './preview.ts';

/** A score in short form. */
export interface ScoreLine {
  readonly name: string;
  readonly value: number | null;
  readonly stringValue: string | null;
  readonly dataType: string;
}

/** One line; durations in milliseconds, cost in USD, null where nothing is known. */
export interface TraceLine {
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
  readonly level: TraceLevel;
  readonly observationCount: number;
  readonly errorCount: number;
  readonly latencyMs: number | null;
  readonly totalCost: number | null;
  readonly inputTokens: number | null;
  readonly outputTokens: number | null;
  readonly totalTokens: number | null;
  readonly scores: readonly ScoreLine[];
  readonly running: boolean;
  readonly sample: boolean;
}

/** A line of a list, with the beginning of input and output. */
export interface TracePreviewLine extends TraceLine {
  readonly inputPreview: string | null;
  readonly outputPreview: string | null;
}

export function toTraceLine(row: StoredTrace, scores: readonly ScoreMark[]): TraceLine {
  const tags = toTags(row.tags);
  return {
    id: row.id,
    timestamp: toIso(row.timestamp),
    name: row.name,
    userId: row.user_id,
    sessionId: row.session_id,
    environment: row.environment,
    release: row.release,
    version: row.version,
    tags,
    public: row.public === 1,
    bookmarked: row.bookmarked === 1,
    level: toTraceLevel(row),
    observationCount: row.observation_count,
    errorCount: row.error_count,
    latencyMs:
      row.end_time === null || row.start_time === null ? null : row.end_time - row.start_time,
    totalCost: row.total_cost,
    inputTokens: row.input_tokens,
    outputTokens: row.output_tokens,
    totalTokens: row.total_tokens,
    scores: scores.map(toScoreLine),
    running: row.open_count > 0,
    sample: row.environment === SAMPLE_ENVIRONMENT && tags.includes(SAMPLE_ENVIRONMENT),
  };
}

export function toTracePreviewLine(
  row: StoredTrace,
  scores: readonly ScoreMark[],
): TracePreviewLine {
  return {
    ...toTraceLine(row, scores),
    inputPreview: toPreview(row.input),
    outputPreview: toPreview(row.output),
  };
}

export function toScoreLine(mark: Omit<ScoreMark, 'id' | 'trace_id'>): ScoreLine {
  return {
    name: mark.name,
    value: mark.value,
    stringValue: mark.string_value,
    dataType: mark.data_type,
  };
}
