/** A score as the Langfuse API returns it. */
import { fromStored, toIso } from '#base';
import type { ScoreRow } from '#store';
import type { Score, ScoreItem } from '@coaia/client';

/** Everything but the merge state. */
export type StoredScore = Omit<ScoreRow, 'writers'>;

/** Booleans carry True or False beside 1 and 0; texts carry no number. */
export function toScore(row: StoredScore): Score {
  return {
    id: row.id,
    projectId: row.project_id,
    traceId: row.trace_id,
    observationId: row.observation_id,
    sessionId: row.session_id,
    datasetRunId: row.dataset_run_id,
    name: row.name,
    value: row.value,
    stringValue: row.string_value,
    dataType: row.data_type as Score['dataType'],
    source: row.source as Score['source'],
    comment: row.comment,
    metadata: fromStored(row.metadata) ?? {},
    configId: row.config_id,
    queueId: row.queue_id,
    authorUserId: row.author_user_id,
    environment: row.environment,
    timestamp: toIso(row.timestamp),
    createdAt: toIso(row.created_at),
    updatedAt: toIso(row.updated_at),
  };
}

/**
 * A score in the form of the v1 and v2 lists: a number has no `stringValue`, a text no `value`, a category has 0
 * or its number, a correction 0.
 */
export function toScoreItem(row: StoredScore): ScoreItem {
  const { value, stringValue, projectId: _, ...rest } = toScore(row);
  switch (rest.dataType) {
    case 'NUMERIC':
      return { ...rest, value };
    case 'TEXT':
      return { ...rest, stringValue };
    default:
      return { ...rest, value: value ?? 0, stringValue };
  }
}
