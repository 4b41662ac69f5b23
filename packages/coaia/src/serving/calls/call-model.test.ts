import { openTestDatabases } from '#store/testing';
import type { Database } from '#store';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createLocalDeployments } from '../versions/local-api.ts';
import { callModel, requireAnswer } from './call-model.ts';

const [database] = openTestDatabases();
const scope = { projectId: 'p', level: 'project', via: 'key' } as const;
const model = {
  model: 'cars',
  version: 1,
  digest: 'a'.repeat(64),
  language: 'r',
  platform: 'r_lm',
};
const signature = { inputs: [{ name: 'wt' }], outputs: [{ name: 'prediction' }] };
let db: Database;

beforeAll(async () => {
  db = await database!.open();
  const manifest = { format: 1, project: 'cars', ...model, signature, files: {} };
  await createLocalDeployments({ db, clock: Date.now }, scope).registerVersion({
    manifest,
    folder: '/f',
  });
});
afterAll(() => db.close());

test('asks the gateway that is ready, and passes its own sentence on', async () => {
  const asked: string[] = [];
  const fetch = async (url: string, init: RequestInit) => {
    asked.push(`${url} ${JSON.stringify(init.body)}`);
    const error = { code: 'AO422', message: '`wt`: needed, missing.' };
    return url.includes('versions/2')
      ? Response.json({ error }, { status: 422 })
      : Response.json({ predictions: [21] });
  };
  const ports = { db, clock: Date.now, fetch };
  const call = { model: 'cars', data: { wt: 2.5 } };
  await expect(callModel(ports, scope, call)).rejects.toMatchObject({ code: 'AO668' });
  expect(asked).toEqual([]);
  const { announceGateway } = createLocalDeployments(ports, scope);
  const state = { model: 'cars', version: '1', state: 'ready' };
  await announceGateway('g', {
    name: 'cars',
    url: 'http://127.0.0.1:1',
    folder: '/f',
    host: 'h',
    processId: 1,
    state: 'ready',
    link: 'pipe',
    models: [{ ...state, workers: 1, busy: 0, queued: 0, restarts: 0 }],
    startedAt: new Date().toISOString(),
  });
  expect(requireAnswer(await callModel(ports, scope, call))).toEqual({ predictions: [21] });
  const refused = await callModel(ports, scope, { ...call, version: '2' });
  expect(refused.status).toBe(422);
  expect(() => requireAnswer(refused)).toThrow('AO422: `wt`: needed, missing.');
  expect(asked[0]).toContain('http://127.0.0.1:1/v1/models/cars/predict');
  const proxy = { ...ports, fetch: async () => new Response('<html>', { status: 502 }) };
  await expect(callModel(proxy, scope, call)).rejects.toMatchObject({ code: 'AO669' });
});
