/** For tests of the engine: one store per test, with as many workers as the test opens, all closed afterwards. */
import { systemClock } from '#base';
import type { Dispatcher } from '#queue';
import type { Database } from '#store';
import { it } from 'vitest';
import type { ExpectStatic } from 'vitest';
import type { Engine, Run, RunContext, RunRequest, Workflow } from '../engine.ts';
import type { EngineOptions } from '../open-engine.ts';
import { openRuns } from '../open-runs.ts';
import { createWorkflow, ledger, openRunning, SCOPE, toRequest } from './open-running.ts';

export interface EngineKind {
  readonly name: string;
  readonly openDatabase: () => Promise<Database>;
  readonly openDispatcher: (db: Database, prefix: string) => Promise<Dispatcher>;
}

export interface EngineBench {
  readonly db: Database;
  /** Of this very test: others run at the same time. */
  readonly expect: ExpectStatic;
  readonly open: (
    workflows: readonly Workflow[],
    options?: Partial<EngineOptions>,
  ) => Promise<Engine>;
  readonly openOne: (
    run: (context: RunContext) => Promise<unknown>,
    options?: Partial<EngineOptions>,
  ) => Promise<Engine>;
}

export type EngineTest = (title: string, run: (bench: EngineBench) => Promise<void>) => void;

/** `it` with a bench; tests mostly wait, so they run beside each other. */
export function createTest(kind: EngineKind): EngineTest {
  return (title, run) => {
    it.concurrent(title, async ({ expect }) => {
      const db = await kind.openDatabase();
      const prefix = `test-${crypto.randomUUID()}`;
      const closers: (() => Promise<void>)[] = [];
      const open: EngineBench['open'] = async (workflows, options = {}) => {
        const dispatcher = await kind.openDispatcher(db, prefix);
        const engine = await openRunning(db, dispatcher, workflows, options);
        closers.push(
          () => dispatcher.close(),
          () => engine.close(),
        );
        return engine;
      };
      try {
        await run({
          db,
          expect,
          open,
          openOne: (work, options) => open([createWorkflow(work)], options),
        });
      } finally {
        for (const close of closers.toReversed()) await close();
        await db.close();
      }
    });
  };
}

export const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

export async function runOne(
  engine: Engine,
  id: string,
  more: Partial<RunRequest> = {},
): Promise<Run> {
  await engine.start(SCOPE, toRequest(id, more));
  return engine.waitForEnd(SCOPE, id);
}

export async function waitForState(engine: Engine, id: string, state: string): Promise<void> {
  for (let left = 200; (await engine.get(SCOPE, id)).state !== state; left--) {
    if (left === 0) throw new Error(`run ${id} has not become ${state} in time`);
    await pause(20);
  }
}

/** A run whose worker is gone and whose lease is over. */
export async function addLeft(
  db: Database,
  id: string,
  change: Readonly<Record<string, string | number>>,
): Promise<void> {
  const runs = openRuns({ db, clock: systemClock, recorder: ledger });
  await runs.start(SCOPE, toRequest(id, { notBefore: Date.now() + 60_000 }));
  const columns = Object.keys(change);
  await db.write((tx) =>
    tx.run(
      `UPDATE runs SET ${columns.map((column) => `${column} = ?`).join(', ')}, due_at = 0 WHERE id = ?`,
      [...Object.values(change), id],
    ),
  );
}
