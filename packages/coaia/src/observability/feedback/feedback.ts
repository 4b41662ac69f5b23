/** What users of the API say about the tools themselves. It stays in the store: nothing is sent anywhere. */
import { createId, toIso, toPageMeta, type Scope } from '#base';
import type { FeedbackRow } from '#store';
import type { Feedback, Paged } from '@coaia/client';
import type { ObservabilityPorts } from '../ports.ts';
import type { FeedbackBody } from './schema.ts';

/** Stores what somebody said; returns its id. */
export async function createFeedback(
  { db, clock }: ObservabilityPorts,
  scope: Scope,
  body: FeedbackBody,
): Promise<{ readonly id: string }> {
  const row: FeedbackRow = {
    project_id: scope.projectId,
    id: createId(),
    target_type: body.targetType,
    target: body.target,
    feedback: body.feedback,
    goal: body.goal ?? null,
    reference_url: body.referenceUrl ?? null,
    created_at: clock(),
  };
  await db.write((tx) => tx.upsert('feedback', [row]));
  return { id: row.id };
}

/** One page of what was said, newest first. */
export async function listFeedback(
  { db }: ObservabilityPorts,
  scope: Scope,
  query: { readonly page: number; readonly limit: number },
): Promise<Paged<Feedback>> {
  const rows = await db.read<FeedbackRow & { readonly total: number }>(
    'SELECT *, count(*) OVER () AS total FROM feedback WHERE project_id = ? ORDER BY created_at DESC, id LIMIT ? OFFSET ?',
    [scope.projectId, query.limit, (query.page - 1) * query.limit],
  );
  return {
    data: rows.map(toFeedback),
    meta: toPageMeta(query.page, query.limit, rows[0]?.total ?? 0),
  };
}

function toFeedback(row: FeedbackRow): Feedback {
  return {
    id: row.id,
    targetType: row.target_type,
    target: row.target,
    feedback: row.feedback,
    goal: row.goal,
    referenceUrl: row.reference_url,
    createdAt: toIso(row.created_at),
  };
}
