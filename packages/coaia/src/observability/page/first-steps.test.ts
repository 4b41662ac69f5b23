import { openTestDatabases } from '#store/testing';
import type { Database } from '#store';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seedTraces } from '../testing/seed.ts';
import { readFirstSteps } from './first-steps.ts';

const NOW = Date.UTC(2026, 10, 21);

describe.each(openTestDatabases())('first steps over $name', ({ open }) => {
  let db: Database;
  const read = async (projectId = 'p1') => {
    const ports = { db, clock: () => NOW } as Parameters<typeof readFirstSteps>[0];
    const scope = { projectId } as Parameters<typeof readFirstSteps>[1];
    const steps = await readFirstSteps(ports, scope);
    for (const { done, at } of steps) expect(done).toBe(at !== null);
    return steps.filter(({ done }) => done).map(({ id }) => id);
  };
  const addRun = (state: string, workflow = 'pipeline') =>
    db.write((tx) =>
      tx.upsert('runs', [
        {
          project_id: 'p1',
          id: `${workflow}-${state}`,
          workflow,
          name: 'x',
          state,
          priority: 0,
          due_at: null,
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
          trace_id: 't',
          created_at: NOW,
          started_at: NOW,
          ended_at: NOW,
          error: null,
          scope: '{}',
          input: null,
          output: null,
        },
      ]),
    );

  beforeAll(async () => {
    db = await open();
  });
  afterAll(() => db.close());

  it('ticks each when it has happened in this project, not before', async () => {
    expect(await read()).toEqual(['server']);
    await seedTraces(db, 'p1', { traces: 1, observationsPerTrace: 1 });
    expect(await read()).toEqual(['server', 'trace']);
    await addRun('failed');
    await addRun('succeeded', 'schedule');
    expect(await read()).toEqual(['server', 'trace']);
    await addRun('succeeded');
    expect(await read()).toEqual(['server', 'trace', 'pipeline']);
    await db.write((tx) =>
      tx.upsert('datasets', [
        {
          project_id: 'p1',
          id: 'd1',
          name: 'greetings',
          description: null,
          created_at: NOW,
          updated_at: NOW,
          metadata: null,
          input_schema: null,
          expected_output_schema: null,
        },
      ]),
    );
    expect(await read()).toEqual(['server', 'trace', 'pipeline', 'dataset']);
    expect(await read('p2')).toEqual(['server']);
  });
});
