/** What bounds runs: time, projects, retention. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openAccess } from '#access';
import { openTestDatabases } from '#store/testing';
import { pruneOldRuns } from '../../main/open-run-retention.ts';
import { openTestPipelines } from '../testing.ts';
import type { TestPipelines } from '../testing.ts';
import {
  answerApproval,
  cancelPipelineRun,
  forkPipelineRun,
  getPipelineRun,
  retryPipelineRun,
} from './runs.ts';
import { startPipelineRun } from './start-run.ts';

const caught = (error: unknown) => error;

describe.each(openTestDatabases())('on $name', ({ open }) => {
  let all: TestPipelines;
  beforeEach(async () => {
    all = await openTestPipelines(await open());
  });
  afterEach(() => all.close());

  test('a run that takes too long fails, also while it waits', async () => {
    const steps = [{ id: 'wait', name: 'Wait', action: 'wait', with: { for: '1h' } }];
    const text = JSON.stringify({ name: 'long', steps });
    const template = { text, format: 'json' as const };
    const { run } = await startPipelineRun(all.ports, all.scope, { template, timeoutMs: 150 });
    expect(await all.finish(run.id)).toMatchObject({
      state: 'failed',
      error: { code: 'COAIA-0904' },
    });
    expect(await all.traces()).toMatchObject([{ metadata: { run_state: 'failed' } }]);
  });

  test('another project sees and changes nothing of it', async () => {
    const id = await all.start([
      { id: 'ask', name: 'Ask', action: 'human', with: { message: '?' } },
    ]);
    const other = { ...all.scope, projectId: 'other' };
    const answer = { id, step: 'ask', approved: true };
    for (const call of [
      () => getPipelineRun(all.ports, other, id),
      () => cancelPipelineRun(all.ports, other, id),
      () => retryPipelineRun(all.ports, other, id),
      () => forkPipelineRun(all.ports, other, { id, fromStep: 'ask' }),
      () => answerApproval(all.ports, other, answer),
    ])
      expect(await call().catch(caught)).toMatchObject({ code: 'COAIA-0900' });
  });

  test('old runs go with the retention of their project, others stay', async () => {
    const id = await all.start([{ id: 'a', name: 'A', observation_type: 'EVENT' }]);
    await all.finish(id);
    const day = 86_400_000;
    const after = (days: number) =>
      pruneOldRuns({ db: all.db, clock: () => Date.now() + days * day });
    expect(await after(500)).toBe(0);
    await openAccess(all.db, { env: {} });
    await all.db.write((tx) =>
      tx.run("UPDATE projects SET retention_days = 7 WHERE id = 'default'", []),
    );
    expect([await after(5), await after(8)]).toEqual([0, 1]);
    expect(await all.read(id).catch(caught)).toMatchObject({ code: 'COAIA-0900' });
  });
});
