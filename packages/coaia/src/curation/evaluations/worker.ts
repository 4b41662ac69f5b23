/** Evaluates in the background for as long as a server runs: follows the store, claims what is due, runs it. */
import { createId } from '#base';
import type { EvaluationRow } from '#store';
import { followChanges } from './follow.ts';
import type { EvaluationPorts } from './ports.ts';
import { pruneEvaluations } from './prune-evaluations.ts';
import { runEvaluation } from './run-evaluation.ts';
import { claimEvaluation, readDue, renewClaim } from './storage.ts';

/** Looks per second decide how soon a score appears; a look without news is one cheap question. */
const LOOK_MS = 500;
/** A claim that is not renewed for so long belongs to a process that is gone. */
const LEASE_MS = 15_000;
const RENEW_MS = 5000;
/** Looks after the last movement: parallel writers may fill a number of the sequence that was left open. */
const TRAILING_LOOKS = 6;
const PRUNE_MS = 3_600_000;
/** Evaluations under way at once in one process. */
const MOST_AT_ONCE = 4;

export interface WorkerOptions {
  readonly lookMs?: number;
  /** Told what kept a look from working; the next one tries again. */
  readonly onTrouble?: (error: unknown) => void;
}

export interface EvaluationWorker {
  /** Stops; what is under way is given back to be done later. */
  close(): Promise<void>;
}

/** Starts looking. Never keeps a process alive. */
export function openWorker(
  ports: EvaluationPorts,
  { lookMs = LOOK_MS, onTrouble = () => undefined }: WorkerOptions = {},
): EvaluationWorker {
  const ended = new AbortController();
  const underWay = new Set<Promise<void>>();
  const state = { token: '', isLooking: false, looksLeft: 0 };
  const look = async (): Promise<void> => {
    if (state.isLooking || ended.signal.aborted) return;
    state.isLooking = true;
    try {
      const token = await ports.db.changeToken();
      if (token !== state.token) state.looksLeft = TRAILING_LOOKS;
      state.token = token;
      if (state.looksLeft > 0) {
        state.looksLeft -= 1;
        await followChanges(ports);
      }
      await fill();
    } catch (error) {
      if (!ended.signal.aborted) onTrouble(error);
    } finally {
      state.isLooking = false;
    }
  };
  const fill = async (): Promise<void> => {
    const room = MOST_AT_ONCE - underWay.size;
    if (room <= 0) return;
    for (const row of await readDue(ports.db, ports.clock(), { limit: room })) {
      const work = claimAndRun(ports, row, ended.signal).catch(onTrouble);
      underWay.add(work);
      void work.finally(() => {
        underWay.delete(work);
        void look();
      });
    }
  };
  const timer = setInterval(() => void look(), lookMs);
  timer.unref();
  const pruning = setInterval(() => void pruneEvaluations(ports).catch(onTrouble), PRUNE_MS);
  pruning.unref();
  return {
    async close() {
      clearInterval(timer);
      clearInterval(pruning);
      ended.abort();
      await Promise.all(underWay);
    },
  };
}

/** Runs a row unless somebody else has it; the claim is renewed for as long as it takes. */
export async function claimAndRun(
  ports: EvaluationPorts,
  row: EvaluationRow,
  signal?: AbortSignal,
): Promise<void> {
  const { db, clock } = ports;
  const claim = createId();
  const at = () => ({ claim, now: clock(), until: clock() + LEASE_MS });
  const isOurs = await db.write((tx) => claimEvaluation(tx, row, at()));
  if (!isOurs) return;
  const timer = setInterval(() => {
    // A renewal that fails costs the claim, and then the outcome is not written.
    db.write((tx) => renewClaim(tx, row, at())).catch(() => undefined);
  }, RENEW_MS);
  timer.unref();
  try {
    await runEvaluation(ports, row, claim, signal);
  } finally {
    clearInterval(timer);
  }
}

/** Runs all of these that are due, a few at a time, and returns when each has ended or waits for later. */
export async function runAll(
  ports: EvaluationPorts,
  ids: readonly string[] | undefined,
  onProgress: (done: number) => void = () => undefined,
): Promise<void> {
  let done = 0;
  for (;;) {
    const rows = await readDue(ports.db, ports.clock(), { limit: MOST_AT_ONCE, ids });
    if (rows.length === 0) return;
    await Promise.all(rows.map((row) => claimAndRun(ports, row)));
    done += rows.length;
    onProgress(done);
  }
}
