/** A session as the Langfuse API returns it. */
import { toIso } from '#base';
import type { SessionRow } from '#store';
import type { Session } from '@coaia/client';

export type StoredSession = Pick<SessionRow, 'project_id' | 'id' | 'created_at' | 'environment'>;

export function toSession(row: StoredSession): Session {
  return {
    id: row.id,
    createdAt: toIso(row.created_at),
    projectId: row.project_id,
    environment: row.environment,
  };
}
