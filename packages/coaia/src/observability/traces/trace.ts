/** A trace as the Langfuse API returns it. */
import { fromStored, toIso } from '#base';
import type { TraceRow } from '#store';
import type { Trace } from '@coaia/client';
import { toSeconds } from '../observations/observation.ts';
import { toTags } from './tags.ts';

/** A trace as lists read it; the big columns are NULL when they were not asked for. */
export type StoredTrace = Omit<TraceRow, 'writers'>;

/** Parts of a trace that a caller may leave out; `core` is always there. */
export const TRACE_FIELD_GROUPS = ['core', 'io', 'scores', 'observations', 'metrics'] as const;
export type TraceFieldGroup = (typeof TRACE_FIELD_GROUPS)[number];
export type TraceFields = ReadonlySet<TraceFieldGroup>;

export const ALL_TRACE_FIELDS: TraceFields = new Set(TRACE_FIELD_GROUPS);

/** Reads a comma list of groups; undefined names nothing, which means all. Unknown words are ignored. */
export function parseTraceFields(text: string | undefined): TraceFields {
  if (text === undefined) return ALL_TRACE_FIELDS;
  const words = new Set(text.split(',').map((word) => word.trim()));
  return new Set(TRACE_FIELD_GROUPS.filter((group) => group === 'core' || words.has(group)));
}

/** Metrics that were not asked for are -1; without an end the latency is 0, without a cost the cost is 0. */
export function toTrace(row: StoredTrace, fields: TraceFields = ALL_TRACE_FIELDS): Trace {
  const hasIo = fields.has('io');
  const hasMetrics = fields.has('metrics');
  return {
    id: row.id,
    timestamp: toIso(row.timestamp),
    name: row.name,
    input: hasIo ? fromStored(row.input) : null,
    output: hasIo ? fromStored(row.output) : null,
    sessionId: row.session_id,
    release: row.release,
    version: row.version,
    userId: row.user_id,
    metadata: hasIo ? (fromStored(row.metadata) ?? {}) : null,
    tags: toTags(row.tags),
    public: row.public === 1,
    bookmarked: row.bookmarked === 1,
    environment: row.environment,
    createdAt: toIso(row.created_at),
    updatedAt: toIso(row.updated_at),
    projectId: row.project_id,
    externalId: null,
    htmlPath: toTracePath(row.project_id, row.id),
    latency: hasMetrics ? (toSeconds(row.start_time, row.end_time) ?? 0) : -1,
    totalCost: hasMetrics ? (row.total_cost ?? 0) : -1,
  };
}

/** Worst level among a trace's observations. */
export type TraceLevel = 'ERROR' | 'WARNING' | 'DEFAULT';

/** Worst level among the observations; DEBUG counts as DEFAULT. */
export function toTraceLevel(row: Pick<StoredTrace, 'error_count' | 'warning_count'>): TraceLevel {
  if (row.error_count > 0) return 'ERROR';
  return row.warning_count > 0 ? 'WARNING' : 'DEFAULT';
}

/** Path of a trace's page on this server. */
export function toTracePath(projectId: string, traceId: string): string {
  return `/p/${encodeURIComponent(projectId)}/traces/${encodeURIComponent(traceId)}`;
}
