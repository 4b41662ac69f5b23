/** From a stored score and the events of a batch to the row that replaces it. */
import type { ScoreRow } from '#store';
import { addPatch, createMergeState } from './merge.ts';
import type { MergeState, Patch } from './merge.ts';
import { toMergeState, toWriters } from './merge-state.ts';
import { SCORE_RULES } from './score-patch.ts';

/** Merges events onto a score. Returns undefined when they say nothing new. */
export function foldScore(
  projectId: string,
  id: string,
  before: ScoreRow | undefined,
  patches: readonly Patch[],
  now: number,
): ScoreRow | undefined {
  const state =
    before?.writers === undefined || before.writers === null
      ? createMergeState(SCORE_RULES)
      : toMergeState(SCORE_RULES, { ...before }, before.writers, before.timestamp);
  for (const patch of patches) addPatch(state, SCORE_RULES, patch);
  if (!state.changed) return undefined;
  return {
    ...toScoreColumns(state),
    project_id: projectId,
    id,
    author_user_id: null,
    writers: toWriters(state),
    created_at: before?.created_at ?? now,
    updated_at: now,
  };
}

function toScoreColumns(state: MergeState) {
  const text = (column: string) => (state.values[column] ?? null) as string | null;
  return {
    trace_id: text('trace_id'),
    observation_id: text('observation_id'),
    session_id: text('session_id'),
    dataset_run_id: text('dataset_run_id'),
    name: text('name') ?? '',
    value: (state.values.value ?? null) as number | null,
    string_value: text('string_value'),
    data_type: text('data_type') ?? 'NUMERIC',
    source: text('source') ?? 'API',
    comment: text('comment'),
    metadata: text('metadata'),
    config_id: text('config_id'),
    queue_id: text('queue_id'),
    environment: text('environment') ?? 'default',
    timestamp: (state.values.timestamp ?? state.time ?? 0) as number,
  };
}
