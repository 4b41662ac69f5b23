/** The contract of the engine: claims. */
import { systemClock } from '#base';
import { describe } from 'vitest';
import { openRuns } from '../open-runs.ts';
import { addLeft, createTest, pause, runOne } from './engine-bench.ts';
import type { EngineKind } from './engine-bench.ts';
import { createWorkflow, ledger, listRecorded, SCOPE, toEvent, toRequest } from './open-running.ts';

export function testClaims(kind: EngineKind): void {
  const test = createTest(kind);
  describe(`${kind.name}: claims`, () => {
    test('refuses the late write of a worker that lost its claim', async ({
      db,
      openOne,
      expect,
    }) => {
      let release = (): void => {};
      const held = new Promise<void>((resolve) => {
        release = resolve;
      });
      const done: string[] = [];
      const engine = await openOne(async ({ step }) =>
        step('one', {}, async () => {
          const number = done.push('begun');
          if (number === 1) await held;
          return { output: number, events: [toEvent(`by-${number}`)] };
        }),
      );
      await engine.start(SCOPE, toRequest('r'));
      await expect.poll(() => done.length).toBe(1);
      // As if its lease had ended while the process stood still.
      await db.write((tx) =>
        tx.run("UPDATE runs SET fence = fence + 1, state = 'waiting', due_at = 0, worker = NULL"),
      );
      await expect.poll(() => done.length).toBe(2);
      release();
      expect((await engine.waitForEnd(SCOPE, 'r')).output).toBe(2);
      await pause(50);
      expect(await listRecorded(db)).toEqual(['by-2', 'r:end']);
    });

    test('takes over when the lease is over, and gives up what kills every worker', async ({
      db,
      openOne,
      expect,
    }) => {
      const engine = await openOne(async ({ step }) =>
        step('one', {}, async () => ({ output: 1 })),
      );
      const left = { state: 'running', fence: 1, worker: 'elsewhere:1', worker_key: 'x' };
      await addLeft(db, 'again', { ...left, crashes: 3 });
      await addLeft(db, 'deadly', { ...left, crashes: 4 });
      expect((await engine.waitForEnd(SCOPE, 'again')).state).toBe('succeeded');
      expect(await engine.waitForEnd(SCOPE, 'deadly')).toMatchObject({
        state: 'failed',
        error: { code: 'COAIA-0906' },
      });
      expect(await listRecorded(db)).toEqual(['again:end', 'deadly:failed:COAIA-0906']);
    });

    test('takes one suspect at a time until it gets on', async ({ db, openOne, expect }) => {
      let now = 0;
      let most = 0;
      const left = { state: 'running', fence: 1, worker: 'elsewhere:1', worker_key: 'x' };
      const ids = ['a', 'b', 'c'];
      for (const id of ids) await addLeft(db, id, { ...left, crashes: 1 });
      const engine = await openOne(({ step }) =>
        step('one', {}, async () => {
          most = Math.max(most, ++now);
          await pause(50);
          now--;
          return { output: 1 };
        }),
      );
      for (const id of ids) expect((await engine.waitForEnd(SCOPE, id)).state).toBe('succeeded');
      expect(most).toBe(1);
    });

    test('a suspect that is delivered again while it is at work lets no other in', async ({
      db,
      open,
      expect,
    }) => {
      const begun: string[] = [];
      const held = Promise.withResolvers<void>();
      const left = { state: 'running', fence: 1, worker: 'elsewhere:1', worker_key: 'x' };
      for (const id of ['a', 'b']) await addLeft(db, id, { ...left, crashes: 1 });
      const engine = await open([
        createWorkflow(({ run, step }) =>
          step('one', {}, async () => {
            begun.push(run.id);
            await held.promise;
            return { output: 1 };
          }),
        ),
      ]);
      await expect.poll(() => begun).toHaveLength(1);
      const [first = ''] = begun;
      // A signal has the run looked at once more, and the other one with it.
      for (let count = 0; count < 25; count++) {
        await engine.signal(SCOPE, first, 'again', count);
        await pause(60);
      }
      expect(begun).toEqual([first]);
      held.resolve();
      for (const id of ['a', 'b'])
        expect((await engine.waitForEnd(SCOPE, id)).state).toBe('succeeded');
    });

    test('renews its lease while a step lasts longer than it', async ({ openOne, expect }) => {
      let count = 0;
      const engine = await openOne(
        ({ step }) =>
          step('long', {}, async () => {
            count++;
            await pause(3000);
            return { output: 1 };
          }),
        { leaseMs: 1200 },
      );
      expect((await runOne(engine, 'r')).state).toBe('succeeded');
      expect(count).toBe(1);
    });

    test('keeps to the limit of a key', async ({ openOne, expect }) => {
      let now = 0;
      let most = 0;
      const engine = await openOne(({ step }) =>
        step('one', {}, async () => {
          most = Math.max(most, ++now);
          await pause(20);
          now--;
          return { output: 1 };
        }),
      );
      const ids = ['a', 'b', 'c', 'd', 'e'];
      const more = { concurrencyKey: 'k', concurrencyLimit: 2 };
      await Promise.all(ids.map((id) => engine.start(SCOPE, toRequest(id, more))));
      for (const id of ids) await engine.waitForEnd(SCOPE, id);
      expect(most).toBeLessThanOrEqual(2);
    });

    test('takes the more urgent first', async ({ db, openOne, expect }) => {
      const order: string[] = [];
      const runs = openRuns({ db, clock: systemClock, recorder: ledger });
      for (const [id, priority] of Object.entries({ low: 9, high: -1, middle: 0 }))
        await runs.start(SCOPE, toRequest(id, { priority }));
      await openOne(async ({ run }) => order.push(run.id), { concurrency: 1 });
      for (const id of ['low', 'high', 'middle']) await runs.waitForEnd(SCOPE, id);
      expect(order).toEqual(['high', 'middle', 'low']);
    });
  });
}
