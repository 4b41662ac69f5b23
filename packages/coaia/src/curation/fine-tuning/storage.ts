/** SQL of fine-tuning jobs. */
import type { Database, FineTuningJobRow, Transaction } from '#store';
import { ACTIVE } from './job.ts';

/** One job, or undefined. */
export async function readJob(
  reader: Pick<Transaction, 'read'>,
  projectId: string,
  id: string,
): Promise<FineTuningJobRow | undefined> {
  const [row] = await reader.read<FineTuningJobRow>(
    'SELECT * FROM fine_tuning_jobs WHERE project_id = ? AND id = ?',
    [projectId, id],
  );
  return row;
}

export interface JobFilter {
  readonly states: readonly string[];
  readonly provider: string | undefined;
  readonly limit: number;
}

/** Newest first. */
export function readJobs(
  db: Database,
  projectId: string,
  { states, provider, limit }: JobFilter,
): Promise<readonly FineTuningJobRow[]> {
  const only = provider === undefined ? '' : 'AND provider = ?';
  return db.read<FineTuningJobRow>(
    `SELECT * FROM fine_tuning_jobs WHERE project_id = ? AND ${db.dialect.inList('state')} ${only}
     ORDER BY created_at DESC, id LIMIT ?`,
    [projectId, JSON.stringify(states), ...(provider === undefined ? [] : [provider]), limit],
  );
}

/** The active job that trains the same, or undefined. */
export async function readActiveJob(
  db: Pick<Database, 'read' | 'dialect'>,
  projectId: string,
  fingerprint: string,
): Promise<FineTuningJobRow | undefined> {
  const [row] = await db.read<FineTuningJobRow>(
    `SELECT * FROM fine_tuning_jobs WHERE project_id = ? AND fingerprint = ? AND ${db.dialect.inList('state')}
     ORDER BY created_at DESC LIMIT 1`,
    [projectId, fingerprint, JSON.stringify(ACTIVE)],
  );
  return row;
}
