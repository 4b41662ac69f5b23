import { afterAll, beforeAll, expect, test } from 'vitest';
import { openModelServer } from '../models/testing/model-server.ts';
import type { ModelServer } from '../models/testing/model-server.ts';
import { checkModelServer } from './check.ts';

let server: ModelServer;
beforeAll(async () => {
  server = await openModelServer({ key: 'sk-right', models: ['m-1'] });
});
afterAll(() => server.close());

const check = (url: string, key: string) =>
  checkModelServer({ url, key }, (address, init) => fetch(address, init));

test('tells good, refused, unreachable and something else apart', async () => {
  expect(await check(server.baseUrl, 'sk-right')).toEqual({
    isGood: true,
    url: server.baseUrl,
    models: ['m-1'],
  });
  expect(await check(server.baseUrl, 'sk-wrong')).toMatchObject({ problem: 'refused' });
  expect(await check('http://127.0.0.1:9/v1', '')).toMatchObject({ problem: 'unreachable' });
  expect(await check(`${server.baseUrl}/x`, 'sk-right')).toMatchObject({
    problem: 'no-model-server',
  });
});
