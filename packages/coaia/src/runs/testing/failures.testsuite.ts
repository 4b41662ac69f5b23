/** The contract of the engine: failures. */
import { describe } from 'vitest';
import type { Engine, Run, StepOptions } from '../engine.ts';
import { createTest, runOne, waitForState } from './engine-bench.ts';
import type { EngineKind } from './engine-bench.ts';
import { createWorkflow, listRecorded, SCOPE, toEvent, toRequest } from './open-running.ts';

const always: StepOptions = { retry: { attempts: 3, backoffMs: 5 }, isPassing: () => true };

export function testFailures(kind: EngineKind): void {
  const test = createTest(kind);
  describe(`${kind.name}: failures`, () => {
    test('tries again what passes, with the same key, and says what failed in the end', async ({
      db,
      openOne,
      expect,
    }) => {
      const keys: string[] = [];
      const engine = await openOne(async ({ step }) => {
        const mended = await step('mended', always, async ({ attempt }) => {
          if (attempt < 3) throw new Error('not yet');
          return { output: attempt };
        });
        await step(
          'broken',
          { ...always, onFailure: (_error, { attempt }) => [toEvent(`failed-at-${attempt}`)] },
          async ({ idempotencyKey }) => {
            keys.push(idempotencyKey);
            throw new Error(`no luck after ${mended}`);
          },
        );
      });
      const run = await runOne(engine, 'r');
      expect(run).toMatchObject({
        state: 'failed',
        error: { code: 'COAIA-0901', message: 'no luck after 3', step: 'broken' },
      });
      expect(keys).toEqual(['r:broken', 'r:broken', 'r:broken']);
      expect(await listRecorded(db)).toEqual(['failed-at-3', 'r:failed:COAIA-0901']);
      expect(await engine.steps(SCOPE, 'r')).toMatchObject([
        { name: 'mended', attempt: 3, state: 'succeeded' },
        { name: 'broken', attempt: 3, state: 'failed' },
      ]);
    });

    test('does not try again what does not pass by itself', async ({ openOne, expect }) => {
      let count = 0;
      const engine = await openOne(({ step }) =>
        step('once', { retry: { attempts: 5 } }, async () => {
          count++;
          throw new Error('wrong');
        }),
      );
      await runOne(engine, 'r');
      expect(count).toBe(1);
    });

    test('ends a step that takes too long, also one that does not listen', async ({
      openOne,
      expect,
    }) => {
      const engine = await openOne(async ({ step }) => {
        const stopped = await step('kind', { timeoutMs: 40 }, ({ signal }) => {
          return new Promise<never>((_resolve, reject) => {
            signal.addEventListener('abort', () => reject(signal.reason as Error));
          });
        }).catch((error: unknown) => (error as { code: string }).code);
        await step('deaf', { timeoutMs: 40 }, () => new Promise<never>(() => {}));
        return stopped;
      });
      const run = await runOne(engine, 'r');
      expect(run.error).toMatchObject({ code: 'COAIA-0902', step: 'deaf' });
    });

    test('lets a workflow go on after a failed step, also when it is taken up again', async ({
      openOne,
      expect,
    }) => {
      let count = 0;
      const engine = await openOne(async ({ step, waitForSignal }) => {
        const failed = await step('broken', {}, async () => {
          count++;
          throw new Error('no');
        }).catch((error: unknown) => (error as Error).message);
        await waitForSignal('go');
        return failed;
      });
      await engine.start(SCOPE, toRequest('r'));
      await waitForState(engine, 'r', 'waiting');
      await engine.signal(SCOPE, 'r', 'go', null);
      expect((await engine.waitForEnd(SCOPE, 'r')).output).toBe('no');
      expect(count).toBe(1);
    });

    test('goes on after the finished steps when a failed run is tried again', async ({
      openOne,
      expect,
    }) => {
      const done: string[] = [];
      let isFixed = false;
      const engine = await openOne(async ({ step, run }) => {
        const one = (name: string) =>
          step(name, {}, async () => {
            if (name === 'b' && !isFixed) throw new Error('broken');
            done.push(name);
            return { output: name };
          });
        await one('a');
        await one('b');
        await one('c');
        return run.attempt;
      });
      expect((await runOne(engine, 'r')).state).toBe('failed');
      isFixed = true;
      await engine.retry(SCOPE, 'r');
      const run = await engine.waitForEnd(SCOPE, 'r');
      expect(run).toMatchObject({ state: 'succeeded', attempt: 2, output: 2, error: null });
      expect(done).toEqual(['a', 'b', 'c']);
      await expect(engine.retry(SCOPE, 'r')).rejects.toMatchObject({ code: 'COAIA-0903' });
    });

    test('tries a whole run again by itself when it is asked to', async ({
      db,
      openOne,
      expect,
    }) => {
      let count = 0;
      const engine = await openOne(({ step }) =>
        step('b', {}, async () => {
          if (++count === 1) throw new Error('broken');
          return { output: count };
        }),
      );
      const run = await runOne(engine, 'r', { maxAttempts: 2 });
      expect(run).toMatchObject({ state: 'succeeded', attempt: 2, output: 2 });
      expect(await listRecorded(db)).toEqual(['r:end']);
    });

    test('begins what follows a failure with the end of the last attempt', async ({
      open,
      expect,
    }) => {
      const seen: unknown[] = [];
      const follow = ({ id, attempt }: Run) => [
        toRequest(`after-${id}-${attempt}`, { workflow: 'follow' }),
      ];
      const engine: Engine = await open([
        createWorkflow(
          ({ step }) => step('b', {}, () => Promise.reject(new Error('broken'))),
          'test',
          follow,
        ),
        createWorkflow(async () => {
          const { state, attempt } = await engine.get(SCOPE, 'r');
          seen.push({ state, attempt });
        }, 'follow'),
      ]);
      await runOne(engine, 'r', { maxAttempts: 2 });
      await engine.waitForEnd(SCOPE, 'after-r-2');
      expect(seen).toEqual([{ state: 'failed', attempt: 2 }]);
      await expect(engine.get(SCOPE, 'after-r-1')).rejects.toMatchObject({ code: 'COAIA-0900' });
    });

    test('begins what follows also when nobody had begun the run in time', async ({
      open,
      expect,
    }) => {
      const follow = ({ id }: Run) => [toRequest(`after-${id}`, { workflow: 'follow' })];
      const engine = await open([
        createWorkflow(async () => 0, 'test', follow),
        createWorkflow(async () => 'told', 'follow'),
      ]);
      const run = await runOne(engine, 'r', { deadline: Date.now() - 1, maxAttempts: 3 });
      expect(run).toMatchObject({ state: 'failed', error: { code: 'COAIA-0904' } });
      expect((await engine.waitForEnd(SCOPE, 'after-r')).output).toBe('told');
    });

    test('names a step name that is used twice, whatever the workflow makes of it', async ({
      openOne,
      expect,
    }) => {
      const engine = await openOne(async ({ step }) => {
        const one = () => step('same', {}, async () => ({ output: 1 }));
        await one();
        await one().catch(() => 0);
      });
      expect((await runOne(engine, 'r')).error).toMatchObject({ code: 'COAIA-0905' });
    });

    test('names a step of the journal that is no longer reached', async ({ openOne, expect }) => {
      let name = 'before';
      const engine = await openOne(async ({ step, waitForSignal }) => {
        await step(name, {}, async () => ({ output: 1 }));
        await waitForSignal('go');
      });
      await engine.start(SCOPE, toRequest('r'));
      await waitForState(engine, 'r', 'waiting');
      name = 'after';
      await engine.signal(SCOPE, 'r', 'go', 1);
      const run = await engine.waitForEnd(SCOPE, 'r');
      expect(run.error).toMatchObject({ code: 'COAIA-0905', step: 'before' });
    });
  });
}
