/** Whether something that people point at exists: traces, observations, sessions and prompt versions. */
import type { Transaction } from '#store';

/** What comments and annotation queues point at. */
export type SubjectType = 'TRACE' | 'OBSERVATION' | 'SESSION' | 'PROMPT';

const TABLES = {
  TRACE: 'traces',
  OBSERVATION: 'observations',
  SESSION: 'sessions',
  PROMPT: 'prompts',
} as const satisfies Record<SubjectType, string>;

/** True when the project has an object of this type with this id. A prompt is one version of it. */
export async function hasSubject(
  db: Pick<Transaction, 'read'>,
  projectId: string,
  type: SubjectType,
  id: string,
): Promise<boolean> {
  const rows = await db.read(
    `SELECT 1 AS one FROM ${TABLES[type]} WHERE project_id = ? AND id = ? LIMIT 1`,
    [projectId, id],
  );
  return rows.length > 0;
}

/** `Trace`, as sentences name it. */
export function toSubjectName(type: SubjectType): string {
  return `${type.slice(0, 1)}${type.slice(1).toLowerCase()}`;
}
