/** One table: what goes wrong, its status, and how each dialect says it. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runtimeFailures } from '../runtimes/errors.ts';
import { toAddresses } from './address-table.ts';
import { createFinder } from './addresses.ts';
import { parseCsvTable } from './csv-table.ts';
import { EXAMPLE, IRIS_MODEL, openStubService } from './testing/stub-service.ts';
import type { StubService } from './testing/stub-service.ts';

const ROW = [5.1, 3.5, 1.4, 0.2];
const OIP = { inputs: [{ name: 'x', datatype: 'FP64', shape: [1, 4], data: ROW }] };
const SECRET = 'Traceback: File "model.py", line 3, in predict';

/** What the stub model does for a petal width. */
const FAILURES: Readonly<Record<string, () => Error>> = {
  450: () =>
    runtimeFailures.create('AO450', 'The model failed on these rows.', {
      cause: new Error(SECRET),
    }),
  452: () =>
    runtimeFailures.create('AO452', 'No worker can answer.', { headers: { 'Retry-After': '3' } }),
  429: () => runtimeFailures.create('AO429', '1000 requests wait already.'),
  454: () => runtimeFailures.create('AO454', 'No answer within 10 s.'),
  449: () => new TypeError('a defect'),
};

describe('failures', () => {
  let service: StubService;
  beforeAll(async () => {
    service = await openStubService({
      models: [IRIS_MODEL],
      answer: async (_version, batch) => {
        const wanted = FAILURES[String(batch.columns[0]?.data[0])];
        if (wanted !== undefined) throw wanted();
        return undefined;
      },
    });
  });
  afterAll(() => service.gateway.close());

  const row = (first: unknown) => [first, ...ROW.slice(1)];
  const cases = [
    ['invalid input', 422, 'AO422', 'x'],
    ['a failure of the model', 500, 'AO450', 450],
    ['a lost worker', 503, 'AO452', 452],
    ['a full queue', 429, 'AO429', 429],
    ['the deadline', 504, 'AO454', 454],
    ['a defect of the service', 500, 'AO449', 449],
  ] as const;

  it.each(cases)('%s is %i in every dialect', async (_name, status, code, first) => {
    const named = { ...EXAMPLE, sepal_length: first };
    const native = await service.post('/predict', named);
    expect([native.status, native.body.error.code]).toEqual([status, code]);
    expect(native.body.error).toMatchObject({
      message: expect.any(String),
      trace_id: expect.stringMatching(/^[\da-f]{32}$/),
      request_id: native.headers.get('x-request-id'),
    });
    const data = [first, ...ROW.slice(1)];
    const oip = await service.post('/v2/models/iris/infer', {
      inputs: [{ ...OIP.inputs[0], data }],
    });
    expect([oip.status, Object.keys(oip.body)]).toEqual([status, ['error']]);
    expect(oip.body.error).toContain(code);
    const kserve = await service.post('/v1/models/iris:predict', { instances: [row(first)] });
    expect([kserve.status, kserve.body.error]).toEqual([status, expect.stringContaining(code)]);
    const mlflow = await service.post('/invocations', { inputs: [row(first)] });
    expect([mlflow.status, mlflow.body]).toEqual([
      status,
      expect.objectContaining({
        error_code: expect.stringMatching(/^[A-Z_]+$/),
        message: expect.stringContaining(code),
      }),
    ]);
    const cog = await service.post('/predictions', { input: named });
    expect([cog.status, cog.body.status]).toEqual([status, 'failed']);
    const all = JSON.stringify(
      [native, oip, kserve, mlflow, cog].map(({ body }) => body as unknown),
    );
    expect(all).not.toContain('Traceback');
    expect(all).not.toContain('a defect');
    const retries = status === 503 || status === 429;
    // Two of them, of different spelling, would come together as "1, 3".
    expect(native.headers.get('retry-after') ?? '').toMatch(retries ? /^\d+$/ : /^$/);
  });

  it('has the stack in the record and not in the log', async () => {
    const { headers } = await service.post('/predict', { ...EXAMPLE, sepal_length: 450 });
    const id = headers.get('x-request-id');
    const record = service.records.find(({ requestId }) => requestId === id);
    expect(record?.error).toMatchObject({ code: 'AO450', stack: expect.stringContaining(SECRET) });
    expect(service.lines().filter((line) => line.includes(String(id)))).toHaveLength(1);
    expect(service.lines().join('')).not.toContain('Traceback');
  });

  const json = { 'content-type': 'application/json' };
  const LATIN = Buffer.from('"\u00F6l"', 'latin1');
  const OUTCOMES = '/v1/models/iris/outcomes';
  const OUTCOME = '{"request_id":"a","actual":1,"row":"2"}';
  const post = (
    body: string | Buffer<ArrayBuffer>,
    headers: Readonly<Record<string, string>> = json,
  ): RequestInit => ({
    method: 'POST',
    body,
    headers,
  });
  const requests: readonly (readonly [string, number, string, string, RequestInit])[] = [
    ['no JSON', 400, 'AO410', '/predict', post('{"a": NaN}')],
    ['no body', 400, 'AO410', '/predict', post('')],
    ['neither row nor rows', 400, 'AO414', '/predict', post('7')],
    ['another type', 415, 'AO415', '/predict', post('<a/>', { 'content-type': 'text/xml' })],
    [
      'another encoding',
      415,
      'AO415',
      '/predict',
      post('x', { ...json, 'content-encoding': 'zstd' }),
    ],
    [
      'broken compression',
      400,
      'AO410',
      '/predict',
      post('x', { ...json, 'content-encoding': 'gzip' }),
    ],
    ['broken CSV', 400, 'AO410', '/predict', post('a,"b', { 'content-type': 'text/csv' })],
    ['CSV that is no UTF-8', 400, 'AO410', '/predict', post(LATIN, { 'content-type': 'text/csv' })],
    ['CSV of nothing', 400, 'AO410', '/predict', post('', { 'content-type': 'text/csv' })],
    [
      'CSV with semicolons',
      400,
      'AO410',
      '/predict',
      post('sepal_length;sepal_width\n5,1;2\n', { 'content-type': 'text/csv' }),
    ],
    ['JSON that is no UTF-8', 400, 'AO410', '/predict', post(LATIN)],
    [
      'a column twice',
      400,
      'AO414',
      '/predict',
      post('sepal_length,sepal_length\n1,2\n', { 'content-type': 'text/csv' }),
    ],
    ['the row of an outcome as text', 400, 'AO414', OUTCOMES, post(OUTCOME)],
    ['another method', 405, 'AO411', '/predict', { method: 'GET' }],
    ['no address', 404, 'AO412', '/nothing', { method: 'GET' }],
    ['too large', 413, 'AO413', '/predict', post('x'.repeat(1_048_577))],
    [
      'a wrong limit',
      400,
      'AO416',
      '/predict',
      post(JSON.stringify(EXAMPLE), { ...json, 'x-request-timeout-ms': 'soon' }),
    ],
    ['no model', 404, 'AO404', '/v1/models/nope/predict', post('{}')],
    ['no version', 404, 'AO404', '/v1/models/iris/versions/9/predict', post('{}')],
    [
      'another origin',
      403,
      'AO442',
      '/predict',
      post('{}', { ...json, origin: 'https://evil.example' }),
    ],
  ];

  it.each(requests)('%s is %i', async (_name, status, code, path, init) => {
    const answer = await service.ask(path, init);
    const body = (await answer.json()) as { readonly error: { readonly code: string } };
    expect([answer.status, body.error.code]).toEqual([status, code]);
    if (status === 405) expect(answer.headers.get('allow')).toBe('POST');
  });

  it.each([
    ['/invocations', { dataframe_split: { columns: ['a'], data: [[1, 2]] } }, '2 values for 1'],
    ['/invocations', { dataframe_split: { columns: ['a', 'a'], data: [] } }, '"a" twice'],
    ['/invocations', { instances: [[1]], inputs: [[2]] }, 'rows more than once'],
    ['/v2/models/iris/infer', { inputs: [OIP.inputs[0], OIP.inputs[0]] }, '"x" twice'],
  ])('%s: no value is dropped in silence', async (path, sent, words) => {
    const { status, body } = await service.post(path, sent);
    expect([status, JSON.stringify(body)]).toEqual([
      400,
      expect.stringContaining(JSON.stringify(words).slice(1, -1)),
    ]);
  });

  it('CSV of one long cell is read, of endless cells refused', () => {
    const long = `${'x'.repeat(12e6)}""y`;
    expect(parseCsvTable(`"${long}",2`)).toEqual([[long.replace('""', '"'), '2']]);
    expect(() => parseCsvTable(`"${long}`)).toThrow('does not fit');
    expect(() => parseCsvTable(','.repeat(1e6))).toThrow('more than 100000 cells');
  });

  it('a path of slashes costs nothing', async () => {
    const find = createFinder(toAddresses('all'));
    const begin = performance.now();
    expect(find(`/${'/'.repeat(100_000)}x`)).toBeUndefined();
    // By an expression it is ten seconds.
    expect(performance.now() - begin).toBeLessThan(2000);
    expect(find('/predict//')?.address.dialect).toBe('native');
  });

  it.each([
    ['/v2/models/nope/infer', { error: expect.stringContaining('AO404') }],
    [
      '/invocations?model=nope',
      { error_code: 'RESOURCE_DOES_NOT_EXIST', message: expect.any(String) },
    ],
    ['/v1/models/nope:predict', { error: expect.stringContaining('AO404') }],
  ])('an unknown model at %s', async (path, body) => {
    const inputs = [{ name: 'x', datatype: 'FP64', shape: [0], data: [] }];
    const sent = path.includes('infer') ? { inputs } : { instances: [] };
    expect(await service.post(path, sent)).toMatchObject({ status: 404, body });
  });
});
