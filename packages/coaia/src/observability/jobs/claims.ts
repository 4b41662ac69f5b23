/** Who works on a job of a project: one process at a time, and one that died is given up after 20 seconds. */
import { createId } from '#base';
import type { Clock } from '#base';
import type { Database, Transaction } from '#store';

const LEASE_MS = 20_000;
const RENEW_MS = 5_000;

export interface JobName {
  readonly projectId: string;
  readonly job: 'export' | 'retention';
}

/** A job that is ours as long as it is renewed, which happens by itself. */
export interface Claim {
  /** False when somebody else took it over: then nothing may be committed any more. */
  isHeld(tx: Transaction): Promise<boolean>;
  close(): Promise<void>;
}

interface Ports {
  readonly db: Database;
  readonly clock: Clock;
}

/** Takes the job, or answers undefined when somebody works on it. */
export async function openClaim(ports: Ports, name: JobName): Promise<Claim | undefined> {
  const { db, clock } = ports;
  const holder = createId();
  const take = () =>
    db.write(async (tx) => {
      await tx.lock([`job:${name.projectId}:${name.job}`]);
      const row = await readClaim(tx, name);
      const isFree = row === undefined || row.holder === holder || row.held_until <= clock();
      if (!isFree) return false;
      const { projectId: project_id, job } = name;
      await tx.upsert('job_claims', [{ project_id, job, holder, held_until: clock() + LEASE_MS }]);
      return true;
    });
  if (!(await take())) return undefined;
  // What fails here fails again, and visibly, at the next commit.
  const timer = setInterval(() => void take().catch(() => false), RENEW_MS);
  timer.unref();
  return {
    async isHeld(tx) {
      await tx.lock([`job:${name.projectId}:${name.job}`]);
      return (await readClaim(tx, name))?.holder === holder;
    },
    async close() {
      clearInterval(timer);
      await db.write((tx) =>
        tx.run('DELETE FROM job_claims WHERE project_id = ? AND job = ? AND holder = ?', [
          name.projectId,
          name.job,
          holder,
        ]),
      );
    },
  };
}

async function readClaim(tx: Pick<Transaction, 'read'>, { projectId, job }: JobName) {
  const [row] = await tx.read<{ readonly holder: string; readonly held_until: number }>(
    'SELECT holder, held_until FROM job_claims WHERE project_id = ? AND job = ?',
    [projectId, job],
  );
  return row;
}

/** True while somebody works on the job. */
export async function isClaimed({ db, clock }: Ports, name: JobName): Promise<boolean> {
  const row = await readClaim(db, name);
  return row !== undefined && row.held_until > clock();
}
