/** The contract of the engine: waiting. */
import { describe } from 'vitest';
import { createTest, pause, runOne, waitForState } from './engine-bench.ts';
import type { EngineKind } from './engine-bench.ts';
import { createWorkflow, SCOPE, toRequest } from './open-running.ts';

export function testWaiting(kind: EngineKind): void {
  const test = createTest(kind);
  describe(`${kind.name}: waiting`, () => {
    test('sleeps without a worker, and a retry waits through a restart', async ({
      open,
      expect,
    }) => {
      let count = 0;
      const workflow = createWorkflow(async ({ sleep, step }) => {
        await sleep('nap', 0);
        const until = Date.now() + 1500;
        await sleep('night', until);
        return step(
          'again',
          { retry: { attempts: 2, backoffMs: 3000, maxMs: 3000 }, isPassing: () => true },
          async ({ attempt }) => {
            count++;
            if (attempt === 1) throw new Error('no');
            return { output: attempt };
          },
        );
      });
      const first = await open([workflow]);
      await first.start(SCOPE, toRequest('r'));
      await waitForState(first, 'r', 'waiting');
      const { wakeAt, worker } = await first.get(SCOPE, 'r');
      expect(wakeAt).toBeGreaterThan(Date.now());
      expect(worker).toBeNull();
      await expect
        .poll(async () => (await first.steps(SCOPE, 'r')).at(-1))
        .toMatchObject({ name: 'again', state: 'waiting', attempt: 1 });
      await first.close();
      const second = await open([workflow]);
      expect((await second.waitForEnd(SCOPE, 'r')).output).toBe(2);
      expect(count).toBe(2);
    });

    test('takes signals in their order, those that came early too, and gives up in time', async ({
      openOne,
      expect,
    }) => {
      const engine = await openOne(async ({ step, waitForSignal }) => {
        await step('slow', {}, async () => {
          await pause(100);
          return { output: 0 };
        });
        const early = await waitForSignal('early', { observationId: 'o' });
        const late = await waitForSignal('late', { timeoutMs: 100 });
        return { early, isLate: late === undefined };
      });
      await engine.start(SCOPE, toRequest('r'));
      await engine.signal(SCOPE, 'r', 'early', { approved: true });
      const run = await engine.waitForEnd(SCOPE, 'r');
      expect(run.output).toEqual({ early: { approved: true }, isLate: true });
      await expect(engine.signal(SCOPE, 'r', 'x', 1)).rejects.toMatchObject({
        code: 'COAIA-0903',
      });
      await expect(engine.signal(SCOPE, 'no', 'x', 1)).rejects.toMatchObject({
        code: 'COAIA-0900',
      });
    });

    test('hears a signal while another step is at work', async ({ openOne, expect }) => {
      const begun = Promise.withResolvers<void>();
      const heard = Promise.withResolvers<void>();
      const engine = await openOne(async ({ step, waitForSignal }) => {
        const signalled = waitForSignal('go').then(() => heard.resolve());
        // It ends only because the signal is heard while it is at work.
        await step('long', {}, async () => {
          begun.resolve();
          await heard.promise;
          return { output: 0 };
        });
        await signalled;
      });
      await engine.start(SCOPE, toRequest('r'));
      await begun.promise;
      await engine.signal(SCOPE, 'r', 'go', 1);
      expect((await engine.waitForEnd(SCOPE, 'r')).state).toBe('succeeded');
    });

    test('waits for a child run, and fails with what it failed with', async ({ open, expect }) => {
      const engine = await open([
        createWorkflow(async ({ child }) => {
          const request = { workflow: 'small', name: 'small', traceId: 't' };
          const doubled = await child('double', { ...request, input: { number: 4 } });
          await child('broken', { ...request, input: {} });
          return doubled;
        }),
        createWorkflow(async ({ run, step }) => {
          const { number } = run.input as { number?: number };
          return step('count', {}, async () => {
            if (number === undefined) throw new Error('no number');
            return { output: number * 2 };
          });
        }, 'small'),
      ]);
      const run = await runOne(engine, 'r');
      expect(run.error).toMatchObject({ message: 'no number', step: 'broken' });
      const { runs } = await engine.list(SCOPE, { parentRunId: 'r', limit: 10 });
      expect(runs.map(({ id, state }) => `${id} ${state}`).toSorted()).toEqual([
        'r/broken failed',
        'r/double succeeded',
      ]);
      expect((await engine.steps(SCOPE, 'r'))[0]).toMatchObject({ name: 'double', output: 8 });
    });
  });
}
