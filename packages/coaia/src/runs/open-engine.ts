/** A worker: takes due runs of registered workflows, keeps their leases, and hands them on in good order. */
import type { Dispatcher, RunRef } from '#queue';
import { carryOut, stopExecution, toCancelled } from './carry-out.ts';
import { claimRun, toClaimKey } from './claim-run.ts';
import type { ClaimRules } from './claim-run.ts';
import type { Engine } from './engine.ts';
import { journal, rest } from './execution.ts';
import type { Execution } from './execution.ts';
import { ClaimLostError } from './failures.ts';
import { createRunsApi, tellFamily, toRunPorts } from './open-runs.ts';
import type { RunsOptions } from './open-runs.ts';
import { announceRuns } from './ports.ts';
import type { RunPorts } from './ports.ts';
import { freeDeadClaims } from './free-dead-claims.ts';
import { createWorkerIdentity } from './worker-identity.ts';
import type { WorkerIdentity } from './worker-identity.ts';
import { renewLeases, watchRuns } from './watch-runs.ts';

const LEASE_MS = 15_000;
const CONCURRENCY = 20;
const MAX_CRASHES = 5;
const WATCH_MS = 250;
const DEAD_MS = 2000;
const GRACE_MS = 10_000;

export interface EngineOptions extends RunsOptions {
  readonly dispatcher: Dispatcher;
  readonly worker?: WorkerIdentity;
  /** One line about what went wrong outside of any run. */
  readonly log?: (message: string, error: unknown) => void;
  /** Runs at the same time; default 20. */
  readonly concurrency?: number;
  /** After so long without renewal another worker takes over; default 15 s. */
  readonly leaseMs?: number;
  /** Workers that may die over a run in a row, without a step finished; default 5. */
  readonly maxCrashes?: number;
  /** What `close` gives steps at work; default 10 s. */
  readonly graceMs?: number;
}

/** Claims that dead processes of this machine still hold are free when it has opened. */
export async function openEngine(options: EngineOptions): Promise<Engine> {
  const ports = toRunPorts(options);
  const { worker = createWorkerIdentity(), leaseMs = LEASE_MS, log = () => {} } = options;
  const rules = {
    worker,
    leaseMs,
    maxCrashes: options.maxCrashes ?? MAX_CRASHES,
    suspects: new Set<string>(),
  };
  const active = new Map<string, Execution>();
  await freeDeadClaims(ports);
  const every = (ms: number, work: () => Promise<unknown>) => repeat(ms, work, log);
  const watch = every(WATCH_MS, () => watchRuns(ports, active, rules, stop));
  const timers = [
    watch,
    every(leaseMs / 3, () => renewLeases(ports, active, rules)),
    every(DEAD_MS, async () => {
      if (await freeDeadClaims(ports)) options.dispatcher.look();
    }),
  ];
  const stopListening = ports.notices.listen((id) => {
    if (id !== undefined && active.size > 0) watch.soon();
  });
  const delivery = options.dispatcher.deliver({
    queues: () => [...ports.workflows.keys()],
    concurrency: options.concurrency ?? CONCURRENCY,
    async take(run) {
      try {
        return await takeRun(ports, run, rules, active);
      } catch (error) {
        log(`run ${run.id} could not be taken`, error);
        return false;
      }
    },
  });
  return {
    ...createRunsApi(ports),
    register(workflow) {
      ports.workflows.set(workflow.name, workflow);
      options.dispatcher.look();
      ports.notices.tell();
    },
    async close() {
      await delivery.close();
      await Promise.all(
        [...active.values()].map((execution) => handOn(execution, options.graceMs ?? GRACE_MS)),
      );
      stopListening();
      for (const timer of timers) await timer.close();
    },
  };
}

function stop(execution: Execution, why: 'lost' | 'cancelled'): void {
  stopExecution(execution, why === 'lost' ? new ClaimLostError() : toCancelled());
}

/** Claims the run and stays with it until this claim is over. False when there was nothing to do. */
async function takeRun(
  ports: RunPorts,
  run: RunRef,
  rules: ClaimRules,
  active: Map<string, Execution>,
): Promise<boolean> {
  const key = toClaimKey({ project_id: run.projectId, id: run.id });
  const claim = await claimRun(ports, run, rules);
  if (claim === undefined) return false;
  if (claim.kind === 'ended') announceRuns(ports, claim.started);
  const workflow = ports.workflows.get(claim.row.workflow);
  if (claim.kind === 'run' && workflow !== undefined) {
    try {
      // One that gets on is not what kills workers.
      const { execution, done } = await carryOut(ports, claim.row, workflow, () =>
        rules.suspects.delete(key),
      );
      active.set(key, execution);
      await done;
      if (active.get(key) === execution) active.delete(key);
    } finally {
      // By the claim that it was held for: the same run may have been delivered again meanwhile.
      rules.suspects.delete(key);
    }
  }
  tellFamily(ports, claim.row);
  return true;
}

/** Lets steps at work end, begins no new ones, and gives the claim to the next worker. */
async function handOn(execution: Execution, graceMs: number): Promise<void> {
  const { activity, ports, hold } = execution;
  if (activity.isOver) return;
  activity.isOver = true;
  let timer: NodeJS.Timeout | undefined;
  const grace = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, graceMs);
  });
  await Promise.race([activity.rest(), grace]);
  clearTimeout(timer);
  try {
    await journal(execution, (tx) => rest(tx, hold, ports.clock()));
  } catch {
    // Somebody else has it, or the store is away; the lease ends by itself.
  }
  stop(execution, 'lost');
  activity.stop();
}

interface Repeated {
  /** Does the work now, without waiting for its time. */
  soon(): void;
  close(): Promise<void>;
}

/** Does the work again and again, never twice at the same time. */
function repeat(
  milliseconds: number,
  work: () => Promise<unknown>,
  log: (message: string, error: unknown) => void,
): Repeated {
  let isClosed = false;
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> | undefined;
  const run = async (): Promise<void> => {
    clearTimeout(timer);
    try {
      await work();
    } catch (error) {
      log('keeping runs going', error);
    }
    running = undefined;
    if (!isClosed) timer = setTimeout(begin, milliseconds).unref();
  };
  const begin = (): void => {
    running ??= run();
  };
  timer = setTimeout(begin, milliseconds).unref();
  return {
    soon() {
      if (!isClosed) begin();
    },
    async close() {
      isClosed = true;
      clearTimeout(timer);
      await running;
    },
  };
}
