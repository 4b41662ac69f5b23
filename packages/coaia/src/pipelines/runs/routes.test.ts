/** Runs, schedules and tasks over HTTP. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openTestDatabases } from '#store/testing';
import { openRoomServer } from '../../observability/testing/open-room-server.ts';
import type { RoomServer } from '../../observability/testing/open-room-server.ts';

const [kind] = openTestDatabases();
if (kind === undefined) throw new TypeError('there is no test store');
const { open } = kind;

let server: RoomServer;
beforeEach(async () => {
  server = await openRoomServer(await open());
});
afterEach(() => server.close());

const runs = '/api/v1/pipeline-runs';
const template = {
  text: JSON.stringify({
    name: 'two',
    version: '1.2.0',
    steps: [
      { id: 'a', name: 'A' },
      { id: 'b', name: 'B', needs: ['a'] },
    ],
  }),
  format: 'json',
};
// oxlint-disable-next-line typescript/no-explicit-any -- tests look into it as they like
const send = async (method: string, path: string, body?: unknown): Promise<any> => {
  const { status, body: answer } = await server.send(method, path, body);
  return { status, ...(answer as object) };
};

test('a run is started, listed, read, cancelled, tried again and forked', async () => {
  const started = await send('POST', runs, { template, id: 'r1', sessionId: 's1' });
  expect(started).toMatchObject({
    status: 202,
    id: 'r1',
    pipeline: { name: 'two', version: '1.2.0' },
    state: 'queued',
    output: null,
    error: null,
  });
  expect(await send('GET', `${runs}?state=queued,running&name=two`)).toMatchObject({
    data: [{ id: 'r1' }],
    meta: { cursor: null },
  });
  expect(await send('GET', `${runs}/r1`)).toMatchObject({
    steps: [
      { id: 'a', state: 'pending', needs: [] },
      { id: 'b', state: 'pending', needs: ['a'] },
    ],
    template: { name: 'two', source: 'project' },
    approvals: [],
  });
  const trace = await send('GET', `/api/public/traces/${started.traceId}`);
  expect(trace).toMatchObject({
    name: 'Pipeline: two',
    sessionId: 's1',
    metadata: { run_id: 'r1' },
  });
  expect(await send('POST', `${runs}/r1/cancel`)).toMatchObject({ state: 'cancelled' });
  expect(await send('POST', `${runs}/r1/cancel`)).toMatchObject({ status: 409 });
  expect(await send('POST', `${runs}/r1/retry`)).toMatchObject({ state: 'queued', attempt: 2 });
  expect(await send('POST', `${runs}/r1/fork`, { fromStep: 'b' })).toMatchObject({ status: 202 });
  expect(await send('POST', `${runs}/r1/fork`, { fromStep: 'c' })).toMatchObject({ status: 400 });
  expect(await send('POST', `${runs}/r1/approvals/a`, { approved: true })).toMatchObject({
    status: 400,
  });
});

test.each([
  ['POST', runs, {}, 400],
  ['POST', runs, { template: 'nobody' }, 404],
  ['POST', runs, { template: './package.json' }, 400],
  ['POST', runs, { template: '/etc/hosts.json' }, 400],
  ['POST', '/api/v1/schedules', { template: '../x.yaml', every: '1h' }, 400],
  ['POST', runs, { template, folder: '/etc' }, 400],
  ['POST', runs, { template, id: 'a/b' }, 400],
  ['GET', `${runs}?state=lost`, undefined, 400],
  ['GET', `${runs}?since=yesterday`, undefined, 400],
  ['GET', `${runs}/nobody`, undefined, 404],
  ['PUT', '/api/v1/pipeline-permissions', { allowed: ['everything'] }, 400],
  ['GET', '/api/v1/schedules/nobody', undefined, 404],
  ['POST', '/api/v1/tasks/nobody/retry', undefined, 404],
])('%s %s %j is refused with %i', async (method, path, body, status) => {
  expect((await send(method, path, body)).status).toBe(status);
});

test('what is allowed, and what steps can do', async () => {
  const path = '/api/v1/pipeline-permissions';
  expect(await send('GET', path)).toMatchObject({ allowed: [] });
  expect(await send('PUT', path, { allowed: ['shell', 'http'] })).toMatchObject({
    allowed: ['http', 'shell'],
  });
  const { data } = await send('GET', '/api/v1/pipeline-actions');
  expect(data).toContainEqual(expect.objectContaining({ name: 'shell', permission: 'shell' }));
  expect(data).toContainEqual(expect.objectContaining({ name: 'llm', permission: null }));
});

test('schedules', async () => {
  const path = '/api/v1/schedules';
  const body = { template: 'simple-trace', variables: { trace_name: 'x' }, every: '1h' };
  const { id, ...made } = await send('POST', path, {
    ...body,
    webhookUrl: 'https://example.com/h',
  });
  expect(made).toMatchObject({ status: 201, webhookSecret: expect.stringMatching(/^whsec_/) });
  const read = await send('GET', `${path}/${id}`);
  expect(read).toMatchObject({ webhookUrl: 'https://example.com/h', every: '1h' });
  expect(JSON.stringify(read)).not.toContain('whsec_');
  expect(await send('PATCH', `${path}/${id}`, { cron: '0 6 * * *' })).toMatchObject({
    every: null,
  });
  expect(await send('POST', `${path}/${id}/pause`)).toMatchObject({ isPaused: true });
  expect(await send('POST', `${path}/${id}/resume`)).toMatchObject({ isPaused: false });
  expect(await send('POST', `${path}/${id}/run-now`)).toMatchObject({
    status: 202,
    scheduleId: id,
  });
  expect((await send('GET', `${path}/${id}/history`)).data).toHaveLength(1);
  expect((await send('DELETE', `${path}/${id}`)).status).toBe(204);
  expect((await send('GET', path)).data).toEqual([]);
});

test('tasks', async () => {
  await send('POST', runs, { template, id: 'r1' });
  const path = '/api/v1/tasks';
  expect((await send('GET', `${path}?kind=pipeline`)).data).toMatchObject([
    { id: 'r1', kind: 'pipeline', name: 'two', state: 'queued', nextRetry: expect.any(String) },
  ]);
  expect(await send('POST', `${path}/r1/cancel`)).toMatchObject({ state: 'cancelled' });
  expect(await send('POST', `${path}/r1/retry`)).toMatchObject({ state: 'queued' });
  await send('POST', `${path}/r1/cancel`);
  expect(await send('POST', `${path}/retry`, { state: 'cancelled' })).toMatchObject({ retried: 1 });
  expect(await send('POST', `${path}/queues/pipeline/pause`)).toMatchObject({ paused: true });
  expect((await send('GET', `${path}/queues`)).data).toEqual([{ name: 'pipeline', paused: true }]);
  expect(await send('POST', `${path}/queues/pipeline/resume`)).toMatchObject({ paused: false });
});
