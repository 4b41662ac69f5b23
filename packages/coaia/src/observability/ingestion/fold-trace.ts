/** From a stored trace and the events of a batch to the row that replaces it. */
import type { TraceRow } from '#store';
import { addPatch, createMergeState } from './merge.ts';
import type { MergeState, Patch } from './merge.ts';
import { toMergeState, toWriters } from './merge-state.ts';
import { TRACE_RULES } from './trace-patch.ts';

/** A trace nobody has sent yet: it exists because an observation named it. */
export function createTraceShell(
  projectId: string,
  id: string,
  time: number,
  environment: string,
  now: number,
): TraceRow {
  return {
    project_id: projectId,
    id,
    timestamp: time,
    name: null,
    user_id: null,
    session_id: null,
    release: null,
    version: null,
    environment,
    public: 0,
    bookmarked: 0,
    tags: '[]',
    observation_count: 0,
    error_count: 0,
    warning_count: 0,
    start_time: null,
    end_time: null,
    open_count: 0,
    total_cost: null,
    input_tokens: null,
    output_tokens: null,
    total_tokens: null,
    writers: null,
    created_at: now,
    updated_at: now,
    metadata: null,
    input: null,
    output: null,
  };
}

/** Merges events onto a trace. Returns undefined when they say nothing new. */
export function foldTrace(
  projectId: string,
  id: string,
  before: TraceRow | undefined,
  patches: readonly Patch[],
  now: number,
): TraceRow | undefined {
  const state =
    before === undefined || before.writers === null
      ? createMergeState(TRACE_RULES)
      : toMergeState(TRACE_RULES, { ...before }, before.writers, before.timestamp);
  for (const patch of patches) addPatch(state, TRACE_RULES, patch);
  if (!state.changed) return undefined;
  const base = before ?? createTraceShell(projectId, id, 0, 'default', now);
  return { ...base, ...toTraceColumns(state), updated_at: now };
}

function toTraceColumns(state: MergeState): Partial<TraceRow> {
  const { values } = state;
  const text = (column: string) => (values[column] ?? null) as string | null;
  return {
    timestamp: (values.timestamp ?? state.time ?? 0) as number,
    environment: text('environment') ?? 'default',
    name: text('name'),
    user_id: text('user_id'),
    session_id: text('session_id'),
    release: text('release'),
    version: text('version'),
    public: (values.public ?? 0) as number,
    tags: JSON.stringify(state.tags),
    writers: toWriters(state),
    metadata: text('metadata'),
    input: text('input'),
    output: text('output'),
  };
}
