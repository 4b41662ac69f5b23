/** Schedules that start pipelines, and webhooks that tell of failures. */
import { createServer } from 'node:http';
import type { IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openTestDatabases } from '#store/testing';
import { openTestPipelines } from '../testing.ts';
import type { TestPipelines } from '../testing.ts';
import { putPipeline } from '../stored/stored-templates.ts';
import { toAgreement } from '../actions/agreement.ts';
import { listTasks, retryTasks } from '../tasks/tasks.ts';
import {
  createSchedule,
  getSchedule,
  listFirings,
  listSchedules,
  pauseSchedule,
  resumeSchedule,
  runScheduleNow,
  updateSchedule,
} from './schedules.ts';
import { isSignature } from './signature.ts';

const caught = (error: unknown) => error;
const PAGE = { limit: 50, cursor: undefined };

interface Told {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** By this secret alone, over this body alone, and not for ever. */
function expectSigned(told: Told | undefined, secret: string): void {
  const { body = '', headers = {} } = told ?? {};
  const sign = { header: String(headers['x-coaia-signature']), now: Date.now() };
  expect(isSignature(secret, body, sign)).toBe(true);
  expect(isSignature('whsec_other', body, sign)).toBe(false);
  expect(isSignature(secret, `${body} `, sign)).toBe(false);
  expect(isSignature(secret, body, { ...sign, now: Date.now() + 1e6 })).toBe(false);
}

describe.each(openTestDatabases())('on $name', ({ open }) => {
  let all: TestPipelines;
  const closers: (() => Promise<unknown>)[] = [];
  beforeEach(async () => {
    all = await openTestPipelines(await open());
  });
  afterEach(async () => {
    for (const close of closers.splice(0)) await close();
    await all.close();
  });
  const work = async () => {
    const worker = await all.openWorker({ isScheduling: true });
    closers.push(() => worker.close());
  };
  /** A receiver that answers each call with the next of these statuses, the last one for ever. */
  const listen = async (...statuses: readonly number[]) => {
    const told: Told[] = [];
    const server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        response.writeHead(statuses[Math.min(told.length, statuses.length - 1)] ?? 200);
        told.push({ headers: request.headers, body: Buffer.concat(chunks).toString() });
        response.end();
      });
    });
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve);
    });
    closers.push(async () => server.close());
    return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`, told };
  };
  const save = async (name: string, steps: readonly unknown[], more = {}) => {
    const text = JSON.stringify({ name, version: '1.0.0', steps, ...more });
    const ports = { db: all.db, clock: Date.now, actions: new Set(['llm', 'http', 'wait']) };
    await putPipeline(ports, all.scope, name, { text, format: 'json' });
  };
  const add = (body: Partial<Parameters<typeof createSchedule>[2]>) =>
    createSchedule(all.schedules, all.scope, {
      template: 'simple-trace',
      variables: { trace_name: 'by the clock' },
      ...body,
    });
  const firings = async (id: string) =>
    (await listFirings(all.schedules, all.scope, { id, ...PAGE })).data;

  test('starts runs when they are due, and keeps what came of it', async () => {
    const schedule = await add({ every: '1s', name: 'tick' });
    expect(schedule).toMatchObject({ every: '1s', cron: null, at: null, isPaused: false });
    await work();
    await expect.poll(async () => (await firings(schedule.id))[0]?.runState).toBe('succeeded');
    const [trace] = await all.traces();
    expect(trace).toMatchObject({
      name: 'Pipeline: simple-trace',
      metadata: { schedule_name: 'tick' },
    });
    const after = await getSchedule(all.schedules, all.scope, schedule.id);
    expect(after.lastAt).not.toBeNull();
  });

  test('is made, changed, paused, resumed, run by hand and removed', async () => {
    const { id } = await add({ cron: '0 6 * * 1-5', timeZone: 'Europe/Berlin' });
    expect(await getSchedule(all.schedules, all.scope, id)).toMatchObject({
      cron: '0 6 * * 1-5',
      overlap: 'skip',
      missed: 'run-once',
      lastAt: null,
    });
    expect(await pauseSchedule(all.schedules, all.scope, id)).toMatchObject({
      isPaused: true,
      nextAt: null,
    });
    expect(await resumeSchedule(all.schedules, all.scope, id)).toMatchObject({ isPaused: false });
    const change = { every: '2h', name: 'other', variables: { trace_name: 'new' } };
    expect(await updateSchedule(all.schedules, all.scope, { id, change })).toMatchObject({
      cron: null,
      every: '2h',
      name: 'other',
      variables: { trace_name: 'new' },
    });
    const run = await runScheduleNow(all.schedules, all.scope, id);
    expect(run).toMatchObject({ scheduleId: id, state: 'queued' });
    expect(await firings(id)).toMatchObject([{ state: 'started', reason: 'started by hand' }]);
    await all.schedules.schedules.remove(all.scope, id);
    expect((await listSchedules(all.schedules, all.scope, PAGE)).data).toEqual([]);
  });

  test.each([
    ['no time', {}, 'COAIA-5200'],
    ['two times', { cron: '* * * * *', every: '1m' }, 'COAIA-5200'],
    ['a span that is none', { every: 'soon' }, 'COAIA-5200'],
    ['a cron expression that is none', { cron: 'every day' }, 'COAIA-0909'],
    ['a zone that is none', { cron: '* * * * *', timeZone: 'Atlantis' }, 'COAIA-0909'],
    ['a template that is none', { every: '1m', template: 'nothing' }, 'COAIA-5000'],
    ['values that are missing', { every: '1m', variables: {} }, 'COAIA-5003'],
    [
      'an address with a password',
      { every: '1m', webhookUrl: 'http://a:b@example.com' },
      'COAIA-5202',
    ],
  ])('%s is refused', async (_name, body, code) => {
    expect(await add(body).catch(caught)).toMatchObject({ code });
    expect((await listSchedules(all.schedules, all.scope, PAGE)).data).toEqual([]);
  });

  test('a failure is told once, signed, however often the address has to be asked', async () => {
    await all.allow('private');
    await save('bad', [
      { id: 'a', name: 'A', action: 'http', with: { url: 'http://example.com' } },
    ]);
    const { url, told } = await listen(503, 200);
    const made = await add({
      template: 'bad',
      variables: {},
      every: '1h',
      webhookUrl: url,
      retries: 1,
    });
    expect(made.webhookSecret).toMatch(/^whsec_/);
    const run = await runScheduleNow(all.schedules, all.scope, made.id);
    await work();
    await expect.poll(() => told.length).toBe(1);
    const body = JSON.parse(told[0]?.body ?? '') as Record<string, unknown>;
    expect(body).toMatchObject({
      type: 'pipeline.failed',
      runId: run.id,
      pipeline: 'bad',
      scheduleName: 'bad',
      error: { code: 'COAIA-5102', step: 'a' },
    });
    // Only after the last attempt of the run: it had two.
    expect(await all.read(run.id)).toMatchObject({ state: 'failed', attempt: 2 });
    const secret = made.webhookSecret ?? '';
    expectSigned(told[0], secret);
    // The next attempt is seconds away; the message stays the same task until then.
    const tasks = { clock: Date.now, runs: all.runs };
    const query = {
      ...PAGE,
      kind: 'webhook',
      state: undefined,
      name: undefined,
      cursor: undefined,
    };
    const listed = async () => (await listTasks(tasks, all.scope, query)).data;
    await expect.poll(async () => (await listed())[0]?.state).toBe('waiting');
    const waiting = await listed();
    expect(told[0]?.headers['idempotency-key']).toBe(waiting[0]?.id);
    const rows = await all.db.read('SELECT * FROM schedules');
    expect(JSON.stringify(rows)).not.toContain(secret);
  }, 15_000);

  test('a run that is too late is told of, whatever attempts it had left', async () => {
    await all.allow('private');
    await save('slow', [{ id: 'a', name: 'A', action: 'wait', with: { for: '1h' } }]);
    const { url, told } = await listen(200);
    const made = await add({
      template: 'slow',
      variables: {},
      every: '1h',
      webhookUrl: url,
      retries: 3,
      timeoutMs: 300,
    });
    const run = await runScheduleNow(all.schedules, all.scope, made.id);
    await work();
    await expect.poll(() => told.length).toBe(1);
    expect(JSON.parse(told[0]?.body ?? '')).toMatchObject({
      runId: run.id,
      error: { code: 'COAIA-0904' },
    });
    expect(await all.read(run.id)).toMatchObject({ state: 'failed', attempt: 1 });
  });

  test('a private address is not told, and the message stands among the failed tasks', async () => {
    await save('bad', [
      { id: 'a', name: 'A', action: 'http', with: { url: 'http://example.com' } },
    ]);
    const { url, told } = await listen(200);
    const made = await add({
      template: 'bad',
      variables: {},
      every: '1h',
      webhookUrl: url,
      name: 'alarm',
    });
    await runScheduleNow(all.schedules, all.scope, made.id);
    await work();
    const tasks = { clock: Date.now, runs: all.runs };
    const failed = async () =>
      (await all.runs.list(all.scope, { workflow: 'webhook', state: ['failed'], limit: 10 })).runs;
    await expect.poll(async () => (await failed()).length).toBe(1);
    expect((await failed())[0]?.error).toMatchObject({ code: 'COAIA-5202' });
    expect(told).toEqual([]);
    await all.allow('private');
    expect(await retryTasks(tasks, all.scope, { state: 'failed', name: 'alarm' })).toEqual({
      retried: 1,
    });
    await expect.poll(() => told.length).toBe(1);
  }, 15_000);

  test('secrets of a schedule are encrypted, and reach its runs', async () => {
    const steps = [{ id: 'a', name: 'A', action: 'llm', with: { prompt: 'say {{ key }}' } }];
    await save('quiet', steps, { variables: [{ name: 'key', secret: true }] });
    const made = await add({
      template: 'quiet',
      variables: { key: 'hunter2-hunter2' },
      every: '1h',
    });
    expect(made.variables).toEqual({ key: '***' });
    const renamed = { id: made.id, change: { variables: { key: '***' } } };
    expect(await updateSchedule(all.schedules, all.scope, renamed)).toMatchObject({
      variables: { key: '***' },
    });
    const run = await all.finish((await runScheduleNow(all.schedules, all.scope, made.id)).id);
    expect(run.state).toBe('succeeded');
    expect(all.server.calls[0]?.body.messages[0].content).toBe('say hunter2-hunter2');
    const rows = await Promise.all(
      ['schedules', 'runs', 'traces'].map((table) => all.db.read(`SELECT * FROM ${table}`)),
    );
    expect(JSON.stringify(rows)).not.toContain('hunter2');
  });
});

test('agreement is counted', () => {
  expect(toAgreement([1, 3])).toEqual({
    judges: 2,
    value: 2,
    deviation: Math.SQRT2,
    spread: 2,
    agreement: 0,
  });
  expect(toAgreement(['a', 'b', 'a'])).toMatchObject({
    value: 'a',
    deviation: null,
    agreement: 1 / 3,
  });
  expect(toAgreement([true, false])).toMatchObject({ value: null });
  expect(toAgreement([0.5])).toMatchObject({ value: 0.5, deviation: null, agreement: null });
});
