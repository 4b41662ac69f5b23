/** The contract of a Dispatcher; every implementation passes it. */
import { systemClock } from '#base';
import type { Database, RunRow } from '#store';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Dispatcher, RunRef } from '../dispatcher.ts';
import { pauseQueue, resumeQueue } from '../paused-queues.ts';

export interface DispatcherKind {
  readonly name: string;
  readonly openDatabase: () => Promise<Database>;
  /** Dispatchers over the same store and prefix work together. */
  readonly open: (db: Database, prefix: string) => Promise<Dispatcher>;
}

export function testDispatcher({ name, openDatabase, open }: DispatcherKind): void {
  describe(`${name}: dispatching`, () => {
    let db: Database;
    let prefix: string;
    const closers: (() => Promise<void>)[] = [];

    beforeEach(async () => {
      db = await openDatabase();
      prefix = `test-${crypto.randomUUID()}`;
    });

    afterEach(async () => {
      for (const close of closers.splice(0).toReversed()) await close();
      await db.close();
    });

    const openOne = async (): Promise<Dispatcher> => {
      const dispatcher = await open(db, prefix);
      closers.push(() => dispatcher.close());
      return dispatcher;
    };

    /** A worker that takes runs for good, as an engine does, and says which it got. */
    const work = (dispatcher: Dispatcher, taken: string[], concurrency = 10) =>
      dispatcher.deliver({
        queues: () => ['test'],
        concurrency,
        take: async (run) => {
          if (!(await markTaken(db, run))) return false;
          taken.push(run.id);
          return true;
        },
      });

    it('delivers what is announced, and what was due before it opened', async () => {
      await addRun(db, { id: 'before' });
      const dispatcher = await openOne();
      const taken: string[] = [];
      work(dispatcher, taken);
      await addRun(db, { id: 'after' });
      dispatcher.announce({ projectId: 'p', id: 'after', dueAt: Date.now(), priority: 0 });
      await expect.poll(() => taken.toSorted()).toEqual(['after', 'before']);
    });

    it('finds runs that nobody announced', async () => {
      const taken: string[] = [];
      work(await openOne(), taken);
      await addRun(db, { id: 'silent' });
      await expect.poll(() => taken).toEqual(['silent']);
    });

    it('does not deliver before the time', async () => {
      const dispatcher = await openOne();
      const taken: string[] = [];
      work(dispatcher, taken);
      const dueAt = Date.now() + 500;
      await addRun(db, { id: 'later', due_at: dueAt });
      dispatcher.announce({ projectId: 'p', id: 'later', dueAt, priority: 0 });
      await expect.poll(() => taken).toEqual(['later']);
      expect(Date.now()).toBeGreaterThanOrEqual(dueAt);
    });

    it('delivers the more urgent first', async () => {
      for (const priority of [5, -3, 0, 2]) await addRun(db, { id: `p${priority}`, priority });
      const taken: string[] = [];
      work(await openOne(), taken, 1);
      await expect.poll(() => taken).toEqual(['p-3', 'p0', 'p2', 'p5']);
    });

    it('leaves paused queues and other workflows alone', async () => {
      await pauseQueue({ db, clock: systemClock }, 'p', 'test');
      await addRun(db, { id: 'paused' });
      await addRun(db, { id: 'foreign', workflow: 'other' });
      await addRun(db, { id: 'free', project_id: 'q' });
      const dispatcher = await openOne();
      const taken: string[] = [];
      work(dispatcher, taken);
      await expect.poll(() => taken).toEqual(['free']);
      await resumeQueue(db, 'p', 'test');
      dispatcher.look();
      await expect.poll(() => taken).toEqual(['free', 'paused']);
    });

    it('delivers each run once to several workers, as long as they claim it', async () => {
      const taken: string[] = [];
      for (let count = 0; count < 3; count++) work(await openOne(), taken, 5);
      const ids = Array.from({ length: 60 }, (_, index) => `run-${index}`);
      await Promise.all(ids.map((id) => addRun(db, { id })));
      await expect.poll(() => taken.length).toBe(60);
      expect(taken.toSorted()).toEqual(ids.toSorted());
    });

    it('keeps to the number of runs at the same time', async () => {
      let now = 0;
      let most = 0;
      let done = 0;
      const three = Promise.withResolvers<void>();
      const dispatcher = await openOne();
      for (let index = 0; index < 12; index++) await addRun(db, { id: `run-${index}` });
      dispatcher.deliver({
        queues: () => ['test'],
        concurrency: 3,
        async take(run) {
          if (!(await markTaken(db, run))) return false;
          most = Math.max(most, ++now);
          if (most === 3) three.resolve();
          await three.promise;
          // Time for a fourth one to come in, were it let in.
          await new Promise((resolve) => setTimeout(resolve, 20));
          now--;
          done++;
          return true;
        },
      });
      await expect.poll(() => done).toBe(12);
      expect(most).toBe(3);
    });

    it('delivers nothing once it is closed', async () => {
      const dispatcher = await openOne();
      const taken: string[] = [];
      const delivery = work(dispatcher, taken);
      await delivery.close();
      await addRun(db, { id: 'late' });
      dispatcher.announce({ projectId: 'p', id: 'late', dueAt: Date.now(), priority: 0 });
      await new Promise((resolve) => setTimeout(resolve, 300));
      expect(taken).toEqual([]);
    });
  });
}

/** A run as the engine would have stored it. */
export async function addRun(db: Database, given: Partial<RunRow> & { id: string }): Promise<void> {
  const now = Date.now();
  await db.write((tx) =>
    tx.upsert('runs', [
      {
        project_id: 'p',
        workflow: 'test',
        name: 'test',
        state: 'queued',
        priority: 0,
        due_at: now,
        deadline: null,
        concurrency_key: null,
        concurrency_limit: null,
        attempt: 1,
        max_attempts: 1,
        crashes: 0,
        crash_steps: 0,
        fence: 0,
        nudges: 0,
        cancel_at: null,
        worker: null,
        worker_key: null,
        parent_run_id: null,
        schedule_id: null,
        trace_id: 'trace',
        created_at: now,
        started_at: null,
        ended_at: null,
        error: null,
        scope: '{}',
        input: null,
        output: null,
        ...given,
      },
    ]),
  );
}

async function markTaken(db: Database, { projectId, id }: RunRef): Promise<boolean> {
  const changed = await db.write((tx) =>
    tx.run(
      "UPDATE runs SET due_at = NULL, state = 'running' WHERE project_id = ? AND id = ? AND due_at <= ?",
      [projectId, id, Date.now()],
    ),
  );
  return changed === 1;
}
