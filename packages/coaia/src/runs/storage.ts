/** The journal's SQL that more than one use case needs. */
import type { Database, RunRow, RunStepRow, Transaction } from '#store';
import { ClaimLostError } from './failures.ts';
import type { RunKey } from './ports.ts';

type Reader = Pick<Database, 'read'>;

/** The run, or undefined. */
export async function readRun(
  reader: Reader,
  { projectId, id }: RunKey,
): Promise<RunRow | undefined> {
  const [row] = await reader.read<RunRow>('SELECT * FROM runs WHERE project_id = ? AND id = ?', [
    projectId,
    id,
  ]);
  return row;
}

/** The run, which nobody else may change until the transaction ends. */
export async function lockRun(
  db: Database,
  tx: Transaction,
  { projectId, id }: RunKey,
): Promise<RunRow | undefined> {
  const [row] = await tx.read<RunRow>(
    `SELECT * FROM runs WHERE project_id = ? AND id = ?${db.dialect.lockRow}`,
    [projectId, id],
  );
  return row;
}

/** In the order of their first start. Read in parts, so that a long history needs no large answer at once. */
export async function readSteps(
  reader: Reader,
  { projectId, id }: RunKey,
): Promise<readonly RunStepRow[]> {
  const all: RunStepRow[] = [];
  for (;;) {
    const last = all.at(-1)?.name;
    const part = await reader.read<RunStepRow>(
      `SELECT * FROM run_steps WHERE project_id = ? AND run_id = ? AND name > ? ORDER BY name LIMIT ${STEPS_PART}`,
      [projectId, id, last ?? ''],
    );
    all.push(...part);
    if (part.length < STEPS_PART) return all.toSorted((a, b) => a.seq - b.seq);
  }
}

const STEPS_PART = 1000;

/** A claimed run: what is written for it carries the number of the claim. */
export interface Hold extends RunKey {
  readonly fence: number;
}

/** A transaction of the run's journal. Rejects with ClaimLostError when somebody else has the run meanwhile. */
export async function writeJournal<T>(
  db: Database,
  hold: Hold,
  work: (
    tx: Transaction,
    run: { readonly nudges: number; readonly cancel_at: number | null },
  ) => Promise<T>,
): Promise<T> {
  return db.write(async (tx) => {
    const [run] = await tx.read<{ nudges: number; cancel_at: number | null }>(
      `SELECT nudges, cancel_at FROM runs WHERE project_id = ? AND id = ? AND fence = ? AND state = 'running'${db.dialect.lockRow}`,
      [hold.projectId, hold.id, hold.fence],
    );
    if (run === undefined) throw new ClaimLostError();
    return work(tx, run);
  });
}

/** Makes an open run look again at what it waits for. False when there is no open run of this id. */
export async function nudgeRun(
  tx: Transaction,
  { projectId, id }: RunKey,
  now: number,
): Promise<boolean> {
  const changed = await tx.run(
    `UPDATE runs SET nudges = nudges + 1, due_at = CASE WHEN state = 'waiting' THEN ? ELSE due_at END
     WHERE project_id = ? AND id = ? AND ended_at IS NULL`,
    [now, projectId, id],
  );
  return changed === 1;
}
