import { systemClock } from '#base';
import type { Clock } from '#base';
import { openEmbeddedDispatcher } from '#queue';
import type { Database } from '#store';
import { openTestDatabases } from '#store/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openRuns } from '../open-runs.ts';
import {
  createWorkflow,
  ledger,
  listRecorded,
  openRunning,
  SCOPE,
  toEvent,
} from '../testing/open-running.ts';
import { openScheduler } from './open-scheduler.ts';
import { openSchedules } from './open-schedules.ts';
import type { PrepareRun, ScheduleInput } from './schedule.ts';

const START = Date.UTC(2026, 0, 1, 12, 0, 30);
const MINUTE = 60_000;

const INPUT: ScheduleInput = {
  name: 'every minute',
  timing: { cron: '* * * * *' },
  workflow: 'test',
  runName: 'sample',
  input: { template: 't' },
};

const prepare: PrepareRun = async (_scope, schedule, { runId, dueAt }) => ({
  input: { given: schedule.input, dueAt },
  traceId: `trace-${runId}`,
  events: [toEvent(`at-${(dueAt - START) / 1000}`)],
});

describe.each(openTestDatabases())('$name: schedules', ({ open }) => {
  let db: Database;
  let now: number;
  const clock: Clock = () => now;
  const closers: (() => Promise<void>)[] = [];

  beforeEach(async () => {
    db = await open();
    now = START;
  });

  afterEach(async () => {
    for (const close of closers.splice(0).toReversed()) await close();
    await db.close();
  });

  const toOptions = (more: Partial<Parameters<typeof openScheduler>[0]> = {}) => ({
    db,
    clock,
    recorder: ledger,
    prepare,
    ...more,
  });

  const addScheduler = (more: Partial<Parameters<typeof openScheduler>[0]> = {}) => {
    const scheduler = openScheduler(toOptions({ pollMs: 5, ...more }));
    closers.push(() => scheduler.close());
  };

  const openAll = () => ({
    schedules: openSchedules(toOptions()),
    runs: openRuns({ db, clock, recorder: ledger }),
  });

  it('starts one run for each due time, however many look', async () => {
    const { schedules, runs } = openAll();
    const { id, dueAt, state } = await schedules.create(SCOPE, { ...INPUT, overlap: 'queue' });
    expect({ dueAt, state }).toEqual({ dueAt: START + 30_000, state: 'active' });
    for (let count = 0; count < 4; count++) addScheduler();
    for (const turn of [1, 2, 3]) {
      now = START + turn * MINUTE;
      await expect
        .poll(async () => (await runs.list(SCOPE, { scheduleId: id, limit: 9 })).runs.length)
        .toBe(turn);
    }
    expect(await listRecorded(db)).toEqual(['at-150', 'at-30', 'at-90']);
    const history = await schedules.history(SCOPE, id, { limit: 2 });
    expect(history.data).toMatchObject([
      { dueAt: START + 150_000, outcome: 'started', run: { scheduleId: id, state: 'queued' } },
      { dueAt: START + 90_000, outcome: 'started' },
    ]);
    const rest = await schedules.history(SCOPE, id, { limit: 2, cursor: history.cursor ?? '' });
    expect(rest).toMatchObject({ data: [{ dueAt: START + 30_000 }], cursor: null });
  });

  it('leaves a run out, lets it wait or replaces the old one while the last has not ended', async () => {
    const { schedules, runs } = openAll();
    const made = await Promise.all(
      (['skip', 'queue', 'replace'] as const).map((overlap) =>
        schedules.create(SCOPE, { ...INPUT, name: overlap, overlap }),
      ),
    );
    addScheduler({ prepare: async () => ({ input: {}, traceId: 't' }) });
    const outcomes = async (id: string) =>
      (await schedules.history(SCOPE, id, { limit: 9 })).data.map(
        ({ outcome, run }) => `${outcome} ${run?.state ?? '-'}`,
      );
    for (const turn of [1, 2]) {
      now = START + turn * MINUTE;
      for (const { id } of made)
        await expect.poll(async () => (await outcomes(id)).length).toBe(turn);
    }
    const [skip, queue, replace] = await Promise.all(made.map(({ id }) => outcomes(id)));
    expect(skip).toEqual(['skipped -', 'started queued']);
    expect(queue).toEqual(['started queued', 'started queued']);
    expect(replace).toEqual(['started queued', 'started cancelled']);
    expect((await runs.list(SCOPE, { limit: 9 })).runs).toHaveLength(5);
  });

  it('starts one run for all that was missed, or none', async () => {
    const { schedules } = openAll();
    const once = await schedules.create(SCOPE, INPUT);
    const none = await schedules.create(SCOPE, {
      ...INPUT,
      missed: 'skip',
      timing: { at: START + 1000 },
    });
    now = START + 60 * MINUTE;
    addScheduler({ prepare: async () => ({ input: {}, traceId: 't' }) });
    const read = async (id: string) => (await schedules.history(SCOPE, id, { limit: 9 })).data;
    await expect
      .poll(() => read(once.id))
      .toMatchObject([{ outcome: 'started', dueAt: now - 30_000 }]);
    await expect.poll(() => read(none.id)).toMatchObject([{ outcome: 'missed', run: null }]);
    expect(await schedules.get(SCOPE, none.id)).toMatchObject({ state: 'ended', dueAt: null });
    expect((await schedules.get(SCOPE, once.id)).dueAt).toBe(now + 30_000);
  });

  it('says why no run could be made, and goes on', async () => {
    const { schedules } = openAll();
    const { id } = await schedules.create(SCOPE, INPUT);
    addScheduler({
      prepare: async () => {
        throw new Error('the template is gone');
      },
    });
    now = START + MINUTE;
    await expect
      .poll(async () => (await schedules.history(SCOPE, id, { limit: 1 })).data)
      .toMatchObject([{ outcome: 'failed', detail: 'COAIA-0901: the template is gone' }]);
    expect((await schedules.get(SCOPE, id)).dueAt).toBe(START + 90_000);
  });

  it('is paused, resumed, changed, started by hand and removed', async () => {
    const { schedules, runs } = openAll();
    const { id } = await schedules.create(SCOPE, INPUT);
    expect(await schedules.pause(SCOPE, id)).toMatchObject({ state: 'paused', dueAt: null });
    now = START + 10 * MINUTE;
    const run = await schedules.runNow(SCOPE, id);
    expect(run).toMatchObject({ state: 'queued', scheduleId: id, name: 'sample' });
    expect((await schedules.history(SCOPE, id, { limit: 1 })).data).toMatchObject([
      { outcome: 'manual', run: { id: run.id } },
    ]);
    expect(await schedules.resume(SCOPE, id)).toMatchObject({ dueAt: now + 30_000 });
    const changed = await schedules.update(SCOPE, id, {
      timing: { everyMs: 5000 },
      timeoutMs: 1000,
      jitterMs: 400,
    });
    expect(changed).toMatchObject({ timing: { everyMs: 5000 }, timeoutMs: 1000, state: 'active' });
    expect(changed.dueAt).toBe(now + 5000);
    expect(changed.fireAt).toBeGreaterThanOrEqual(now + 5000);
    expect(changed.fireAt).toBeLessThanOrEqual(now + 5400);
    expect((await schedules.list(SCOPE, { limit: 5 })).data.map((one) => one.id)).toEqual([id]);
    await schedules.remove(SCOPE, id);
    await expect(schedules.get(SCOPE, id)).rejects.toMatchObject({ code: 'COAIA-0908' });
    expect((await runs.get(SCOPE, run.id)).scheduleId).toBe(id);
  });

  it.each([
    [{ cron: 'every day' }, 'UTC'],
    [{ cron: '0 0 30 2 *' }, 'UTC'],
    [{ cron: '* * * * *' }, 'Moon/Base'],
    [{ everyMs: 10 }, 'UTC'],
    [{ at: START - 1 }, 'UTC'],
  ])('refuses %j in %s with COAIA-0909', async (timing, timeZone) => {
    const { schedules } = openAll();
    await expect(schedules.create(SCOPE, { ...INPUT, timing, timeZone })).rejects.toMatchObject({
      code: 'COAIA-0909',
    });
  });

  it('is carried out by an engine, with retries and a time limit', async () => {
    now = Date.now();
    const schedules = openSchedules(toOptions({ clock: systemClock }));
    const dispatcher = openEmbeddedDispatcher({ db, clock: systemClock });
    let count = 0;
    const engine = await openRunning(db, dispatcher, [
      createWorkflow(({ step }) =>
        step('one', {}, async () => {
          if (++count === 1) throw new Error('broken');
          return { output: count };
        }),
      ),
    ]);
    closers.push(
      () => dispatcher.close(),
      () => engine.close(),
    );
    const { id } = await schedules.create(SCOPE, {
      ...INPUT,
      timing: { at: Date.now() + 100 },
      retries: 1,
      timeoutMs: 60_000,
    });
    addScheduler({ clock: systemClock, prepare: async () => ({ input: {}, traceId: 't' }) });
    await expect
      .poll(async () => (await schedules.history(SCOPE, id, { limit: 1 })).data[0]?.run)
      .toMatchObject({ state: 'succeeded', attempt: 2, output: 2 });
  });
});
