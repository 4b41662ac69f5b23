/** What MLServer 1.7.1 with its scikit-learn runtime sent, byte for byte, stands behind our gateway. */
import { Client, credentials, Server, ServerCredentials } from '@grpc/grpc-js';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openStubService } from '../gateway/testing/stub-service.ts';
import type { StubService } from '../gateway/testing/stub-service.ts';
import { openLinkCatalog } from './link-catalog.ts';
import { closeOpened, closing, openHost, openLink } from './testing/open-host.ts';

/** `iris` declares its tensors, `bare` does not; both were asked for two rows. Empty contents stand beside raw ones. */
const SAID = {
  ModelMetadata: {
    iris: '0a0469726973221c0a07707265646963741204465033321a0bffffffffffffffffff01042a1d0a07707265646963741205494e5436341a0bffffffffffffffffff0101',
    bare: '0a0462617265',
  },
  ModelInfer: {
    iris: '0a0469726973120276311a01372a2c0a07707265646963741205494e5436341a02020122140a0c636f6e74656e745f7479706512041a026e702a00321000000000000000000200000000000000',
    bare: '0a04626172651a01372a2c0a07707265646963741205494e5436341a02020122140a0c636f6e74656e745f7479706512041a026e702a00321000000000000000000200000000000000',
  },
  RepositoryIndex: {
    '': '0a130a04626172651a0b53746174652e52454144590a170a0469726973120276311a0b53746174652e5245414459',
  },
} as const;

const asIs = (bytes: Buffer) => bytes;
let service: StubService;

beforeAll(async () => {
  const server = new Server();
  for (const [method, answers] of Object.entries(SAID)) {
    const answer = (
      call: { readonly request: Buffer },
      done: (error: null, bytes: Buffer) => void,
    ) => {
      const name = Object.keys(answers).find((one) => call.request.includes(one)) ?? '';
      done(null, Buffer.from((answers as Readonly<Record<string, string>>)[name] ?? '', 'hex'));
    };
    const path = `/inference.GRPCInferenceService/${method}`;
    server.register(path, answer, asIs, asIs, 'unary');
  }
  const port = await new Promise<number>((resolve, reject) =>
    server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, bound) =>
      error === null ? resolve(bound) : reject(error),
    ),
  );
  closing.push(async () => server.forceShutdown());
  const link = openLink(`127.0.0.1:${port}`);
  service = await openStubService(await openLinkCatalog(link, ['iris', 'bare']));
  closing.push(() => service.gateway.close());
});

afterAll(closeOpened);

const ROWS = [
  [5.1, 3.5, 1.4, 0.2],
  [6.5, 3, 5.2, 2],
];
const tensor = (name: string, data: unknown) => ({
  inputs: [{ name, datatype: 'FP32', shape: [2, 4], data }],
});

test('its rows and tensors are answered', async () => {
  const rows = ROWS.map((predict) => ({ predict }));
  expect(await service.post('/v1/models/iris/predict', rows)).toMatchObject({
    status: 200,
    body: { predictions: [0, 2] },
  });
  expect(await service.post('/v2/models/iris/infer', tensor('predict', ROWS))).toMatchObject({
    body: { outputs: [{ name: 'predict', datatype: 'INT64', shape: [2, 1], data: [0, 2] }] },
  });
});

test('a model that declares nothing takes tensors that are what they say, and no rows', async () => {
  expect(await service.post('/v2/models/bare/infer', tensor('x', ROWS))).toMatchObject({
    status: 200,
    body: { outputs: [{ data: [0, 2] }] },
  });
  expect(
    await service.post('/v2/models/bare/infer', tensor('x', [['a', 1, 2, 3], ROWS[1]])),
  ).toMatchObject({ body: { error: expect.stringContaining('"a" is not') } });
  expect(await service.post('/v1/models/bare/predict', [{ x: 1 }])).toMatchObject({
    status: 422,
    body: { error: { message: expect.stringContaining('/v2/models/bare/infer') } },
  });
});

test('its states are ours', async () => {
  expect(await service.ask('/health')).toMatchObject({ status: 200 });
  const index = await service.post('/v2/repository/index', {});
  expect(index).toMatchObject({
    body: [
      { name: 'iris', version: '1', state: 'READY' },
      { name: 'bare', version: '1', state: 'READY' },
    ],
  });
});

test('its clients find the repository of our host under their name', async () => {
  const { host, fakes } = await openHost();
  const client = new Client(host.address, credentials.createInsecure());
  closing.push(async () => client.close());
  const ask = (method: string, bytes: Buffer) =>
    new Promise<Buffer | undefined>((resolve, reject) =>
      client.makeUnaryRequest(
        `/inference.model_repository.ModelRepositoryService/${method}`,
        asIs,
        asIs,
        bytes,
        (error, answer) => (error === null ? resolve(answer) : reject(error)),
      ),
    );
  expect((await ask('RepositoryIndex', Buffer.alloc(0)))?.toString()).toContain('UNAVAILABLE');
  await ask('RepositoryModelLoad', Buffer.from('\u0012\u0003sum'));
  expect(fakes.opened).toEqual(['sum/3']);
});
