/** The contract of the engine: steering. */
import { describe } from 'vitest';
import { pruneRuns } from '../prune-runs.ts';
import { createTest, pause, runOne, waitForState } from './engine-bench.ts';
import type { EngineKind } from './engine-bench.ts';
import { SCOPE, toRequest } from './open-running.ts';

export function testSteering(kind: EngineKind): void {
  const test = createTest(kind);
  describe(`${kind.name}: steering`, () => {
    test('goes on from a step of another run without doing the earlier ones', async ({
      openOne,
      expect,
    }) => {
      const done: string[] = [];
      const engine = await openOne(async ({ step, run }) => {
        for (const name of ['a', 'b', 'c'])
          await step(name, {}, async () => {
            done.push(`${run.id}:${name}`);
            return { output: name };
          });
      });
      await runOne(engine, 'one');
      await runOne(engine, 'two', { forkOf: { runId: 'one', fromStep: 'c' } });
      expect(done).toEqual(['one:a', 'one:b', 'one:c', 'two:c']);
      const fork = (runId: string, fromStep: string) =>
        engine.start(SCOPE, toRequest('three', { forkOf: { runId, fromStep } }));
      await expect(fork('one', 'z')).rejects.toMatchObject({ code: 'COAIA-0907' });
      await expect(fork('zero', 'a')).rejects.toMatchObject({ code: 'COAIA-0900' });
      expect((await engine.list(SCOPE, { limit: 10 })).runs).toHaveLength(2);
    });

    test('lists by state and name in pages, other projects apart', async ({ openOne, expect }) => {
      const engine = await openOne(async () => 0);
      const ids = ['a', 'b', 'c', 'd', 'e'];
      for (const id of ids) await runOne(engine, id, { name: id === 'e' ? 'other' : 'sample' });
      const other = { ...SCOPE, projectId: 'q' };
      expect((await engine.list(other, { limit: 10 })).runs).toEqual([]);
      await expect(engine.get(other, 'a')).rejects.toMatchObject({ code: 'COAIA-0900' });
      const seen: string[] = [];
      let cursor: string | null = null;
      do {
        const filter = { state: ['succeeded' as const], name: 'sample', limit: 3 };
        const page = await engine.list(SCOPE, cursor === null ? filter : { ...filter, cursor });
        seen.push(...page.runs.map(({ id }) => id));
        cursor = page.cursor;
      } while (cursor !== null);
      expect(seen).toEqual(['d', 'c', 'b', 'a']);
    });

    test('begins nothing in a paused queue', async ({ openOne, expect }) => {
      const engine = await openOne(async () => 0);
      await engine.pauseQueue(SCOPE, 'test');
      await engine.start(SCOPE, toRequest('r'));
      await pause(400);
      expect((await engine.get(SCOPE, 'r')).state).toBe('queued');
      expect(await engine.listPausedQueues(SCOPE)).toEqual(['test']);
      await engine.resumeQueue(SCOPE, 'test');
      expect((await engine.waitForEnd(SCOPE, 'r')).state).toBe('succeeded');
    });

    test('goes on with what has begun in a paused queue, and keeps to deadlines', async ({
      openOne,
      expect,
    }) => {
      const engine = await openOne(async ({ waitForSignal }) => waitForSignal('go'));
      await engine.start(SCOPE, toRequest('begun'));
      await waitForState(engine, 'begun', 'waiting');
      await engine.pauseQueue(SCOPE, 'test');
      await engine.start(SCOPE, toRequest('late', { deadline: Date.now() + 200 }));
      await engine.signal(SCOPE, 'begun', 'go', 1);
      expect((await engine.waitForEnd(SCOPE, 'begun')).state).toBe('succeeded');
      expect((await engine.waitForEnd(SCOPE, 'late')).error).toMatchObject({ code: 'COAIA-0904' });
    });

    test('forgets what ended long ago', async ({ db, openOne, expect }) => {
      const engine = await openOne(async ({ step }) =>
        step('one', {}, async () => ({ output: 1 })),
      );
      await runOne(engine, 'old');
      const before = Date.now() + 1;
      await pause(5);
      await runOne(engine, 'new');
      expect(await pruneRuns(db, { projectId: 'p', before })).toBe(1);
      expect((await engine.list(SCOPE, { limit: 10 })).runs.map(({ id }) => id)).toEqual(['new']);
      await expect(engine.steps(SCOPE, 'old')).rejects.toMatchObject({ code: 'COAIA-0900' });
    });
  });
}
