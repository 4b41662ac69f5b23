/** Every operation of the contracts: is it there, who may call it, what form has the answer. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { event, openApiServer } from './api-server.ts';
import type { ApiAnswer, ApiServer } from './api-server.ts';
import { CONTRACTS, readContract, splitContract, toAddress } from './contract.ts';
import type { Operation } from './contract.ts';
import { readDeclared } from './declared.ts';
import type { DeclaredCheck } from './declared.ts';
import { CASES, prepareCases } from './operation-cases.ts';
import { PAIR } from './pair.ts';
import { findShapeProblems } from './shapes.ts';

let server: ApiServer;
let findUndeclared: DeclaredCheck;
beforeAll(async () => {
  server = await openApiServer();
  findUndeclared = await readDeclared(server);
  await server.ingest(PAIR);
  made = await prepareCases(server);
});
afterAll(() => server.stop());

const IMPLEMENTED: ReadonlySet<string> = new Set(Object.keys(CASES));

/** Ids that only the server knew. */
let made: Readonly<Record<string, string>> = {};

const IDS = {
  traceId: 'trace-a',
  observationId: 'generation-a',
  sessionId: 'session-a',
};
const JSON_TYPE = { 'content-type': 'application/json' };

/** Bodies of the operations that take one; none of them changes what the others read. */
const BODIES: Readonly<Record<string, unknown>> = {
  ingestion_batch: { batch: [event('sdk-log', { log: 'x' }), event('nonsense', {})] },
  opentelemetry_exportTraces: { resourceSpans: [] },
  trace_deleteMultiple: { traceIds: ['not-there'] },
};

async function call(
  operation: Operation,
  change: { suffix?: string; headers?: Record<string, string> } = {},
): Promise<ApiAnswer> {
  // Deleting is tried on a trace that is not there, which is no failure.
  const gone = { traceId: 'not-there' };
  const one = CASES[operation.operationId];
  await one?.before?.(server);
  const ids = { ...(operation.method === 'DELETE' ? gone : { ...IDS, ...made }), ...one?.ids };
  const body = one?.body ?? BODIES[operation.operationId];
  return server.send(
    operation.method,
    joinQuery(toAddress(operation.path, ids), operation.operationId, change.suffix),
    body === undefined
      ? { headers: change.headers ?? {} }
      : { body: JSON.stringify(body), headers: { ...JSON_TYPE, ...change.headers } },
  );
}

/** Address with what a test adds to it and the query that the operation needs. */
function joinQuery(address: string, operationId: string, suffix = ''): string {
  const needed = CASES[operationId]?.query?.(made);
  const [path = '', added] = suffix.split('?');
  const query = [needed, added].filter((part) => part !== undefined).join('&');
  return `${address}${path}${query === '' ? '' : `?${query}`}`;
}

const STATUS: Readonly<Record<string, number>> = {
  ingestion_batch: 207,
};

describe.each(CONTRACTS)('operations of Langfuse %s', (version) => {
  const { implemented, missing } = splitContract(version, IMPLEMENTED);

  describe.each(implemented)('$method $path', (operation) => {
    const one = CASES[operation.operationId];
    const status = one?.status ?? STATUS[operation.operationId] ?? 200;
    const shape = one?.answer ?? {};

    test('answers in the promised form', async () => {
      const answer = await call(operation);
      expect(answer.status).toBe(status);
      if (status === 204) {
        expect(answer.body).toBeUndefined();
        return;
      }
      expect(answer.headers.get('content-type')).toMatch(/^application\/json/);
      expect(findShapeProblems(answer.body, shape)).toEqual([]);
      expect(findUndeclared(operation.method, operation.path, answer.body)).toEqual([]);
    });

    test('takes a trailing slash and parameters it does not know', async () => {
      const plain = await call(operation);
      for (const suffix of ['/', '?unknown=1', '/?unknown=1&other[]=2']) {
        const answer = await call(operation, { suffix });
        expect({ suffix, status: answer.status }).toEqual({ suffix, status });
        if (operation.method !== 'GET') continue;
        const fresh = CASES[operation.operationId]?.fresh ?? [];
        const same = Object.fromEntries(fresh.map((field) => [field, expect.any(String)]));
        expect(answer.body).toEqual(fresh.length === 0 ? plain.body : { ...plain.body, ...same });
      }
    });
  });

  const guarded = implemented.filter(({ auth }) => auth.required);

  describe.each(guarded)('$method $path', (operation) => {
    test('wants the key pair', async () => {
      const refused = [
        [{ authorization: '' }, 'No authorization header'],
        [{ authorization: toBasic(server.publicKey, 'sk-lf-wrong') }, /^Invalid credentials\. /],
        [{ authorization: 'Basic !!!' }, /credentials/],
      ] as const;
      for (const [headers, message] of refused) {
        const answer = await call(operation, { headers: { ...headers } });
        expect(answer.status).toBe(401);
        expect(answer.body).toMatchObject({ error: 'UnauthorizedError' });
        expect(answer.body.message).toMatch(message);
      }
    });

    test('keeps a Bearer public key to scores', async () => {
      const headers = { authorization: `Bearer ${server.publicKey}` };
      const answer = await call(operation, { headers });
      const isIngestion = operation.operationId === 'ingestion_batch';
      const isForScores = CASES[operation.operationId]?.isForScores === true;
      const allowed = isForScores ? 200 : 403;
      expect(answer.status).toBe(isIngestion ? 207 : allowed);
      const refused = answer.body.errors?.map((one: { status: number }) => one.status);
      expect(refused).toEqual(isIngestion ? [401, 400] : undefined);
    });
  });

  test('every other operation answers 404 in the form of Langfuse', async () => {
    const known = new Set(implemented.map(({ path }) => path));
    for (const { method, path } of missing) {
      const answer = await server.send(method, toAddress(path));
      const [status, error] = known.has(path)
        ? [405, 'MethodNotAllowedError']
        : [404, 'LangfuseNotFoundError'];
      expect({ method, path, status: answer.status }).toEqual({ method, path, status });
      expect(answer.body).toEqual({ message: expect.any(String), error });
    }
  });
});

test('all that are counted as implemented are in a contract', () => {
  const known = CONTRACTS.flatMap((version) => readContract(version));
  const names = new Set(known.map(({ operationId }) => operationId));
  expect([...IMPLEMENTED].filter((name) => !names.has(name))).toEqual([]);
});

/** Operations of older versions that newer contracts left out and that are still here. */
const OLDER: ReadonlySet<string> = new Set([
  'GET /api/public/scores',
  'GET /api/public/scores/{scoreId}',
]);

/** Operations of our own at addresses of the contract. */
const BEYOND: ReadonlySet<string> = new Set([
  'DELETE /api/public/v2/datasets/{datasetName}',
  // Labels of a version whose name has slashes that are not encoded.
  'PATCH /api/public/v2/prompts/{promptName}',
  // The write endpoint of the first SDKs, in no contract any more.
  'POST /api/public/traces',
  // In the code of Langfuse, in no contract.
  'PATCH /api/public/scim/Users/{userId}',
  'PUT /api/public/scim/Users/{userId}',
]);

test('a method that an address does not take is answered 405 with those it takes', async () => {
  const { implemented } = splitContract('4.35.0', IMPLEMENTED);
  const taken = Map.groupBy(implemented, ({ path }) => path);
  for (const [path, operations] of taken) {
    const allowed = operations.map(({ method }) => method);
    const wrong = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'].filter(
      (one) => !allowed.includes(one) && !OLDER.has(`${one} ${path}`),
    );
    for (const method of wrong) {
      if (BEYOND.has(`${method} ${path}`)) continue;
      const answer = await server.send(method, toAddress(path, IDS));
      expect({ path, method, status: answer.status }).toEqual({ path, method, status: 405 });
      expect(answer.body.error).toBe('MethodNotAllowedError');
      const allow = answer.headers.get('allow')?.split(', ') ?? [];
      expect(allow).toEqual(expect.arrayContaining(allowed));
    }
  }
});

test('preflight is answered where a browser writes scores', async () => {
  const preflight = {
    origin: 'https://app.example',
    'access-control-request-method': 'POST',
    'access-control-request-headers': 'authorization, content-type',
  };
  const answer = await server.send('OPTIONS', '/ingestion', { headers: preflight });
  expect(answer.status).toBe(204);
  expect(answer.headers.get('access-control-allow-origin')).toBe('*');
  expect(answer.headers.get('access-control-allow-methods')).toContain('POST');
  expect(answer.headers.get('access-control-allow-headers')?.toLowerCase()).toMatch(
    /\*|authorization/,
  );
  const other = await server.send('OPTIONS', '/traces', { headers: preflight });
  expect(other.headers.get('access-control-allow-origin')).toBeNull();
});

test('what does not exist is a 404 with the name that clients look for', async () => {
  for (const path of ['/traces/none', '/observations/none', '/sessions/none']) {
    const { status, body } = await server.read(path);
    expect(status).toBe(404);
    expect(body).toEqual({ message: expect.any(String), error: 'LangfuseNotFoundError' });
  }
});

test('the version is one that the official command line has a contract for', async () => {
  const { body } = await server.read('/health');
  expect(readContract(body.version).length).toBeGreaterThan(100);
  expect(body.version).toMatch(/^4\./);
});

function toBasic(publicKey: string, secretKey: string): string {
  return `Basic ${btoa(`${publicKey}:${secretKey}`)}`;
}
