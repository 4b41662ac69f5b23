/** Who asks the host directly is remembered; our own gateway, which remembers its calls itself, is not. */
import { once } from 'node:events';
import { Client, credentials, Metadata } from '@grpc/grpc-js';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { PredictionRecord } from '../predictions/observer.ts';
import { writeParameters, writeTensors } from './grpc/infer-message.ts';
import { OPERATION } from './grpc/merged-call.ts';
import { createLineShelf } from './grpc/line-shelf.ts';
import { openTypedMessages } from './grpc/typed-messages.ts';
import { methodsOf, serviceOf } from './protos/registry.ts';
import { makeManifest, SUM } from './testing/make-manifest.ts';
import {
  ask,
  call,
  closeOpened,
  closing,
  OIP,
  ONE,
  openHost,
  openLink,
} from './testing/open-host.ts';

const TOKEN = 'f'.repeat(64);
const TRACE_ID = 'a1'.repeat(16);
const traceparent = `00-${TRACE_ID}-${'b2'.repeat(8)}-01`;

const model = {
  name: 'sum',
  traffic: { champion: 2, canary: { version: 3, percent: 0 }, revision: 1 },
  versions: new Map([1, 2, 3].map((version) => [version, makeManifest({ version })])),
};
const catalog = {
  list: () => [model],
  find: (name: string) => (name === 'sum' ? model : undefined),
  onChange: () => () => {},
};
const { messages, raw } = writeTensors(ONE.columns, 'raw');
const good = { modelName: 'sum', inputs: messages, rawInputContents: raw };

const records: PredictionRecord[] = [];
const shelf = createLineShelf(() => {});
const open = () =>
  openHost({
    catalog,
    takeLines: shelf.take,
    observe: { observer: { record: (one) => void records.push(one) }, token: TOKEN },
  });
beforeEach(() => void records.splice(0));
afterEach(closeOpened);

test('each way in is one record, with who asked, what, and what came of it', async () => {
  const { host } = await open();
  shelf.onLine({ level: 'info', text: 'seen', model: 'sum', version: '2', requestId: 'mine' });
  const said = { traceparent, 'x-user-id': 'u', 'x-session-id': 's', 'x-tags': 'one, two' };
  const answer = await call(host.address, [OIP, 'ModelInfer'], { ...good, id: 'mine' }, said);
  expect(answer).toMatchObject({ id: 'mine', modelVersion: '2' });
  expect(records).toEqual([
    {
      requestId: 'mine',
      traceId: TRACE_ID,
      parentSpanId: 'b2'.repeat(8),
      model: 'sum',
      version: 2,
      route: 'champion',
      via: 'grpc',
      startedAt: expect.closeTo(Date.now(), -5),
      durationMs: expect.any(Number),
      timings: { queueMs: 0, workerMs: 0.25, batchRows: 1 },
      inputs: expect.objectContaining({ rows: 1 }),
      outputs: [expect.objectContaining({ data: Float64Array.of(8) })],
      flags: [],
      warnings: [],
      status: 200,
      userId: 'u',
      sessionId: 's',
      tags: ['one', 'two'],
      lines: ['seen'],
    },
  ]);
  const rows = { inputData: '[[1,2,3,4],[1e7,2,3,33]]', version: '1' };
  const about = await call(host.address, ['anops.AnOps', 'Predict'], rows);
  const { single } = openTypedMessages('sum', SUM);
  const client = new Client(host.address, credentials.createInsecure());
  closing.push(async () => client.close());
  const row = single.request.serialize({ row: { a: 1, b: 2, c: 3, d: 36 }, requestId: 'typed' });
  const asIs = (bytes: Buffer) => bytes;
  const typed = client.makeUnaryRequest('/anops.sum.Model/Predict', asIs, asIs, row, () => {});
  const [told] = (await once(typed, 'metadata')) as [Metadata];
  expect(records.slice(1)).toMatchObject([
    { version: 1, route: 'asked', traceId: about['traceId'], flags: [{ row: 1, field: 'a' }] },
    { version: 2, requestId: 'typed', warnings: ['typed adds up to 42'] },
  ]);
  expect(records[1]?.requestId.replaceAll('-', '')).toBe(about['traceId']);
  expect(told.getMap()).toMatchObject({
    'x-request-id': 'typed',
    'x-trace-id': records[2]?.traceId,
  });
});

test('each message of a stream is one record, also the one that fails', async () => {
  const { host } = await open();
  const method = methodsOf(serviceOf(OIP))['ModelStreamInfer'];
  if (method === undefined) throw new Error('no such method');
  const client = new Client(host.address, credentials.createInsecure());
  closing.push(async () => client.close());
  const stream = client.makeBidiStreamRequest(
    method.path,
    method.requestSerialize,
    method.responseDeserialize,
    Metadata.fromHttp2Headers({}),
  );
  for (const request of [{ ...good, id: 'one' }, good, { modelName: 'sum', id: 'three' }])
    stream.write(request);
  const ids: unknown[] = [];
  stream.on('data', ({ id }: { readonly id: string }) => ids.push(id));
  await once(stream, 'error');
  expect(records).toMatchObject([
    { requestId: 'one', status: 200 },
    { status: 200 },
    { requestId: 'three', status: 400, error: { code: 'AO474' } },
  ]);
  expect(ids).toEqual(records.slice(0, 2).map(({ requestId }) => requestId));
  expect(new Set(records.map(({ traceId }) => traceId)).size).toBe(3);
});

test('what our gateway asks is not recorded; who only says to be it, is', async () => {
  const { host } = await open();
  const target = { model: 'sum', version: '2' };
  await openLink(host.address, { token: TOKEN }).predict(target, ONE, ask());
  expect(records).toEqual([]);
  await openLink(host.address).predict(target, ONE, { ...ask(), requestId: 'not an id' });
  for (const shown of ['1', 'e'.repeat(64)])
    await call(
      host.address,
      [OIP, 'ModelInfer'],
      { ...good, id: 'liar' },
      { 'coaia-gateway': shown, 'coaia-trace': '1' },
    );
  expect(records).toMatchObject([
    { requestId: expect.stringMatching(/^.{36}$/) },
    { requestId: 'liar' },
    { requestId: 'liar' },
  ]);
});

test('failures are recorded with the status that the gateway would have answered', async () => {
  const { host, fakes } = await open();
  const predict = (request: object) => call(host.address, ['anops.AnOps', 'Predict'], request);
  await expect(predict({ inputData: '{', requestId: 'a' })).rejects.toThrow('is not JSON');
  await expect(predict({ inputData: '{"a": "x"}', requestId: 'b' })).rejects.toThrow('a');
  fakes.pause = Promise.reject(new Error('lost'));
  fakes.pause.catch(() => {});
  await expect(predict({ inputData: '[[1,2,3,4]]', requestId: 'c' })).rejects.toMatchObject({
    code: 13,
    metadata: expect.toSatisfy((all: Metadata) => all.get('x-request-id')[0] === 'c'),
  });
  expect(records).toMatchObject([
    { requestId: 'a', status: 422, error: { code: 'AO422' } },
    { requestId: 'b', status: 422, error: { code: 'AO422' } },
    {
      requestId: 'c',
      status: 500,
      error: { code: 'AO449', stack: expect.stringMatching(/^Error: lost/) },
    },
  ]);
  expect(records[1]).not.toHaveProperty('inputs');
});

test('what is no prediction is not recorded: metadata, explanations, models that are not there', async () => {
  const { host } = await open();
  await call(host.address, [OIP, 'ModelMetadata'], { name: 'sum' });
  const explain = { ...good, parameters: writeParameters({ [OPERATION]: 'explain' }) };
  await call(host.address, [OIP, 'ModelInfer'], explain);
  await expect(
    call(host.address, [OIP, 'ModelInfer'], { ...good, modelName: 'x' }),
  ).rejects.toMatchObject({ code: 5 });
  expect(records).toEqual([]);
});
