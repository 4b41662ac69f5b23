/** Taking a due run: one worker gets it, with a number that makes every earlier holder's writes void. */
import type { RunRow, Transaction } from '#store';
import { cancelRun, endRun } from './end-run.ts';
import { runErrors } from './errors.ts';
import { toRunFailure } from './failures.ts';
import type { RunKey, RunPorts } from './ports.ts';
import type { WorkerIdentity } from './worker-identity.ts';

export interface ClaimRules {
  readonly worker: WorkerIdentity;
  readonly leaseMs: number;
  /** Workers that may die over a run in a row before it is given up. */
  readonly maxCrashes: number;
  /** Runs at work here that have seen their worker die more than once: one at a time, so that it shows which it was. */
  readonly suspects: Set<string>;
}

/** Deaths in a row after which a run is a suspect. */
const SUSPECT_CRASHES = 2;

/** `run`: carry it out. `ended`: it was over already. Undefined: not due, not ours, or no place. */
export type Claim =
  | { readonly kind: 'run'; readonly row: RunRow }
  | { readonly kind: 'ended'; readonly row: RunRow; readonly started: readonly RunRow[] };

export async function claimRun(
  ports: RunPorts,
  key: RunKey,
  rules: ClaimRules,
): Promise<Claim | undefined> {
  // By each try of the transaction, whatever it finds the second time.
  const held: string[] = [];
  let claim: Claim | undefined;
  try {
    claim = await ports.db.write((tx) => claimIn(ports, tx, key, { ...rules, held }));
    return claim;
  } finally {
    if (claim?.kind !== 'run') for (const one of held) rules.suspects.delete(one);
  }
}

async function claimIn(
  ports: RunPorts,
  tx: Transaction,
  { projectId, id }: RunKey,
  rules: ClaimRules & { readonly held: string[] },
): Promise<Claim | undefined> {
  const { db, clock, workflows } = ports;
  const [row] = await tx.read<RunRow>(
    `SELECT * FROM runs WHERE project_id = ? AND id = ? AND due_at <= ?${db.dialect.lockFreeRow}`,
    [projectId, id, clock()],
  );
  if (row === undefined || !workflows.has(row.workflow)) return undefined;
  const crashes = await countCrashes(tx, row);
  const started = await endIfOver(ports, tx, { ...row, ...crashes }, rules);
  if (started !== undefined) return { kind: 'ended', row, started };
  if (row.started_at === null && !(await hasPlace(tx, row))) return undefined;
  if (crashes.crashes >= SUSPECT_CRASHES) {
    if (!holdSuspect(rules, row)) return undefined;
    rules.held.push(toClaimKey(row));
  }
  const claimed: RunRow = {
    ...row,
    ...crashes,
    state: 'running',
    fence: row.fence + 1,
    worker: rules.worker.name,
    worker_key: rules.worker.key,
    due_at: clock() + rules.leaseMs,
    started_at: row.started_at ?? clock(),
  };
  await writeClaim(tx, claimed);
  return { kind: 'run', row: claimed };
}

async function writeClaim(tx: Transaction, row: RunRow): Promise<void> {
  await tx.run(
    `UPDATE runs SET state = ?, fence = ?, worker = ?, worker_key = ?, due_at = ?, started_at = ?, crashes = ?, crash_steps = ?
     WHERE project_id = ? AND id = ?`,
    [
      row.state,
      row.fence,
      row.worker,
      row.worker_key,
      row.due_at,
      row.started_at,
      row.crashes,
      row.crash_steps,
      row.project_id,
      row.id,
    ],
  );
}

/** False when another suspect is at work here. */
function holdSuspect({ suspects }: ClaimRules, row: RunRow): boolean {
  const key = toClaimKey(row);
  if (suspects.size > 0 && !suspects.has(key)) return false;
  suspects.add(key);
  return true;
}

/** Name of a run among those at work in this process. */
export function toClaimKey(row: Pick<RunRow, 'project_id' | 'id'>): string {
  return JSON.stringify([row.project_id, row.id]);
}

/** A run that is still called running was left by a worker that died; a step it finished makes good for it. */
async function countCrashes(
  tx: Transaction,
  row: RunRow,
): Promise<Pick<RunRow, 'crashes' | 'crash_steps'>> {
  const { crashes, crash_steps } = row;
  if (row.state !== 'running') return { crashes, crash_steps };
  const [done] = await tx.read<{ count: number }>(
    "SELECT count(*) AS count FROM run_steps WHERE project_id = ? AND run_id = ? AND state = 'succeeded'",
    [row.project_id, row.id],
  );
  const count = done?.count ?? 0;
  return { crashes: count > crash_steps ? 1 : crashes + 1, crash_steps: count };
}

/** Cancelled, too late, or deadly: it ends here, and these runs begin with its end. */
async function endIfOver(
  ports: RunPorts,
  tx: Transaction,
  row: RunRow,
  { maxCrashes }: ClaimRules,
): Promise<readonly RunRow[] | undefined> {
  if (row.cancel_at !== null) {
    await cancelRun(ports, tx, { ...row, state: 'waiting' });
    return [];
  }
  const problem = findProblem(row, ports.clock(), maxCrashes);
  if (problem === undefined) return undefined;
  return endRun(ports, tx, row, { state: 'failed', error: toRunFailure(problem) });
}

function findProblem(row: RunRow, now: number, maxCrashes: number) {
  if (row.deadline !== null && row.deadline <= now) return toLate();
  if (row.crashes < maxCrashes) return undefined;
  return runErrors.create(
    'COAIA-0906',
    `The process that worked on the run died ${row.crashes} times in a row; the run is given up.`,
  );
}

export function toLate() {
  return runErrors.create('COAIA-0904', 'The run did not end before its deadline.');
}

/** True when the queue is not paused and fewer runs with the same key have begun than may. */
async function hasPlace(tx: Transaction, row: RunRow): Promise<boolean> {
  const paused = await tx.read('SELECT 1 FROM paused_queues WHERE project_id = ? AND name = ?', [
    row.project_id,
    row.workflow,
  ]);
  if (paused.length > 0) return false;
  if (row.concurrency_key === null) return true;
  await tx.lock([`run-key:${row.project_id}:${row.concurrency_key}`]);
  const [others] = await tx.read<{ count: number }>(
    'SELECT count(*) AS count FROM runs WHERE project_id = ? AND concurrency_key = ? AND ended_at IS NULL AND started_at IS NOT NULL',
    [row.project_id, row.concurrency_key],
  );
  return (others?.count ?? 0) < (row.concurrency_limit ?? 1);
}
