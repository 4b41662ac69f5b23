/** Scores and their configs: written through one operation, seen through the others. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { event, openApiServer } from './api-server.ts';
import type { ApiAnswer, ApiServer } from './api-server.ts';

let server: ApiServer;
beforeAll(async () => {
  server = await openApiServer();
  await server.ingest([event('trace-create', { id: 't', userId: 'ada', tags: ['x'] })]);
});
afterAll(() => server.stop());

const post = (path: string, body: unknown, headers = {}): Promise<ApiAnswer> =>
  server.send('POST', path, { body: JSON.stringify(body), headers });

test('a browser with the public key scores a trace, and everybody sees it', async () => {
  const headers = { authorization: `Bearer ${server.publicKey}` };
  const made = await post('/scores', { id: 's1', traceId: 't', name: 'thumb', value: 1 }, headers);
  expect({ status: made.status, body: made.body }).toEqual({ status: 200, body: { id: 's1' } });
  expect(made.headers.get('access-control-allow-origin')).toBe('*');
  expect((await server.read('/traces/t')).body.scores).toMatchObject([{ id: 's1', value: 1 }]);
  expect((await server.read('/scores?userId=ada')).body.data).toMatchObject([{ id: 's1' }]);
  expect((await server.read('/v2/scores/s1')).body).toMatchObject({ traceId: 't' });
  expect((await server.read('/v3/scores?fields=subject')).body.data).toMatchObject([
    { id: 's1', value: 1, subject: { kind: 'trace', id: 't' } },
  ]);
});

test('the page of a trace no longer shows a score that was deleted', async () => {
  await post('/scores', { id: 's2', traceId: 't', name: 'gone', value: 1 });
  expect((await server.send('DELETE', '/scores/s2')).status).toBe(202);
  const { body } = await server.read('/traces/t');
  expect(body.scores.map(({ id }: { id: string }) => id)).not.toContain('s2');
  expect((await server.read('/v2/scores/s2')).body.error).toBe('LangfuseNotFoundError');
});

test('a config decides what is a score, for both ways in', async () => {
  const config = (await post('/score-configs', { name: 'Q', dataType: 'NUMERIC', maxValue: 5 }))
    .body;
  const wrong = { traceId: 't', name: 'any', value: 6, configId: config.id };
  const refused = await post('/scores', wrong);
  expect(refused.status).toBe(400);
  expect(refused.body).toEqual({
    message: expect.stringContaining('at most 5'),
    error: 'InvalidRequestError',
  });
  const batch = await post('/ingestion', {
    batch: [event('score-create', wrong), event('score-create', { ...wrong, id: 's3', value: 5 })],
  });
  expect(batch.status).toBe(207);
  expect(batch.body.successes).toHaveLength(1);
  expect(batch.body.errors).toMatchObject([
    { status: 400, message: expect.stringContaining('at most 5') },
  ]);
  const { body } = await server.read(`/v2/scores?configId=${config.id}`);
  expect(body.data).toMatchObject([{ id: 's3', name: 'Q', value: 5 }]);
  const none = await post('/scores', { ...wrong, configId: 'none' });
  expect({ status: none.status, error: none.body.error }).toEqual({
    status: 404,
    error: 'LangfuseNotFoundError',
  });
});

test('an invalid score is refused with the list of what is wrong', async () => {
  const { status, body } = await post('/scores', { name: 'x', value: 1 });
  expect(status).toBe(400);
  expect(body).toMatchObject({
    message: 'Invalid request data',
    error: [{ path: ['body', 'traceId'] }],
  });
});
