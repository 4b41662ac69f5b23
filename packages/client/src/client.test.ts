import { afterEach, expect, test } from 'vitest';
import { createClient } from './client.ts';
import type { ClientOptions } from './client.ts';
import type { ClientError } from './client-error.ts';
import { openStubServer } from './stub-server.ts';
import type { StubAnswer, StubRequest, StubServer } from './stub-server.ts';

let server: StubServer | undefined;
afterEach(() => server?.close());

const waits: number[] = [];

async function open(
  answer: (request: StubRequest, index: number) => StubAnswer,
  options: Partial<ClientOptions> = {},
) {
  waits.length = 0;
  server = await openStubServer(answer);
  const client = createClient({
    baseUrl: `${server.url}/`,
    publicKey: 'pk-lf-é',
    secretKey: 'sk-lf-secret',
    random: () => 1,
    sleep: async (milliseconds) => void waits.push(milliseconds),
    ...options,
  });
  return { client, requests: server.requests };
}

async function findError(call: Promise<unknown>): Promise<ClientError> {
  return call.then(
    () => expect.fail('the call succeeded'),
    (error: unknown) => error as ClientError,
  );
}

test('sends Basic credentials and a user agent, and returns the parsed answer', async () => {
  const { client, requests } = await open(() => ({ json: { status: 'OK', version: '4.35.0' } }), {
    userAgent: 'coaia/1',
  });
  expect(await client.health()).toEqual({ status: 'OK', version: '4.35.0' });
  const { authorization } = requests[0]?.headers ?? {};
  expect(Buffer.from(authorization?.slice(6) ?? '', 'base64').toString()).toBe(
    'pk-lf-é:sk-lf-secret',
  );
  expect(requests[0]?.headers['user-agent']).toBe('coaia/1');
  expect(requests[0]?.url).toBe('/api/public/health');
});

test('encodes ids so that no id can reach another address', async () => {
  const { client, requests } = await open(() => ({ json: {} }));
  for (const id of ['a/b c', "a'b;?#", '...']) await client.getTrace(id);
  expect(requests.map((request) => request.url)).toEqual([
    '/api/public/traces/a%2Fb%20c',
    "/api/public/traces/a'b%3B%3F%23",
    '/api/public/traces/...',
  ]);
  for (const id of ['', '.', '..'])
    expect((await findError(client.getTrace(id))).kind).toBe('rejected');
  expect(requests).toHaveLength(3);
});

test('repeats list parameters and leaves out what is undefined', async () => {
  const { client, requests } = await open(() => ({ json: { data: [], meta: {} } }));
  await client.listTraces({ page: 2, tags: ['a', 'b c'], environment: ['x'] });
  expect(requests[0]?.url).toBe('/api/public/traces?page=2&tags=a&tags=b+c&environment=x');
});

test('asks three more times on 503, honours Retry-After, then gives up', async () => {
  const { client, requests } = await open((_, index) =>
    index === 0
      ? { status: 503, headers: { 'retry-after': '2' } }
      : { status: 503, json: { message: 'busy' } },
  );
  const error = await findError(client.getTrace('t'));
  expect(requests).toHaveLength(4);
  expect(waits).toEqual([2000, 500, 1000]);
  expect(error).toMatchObject({ status: 503, kind: 'unavailable', exitCode: 4, retryable: true });
});

test('recovers from a broken connection, also for ingestion', async () => {
  const { client, requests } = await open((_, index) =>
    index === 0
      ? { trouble: 'reset' }
      : { status: 207, json: { successes: [{ id: 'e', status: 201 }], errors: [] } },
  );
  const event = {
    id: 'e',
    type: 'trace-create',
    timestamp: '2026-01-01T00:00:00.000Z',
    body: { id: 't' },
  };
  expect(await client.ingest([event], { sdk: 'x' })).toEqual({
    successes: [{ id: 'e', status: 201 }],
    errors: [],
  });
  expect(requests).toHaveLength(2);
  expect(JSON.parse(requests[1]?.body ?? '')).toEqual({ batch: [event], metadata: { sdk: 'x' } });
});

test('a refusal names the first field that is wrong', async () => {
  const issues = [
    { path: ['limit'], message: 'Too small' },
    { path: [], message: 'More' },
  ];
  const { client } = await open(() => ({
    status: 400,
    json: { message: 'Invalid request data', error: issues },
  }));
  const { message } = await findError(client.health());
  expect(message).toMatch(/ answered 400: Invalid request data \(limit: Too small\)\.$/);
});

test('a refusal is not asked again and says its kind', async () => {
  const answers = new Map([
    ['401', { status: 401, json: { message: 'Invalid credentials', error: 'UnauthorizedError' } }],
    ['403', { status: 403, json: {} }],
    [
      '404',
      { status: 404, json: { message: 'Trace 404 not found', error: 'LangfuseNotFoundError' } },
    ],
    ['400', { status: 400, json: { message: 'bad', error: 'InvalidRequestError' } }],
  ]);
  const { client, requests } = await open((request) => answers.get(request.url.slice(-3)) ?? {});
  const seen: unknown[] = [];
  for (const id of answers.keys()) {
    const { kind, exitCode, code } = await findError(client.getTrace(id));
    seen.push([kind, exitCode, code]);
  }
  expect(seen).toEqual([
    ['unauthorized', 3, 'UnauthorizedError'],
    ['unauthorized', 3, 'HTTP403'],
    ['not-found', 1, 'LangfuseNotFoundError'],
    ['rejected', 1, 'InvalidRequestError'],
  ]);
  expect(requests).toHaveLength(4);
});

test('a server that never answers is a timeout, asked once', async () => {
  const { client, requests } = await open(() => ({ trouble: 'silent' }), { timeoutMs: 30 });
  expect(await findError(client.getTrace('t'))).toMatchObject({
    kind: 'timeout',
    exitCode: 4,
    status: 0,
  });
  expect(requests).toHaveLength(1);
});

test('a closed port is unreachable at once', async () => {
  const { client } = await open(() => ({}));
  await server?.close();
  const error = await findError(client.getTrace('t'));
  expect(error).toMatchObject({ kind: 'unreachable', code: 'ECONNREFUSED', exitCode: 4 });
  expect(error.message).not.toContain('\n');
  expect(waits).toEqual([]);
});

test('secrets and HTML never reach a message', async () => {
  const { client } = await open((_, index) =>
    index === 0
      ? { status: 400, json: { message: 'key sk-lf-secret is odd' } }
      : { status: 400, text: '<html>proxy</html>' },
  );
  const first = await findError(client.getTrace('t'));
  expect(first.message).toContain('key *** is odd');
  expect(JSON.stringify(first.body)).not.toContain('sk-lf-secret');
  expect((await findError(client.getTrace('t'))).message).not.toContain('<');
});

test('an answer that is not JSON names the likely mistake', async () => {
  const { client } = await open(() => ({ text: '<html>hello</html>' }));
  const error = await findError(client.health());
  expect(error).toMatchObject({ kind: 'unexpected', exitCode: 1 });
  expect(error.message).toContain('is this the address of');
});

test('an aborted signal stops the call', async () => {
  const stop = new AbortController();
  const { client } = await open(() => ({ trouble: 'silent' }), { signal: stop.signal });
  const call = findError(client.getTrace('t'));
  stop.abort();
  expect(await call).toMatchObject({ kind: 'aborted', exitCode: 130 });
});

test('one call has a limit and a stop of its own', async () => {
  const stop = new AbortController();
  const { client } = await open(() => ({ trouble: 'silent' }));
  const late = client.request('GET', ['v2', 'prompts'], { timeoutMs: 30 });
  expect(await findError(late)).toMatchObject({ kind: 'timeout' });
  const call = findError(client.request('GET', ['v2', 'prompts'], { signal: stop.signal }));
  stop.abort();
  expect(await call).toMatchObject({ kind: 'aborted' });
});

test('a stop of either kind ends the wait for the next attempt', async () => {
  for (const which of ['call', 'client'] as const) {
    const stop = new AbortController();
    const other = new AbortController();
    const signals = which === 'call' ? [other, stop] : [stop, other];
    const opened = await open(() => ({ status: 503, headers: { 'retry-after': '50' } }), {
      signal: (signals[0] as AbortController).signal,
      sleep: undefined as never,
    });
    const call = opened.client.request('GET', ['traces'], {
      signal: (signals[1] as AbortController).signal,
    });
    const error = findError(call);
    while (opened.requests.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    stop.abort();
    expect(await error).toMatchObject({ kind: 'aborted' });
    expect(opened.requests).toHaveLength(1);
    await server?.close();
  }
});

test('a POST is asked again only when that does no harm', async () => {
  const { client, requests } = await open(() => ({ status: 502 }));
  await findError(client.request('POST', ['scores'], { body: {} }));
  expect(requests).toHaveLength(1);
  await findError(client.request('POST', ['scores'], { body: {}, isRepeatable: true }));
  expect(requests).toHaveLength(5);
});

test.each([408, 429, 500, 502, 503, 504])('%d is asked again', async (status) => {
  const { client, requests } = await open((_, index) =>
    index === 0 ? { status } : { json: { status: 'OK' } },
  );
  expect(await client.health()).toEqual({ status: 'OK' });
  expect(requests).toHaveLength(2);
});

test('one trace is deleted by address, several by one call', async () => {
  const { client, requests } = await open(() => ({ json: { message: 'ok' } }));
  await client.deleteTraces(['a']);
  await client.deleteTraces(['a', 'b']);
  await client.deleteTraces([]);
  expect(requests.map(({ method, url, body }) => [method, url, body])).toEqual([
    ['DELETE', '/api/public/traces/a', ''],
    ['DELETE', '/api/public/traces', '{"traceIds":["a","b"]}'],
  ]);
});

test('OTLP bytes go out untouched', async () => {
  const { client, requests } = await open(() => ({ json: {} }));
  await client.sendOtlp(new Uint8Array([65, 66]), { contentType: 'application/x-protobuf' });
  expect(requests[0]).toMatchObject({ url: '/api/public/otel/v1/traces', body: 'AB' });
  expect(requests[0]?.headers['content-type']).toBe('application/x-protobuf');
});

test.each(['', 'localhost:3000', 'file:///x'])('refuses the address %j', (baseUrl) => {
  expect(() => createClient({ baseUrl, publicKey: 'p', secretKey: 's' })).toThrow(
    'not an http or https URL',
  );
});
