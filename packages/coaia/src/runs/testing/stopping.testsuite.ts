/** The contract of the engine: stopping. */
import { systemClock } from '#base';
import { describe } from 'vitest';
import type { RunContext } from '../engine.ts';
import { openRuns } from '../open-runs.ts';
import { createTest, pause } from './engine-bench.ts';
import type { EngineKind } from './engine-bench.ts';
import { createWorkflow, ledger, listRecorded, SCOPE, toRequest } from './open-running.ts';

export function testStopping(kind: EngineKind): void {
  const test = createTest(kind);
  describe(`${kind.name}: stopping`, () => {
    test('cancels a step at work and the children, and keeps what is finished', async ({
      open,
      expect,
    }) => {
      const begun: string[] = [];
      const aborted: string[] = [];
      const listen = (name: string, { step }: RunContext) =>
        step(name, {}, ({ signal }) => {
          begun.push(name);
          return new Promise<never>((_resolve, reject) => {
            signal.addEventListener('abort', () => {
              aborted.push(name);
              // It takes a while to stop, and is written down all the same.
              setTimeout(() => reject(signal.reason as Error), 50);
            });
          });
        });
      const engine = await open([
        createWorkflow(async (context) => {
          await context.step('done', {}, async () => ({ output: 1 }));
          const request = { workflow: 'small', name: 'small', traceId: 't', input: {} };
          await Promise.all([listen('parent', context), context.child('child', request)]);
        }),
        createWorkflow((context) => listen('small', context), 'small'),
      ]);
      await engine.start(SCOPE, toRequest('r'));
      await expect.poll(() => begun.toSorted()).toEqual(['parent', 'small']);
      await engine.cancel(SCOPE, 'r');
      const run = await engine.waitForEnd(SCOPE, 'r');
      expect(run).toMatchObject({ state: 'cancelled', error: { code: 'COAIA-0910' } });
      expect((await engine.waitForEnd(SCOPE, 'r/child')).state).toBe('cancelled');
      expect(aborted.toSorted()).toEqual(['parent', 'small']);
      expect((await engine.steps(SCOPE, 'r')).map(({ state }) => state)).toEqual([
        'succeeded',
        'cancelled',
        'cancelled',
      ]);
      await expect(engine.cancel(SCOPE, 'r')).rejects.toMatchObject({ code: 'COAIA-0903' });
    });

    test('cancels a run nobody works on at once, without any worker', async ({ db, expect }) => {
      const runs = openRuns({
        db,
        clock: systemClock,
        recorder: ledger,
        workflows: [createWorkflow(async () => 0)],
      });
      await runs.start(SCOPE, toRequest('r'));
      expect(await runs.cancel(SCOPE, 'r')).toMatchObject({ state: 'cancelled', wakeAt: null });
      expect(await listRecorded(db)).toEqual(['r:cancelled:COAIA-0910']);
    });

    test('fails a run at its deadline, at work and at rest', async ({ openOne, expect }) => {
      const engine = await openOne(async ({ step, waitForSignal, run }) => {
        if (run.id === 'rest') await waitForSignal('never');
        else await step('long', {}, () => new Promise<never>(() => {}));
      });
      const deadline = Date.now() + 400;
      await engine.start(SCOPE, toRequest('rest', { deadline }));
      await engine.start(SCOPE, toRequest('work', { deadline }));
      for (const id of ['rest', 'work']) {
        expect(await engine.waitForEnd(SCOPE, id)).toMatchObject({
          state: 'failed',
          error: { code: 'COAIA-0904' },
        });
      }
    });

    test('ends in good order: the next worker goes on at once, nothing is done twice', async ({
      open,
      expect,
    }) => {
      const done: string[] = [];
      const workflow = createWorkflow(async ({ step }) => {
        for (const name of ['a', 'b', 'c']) {
          await step(name, {}, async () => {
            await pause(100);
            done.push(name);
            return { output: name };
          });
        }
      });
      const first = await open([workflow]);
      await first.start(SCOPE, toRequest('r'));
      await expect.poll(() => done.length).toBe(1);
      await first.close();
      expect((await first.get(SCOPE, 'r')).state).toBe('waiting');
      const second = await open([workflow]);
      expect((await second.waitForEnd(SCOPE, 'r')).state).toBe('succeeded');
      expect(done).toEqual(['a', 'b', 'c']);
    });
  });
}
