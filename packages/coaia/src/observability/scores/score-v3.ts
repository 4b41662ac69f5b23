/** The v3 form of scores: one `value` of the type that the data type says, and groups of fields on demand. */
import { fromStored, toIso } from '#base';
import { scoreFailures } from './errors.ts';
import type { StoredScore } from './score.ts';

const GROUPS = ['details', 'subject', 'annotation'] as const;

export type ScoreGroup = (typeof GROUPS)[number];

/** Reads `fields`. Fails with COAIA-1083 for a group that does not exist. */
export function parseScoreGroups(texts: readonly string[] | undefined): ReadonlySet<ScoreGroup> {
  const groups = new Set<ScoreGroup>();
  for (const text of texts ?? []) {
    const group = GROUPS.find((name) => name === text);
    if (group === undefined) {
      const known = GROUPS.join(', ');
      throw scoreFailures.create('COAIA-1083', `"fields" has ${known}, not "${text}".`);
    }
    groups.add(group);
  }
  return groups;
}

/** One score with the groups that were asked for. */
export function toScoreV3(
  row: StoredScore,
  groups: ReadonlySet<ScoreGroup>,
): Readonly<Record<string, unknown>> {
  return {
    id: row.id,
    projectId: row.project_id,
    name: row.name,
    value: toValue(row),
    dataType: row.data_type,
    source: row.source,
    timestamp: toIso(row.timestamp),
    environment: row.environment,
    createdAt: toIso(row.created_at),
    updatedAt: toIso(row.updated_at),
    ...(groups.has('details')
      ? {
          comment: row.comment,
          configId: row.config_id,
          metadata: fromStored(row.metadata) ?? {},
        }
      : {}),
    ...(groups.has('subject') ? { subject: toSubject(row) } : {}),
    ...(groups.has('annotation')
      ? { authorUserId: row.author_user_id, queueId: row.queue_id }
      : {}),
  };
}

function toValue(row: StoredScore): number | boolean | string {
  if (row.data_type === 'NUMERIC') return row.value ?? 0;
  if (row.data_type === 'BOOLEAN') return row.value === 1;
  return row.string_value ?? '';
}

function toSubject(row: StoredScore) {
  if (row.observation_id !== null) {
    return { kind: 'observation', id: row.observation_id, traceId: row.trace_id };
  }
  if (row.trace_id !== null) return { kind: 'trace', id: row.trace_id };
  if (row.session_id !== null) return { kind: 'session', id: row.session_id };
  return row.dataset_run_id === null ? null : { kind: 'experiment', id: row.dataset_run_id };
}
