/** The contract of the engine: steps. */
import { describe } from 'vitest';
import { createTest, pause, runOne } from './engine-bench.ts';
import type { EngineKind } from './engine-bench.ts';
import { listRecorded, SCOPE, toEvent, toRequest } from './open-running.ts';

export function testSteps(kind: EngineKind): void {
  const test = createTest(kind);
  describe(`${kind.name}: steps`, () => {
    test('commits the result, its events and the row together, and the end with its own', async ({
      db,
      openOne,
      expect,
    }) => {
      const engine = await openOne(async ({ step, run }) => {
        const one = await step('one', { observationId: 'o1' }, async (attempt) => ({
          output: { key: attempt.idempotencyKey, number: attempt.attempt },
          events: [toEvent(`${run.id}:one`)],
        }));
        return { one, input: run.input };
      });
      const run = await runOne(engine, 'r', { events: [toEvent('r:start')] });
      expect(run).toMatchObject({
        state: 'succeeded',
        output: { one: { key: 'r:one', number: 1 }, input: { id: 'r' } },
        error: null,
        worker: null,
        wakeAt: null,
      });
      expect(await engine.steps(SCOPE, 'r')).toMatchObject([
        { name: 'one', seq: 1, state: 'succeeded', attempt: 1, observationId: 'o1' },
      ]);
      expect(await listRecorded(db)).toEqual(['r:end', 'r:one', 'r:start']);
    });

    test('rolls a result back whose events cannot be recorded, and fails the step', async ({
      db,
      openOne,
      expect,
    }) => {
      const engine = await openOne(({ step }) =>
        step('bad', {}, async () => ({ output: 1, events: [toEvent('x'), toEvent('y', 'bad')] })),
      );
      const run = await runOne(engine, 'r');
      expect(run).toMatchObject({ state: 'failed', error: { code: 'COAIA-0901', step: 'bad' } });
      expect(await listRecorded(db)).toEqual(['r:failed:COAIA-0901']);
    });

    test('starts the same id once, also when many start it at the same time', async ({
      db,
      openOne,
      expect,
    }) => {
      let count = 0;
      const engine = await openOne(({ step }) =>
        step('one', {}, async () => ({ output: ++count })),
      );
      const request = toRequest('r', { events: [toEvent('r:start')] });
      await Promise.all(Array.from({ length: 8 }, () => engine.start(SCOPE, request)));
      await engine.waitForEnd(SCOPE, 'r');
      expect((await engine.start(SCOPE, request)).state).toBe('succeeded');
      expect(count).toBe(1);
      expect(await listRecorded(db)).toEqual(['r:end', 'r:start']);
    });

    test('takes steps side by side, and keeps skipped ones in the journal', async ({
      openOne,
      expect,
    }) => {
      let now = 0;
      let most = 0;
      const engine = await openOne(async ({ step, skip }) => {
        const one = (name: string) =>
          step(name, {}, async () => {
            most = Math.max(most, ++now);
            await pause(30);
            now--;
            return { output: name };
          });
        await skip('left-out', 'its condition is false');
        return Promise.all([one('a'), one('b'), one('c')]);
      });
      expect((await runOne(engine, 'r')).output).toEqual(['a', 'b', 'c']);
      expect(most).toBe(3);
      expect(await engine.steps(SCOPE, 'r')).toMatchObject([
        { name: 'left-out', state: 'skipped', output: { reason: 'its condition is false' } },
        {},
        {},
        {},
      ]);
    });

    test('shows a step that is at work', async ({ openOne, expect }) => {
      const seen = Promise.withResolvers<void>();
      const engine = await openOne(({ step }) =>
        step('slow', {}, async () => {
          await seen.promise;
          return { output: 1 };
        }),
      );
      await engine.start(SCOPE, toRequest('r'));
      await expect.poll(async () => (await engine.steps(SCOPE, 'r'))[0]?.state).toBe('running');
      expect((await engine.get(SCOPE, 'r')).worker).toMatch(/:\d+$/);
      seen.resolve();
      await engine.waitForEnd(SCOPE, 'r');
    });
  });
}
