/** Check 12: training files of one dataset. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openServerTarget, openStubTarget } from './targets.ts';

const TIMES = { createdAt: '2026-01-01T00:00:00Z', updatedAt: '2026-01-01T00:00:00Z' };
const toItem = (id: string, datasetName: string, input: unknown, expectedOutput: unknown) => ({
  id,
  datasetName,
  input,
  expectedOutput,
  status: 'ACTIVE',
  metadata: null,
  ...TIMES,
});
/** What a server that knows no `datasetName` answers. */
const ITEMS = [
  toItem('1', 'A', 'q1', 'a1'),
  toItem('2', 'B', 'other', 'other'),
  toItem('3', 'A', { x: 1 }, ['y']),
  toItem('4', 'A', 'no answer', null),
];

const parse = (text: string) =>
  text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as unknown);
const toOpenAi = (system: string, user: string, assistant: string) => ({
  messages: [
    { role: 'system', content: system },
    { role: 'user', content: user },
    { role: 'assistant', content: assistant },
  ],
});
const toGemini = (system: string, user: string, model: string) => ({
  systemInstruction: { role: 'system', parts: [{ text: system }] },
  contents: [
    { role: 'user', parts: [{ text: user }] },
    { role: 'model', parts: [{ text: model }] },
  ],
});
const DEFAULT = 'You are a helpful assistant';
const PAIRS = [
  ['q1', 'a1'],
  ['{"x":1}', '["y"]'],
] as const;

describe('against a recording stub', () => {
  let target: Awaited<ReturnType<typeof openStubTarget>>;
  beforeEach(async () => {
    target = await openStubTarget(({ url }) => {
      if (url.startsWith('/api/public/v2/datasets/'))
        return { json: { id: 'd', name: 'A', description: null, metadata: null, ...TIMES } };
      const meta = { page: 1, limit: 100, totalItems: ITEMS.length, totalPages: 1 };
      return { json: { data: ITEMS, meta } };
    });
  });
  afterEach(() => target.close());
  const get = (...words: readonly string[]) => target.run(['datasets', 'get', 'A', ...words]);

  test('check 12: items of one dataset only, all values as texts', async () => {
    const { code, stdout, stderr } = await get('-oft');
    expect(code).toBe(0);
    expect(parse(stdout)).toEqual(PAIRS.map(([asked, answer]) => toOpenAi(DEFAULT, asked, answer)));
    expect(stderr).toMatch(/1 .*(?:expected|without)/);
    expect(target.stub.calls.some(({ url }) => url.includes('datasetName=A'))).toBe(true);
  });

  test('check 12: another system instruction, and the form of Gemini', async () => {
    const own = await get('-oft', '--system-instruction', 'Be brief.');
    expect(parse(own.stdout)).toEqual(
      PAIRS.map(([asked, answer]) => toOpenAi('Be brief.', asked, answer)),
    );
    expect(parse((await get('-gft')).stdout)).toEqual(
      PAIRS.map(([asked, answer]) => toGemini(DEFAULT, asked, answer)),
    );
  });
});

describe('against a real server', () => {
  let target: Awaited<ReturnType<typeof openServerTarget>>;
  beforeAll(async () => {
    target = await openServerTarget();
  });
  afterAll(() => target?.close());

  test('check 12', async () => {
    for (const name of ['A', 'B']) await target.run(['datasets', 'create', name]);
    for (const { id, datasetName, input, expectedOutput } of ITEMS)
      await target.server.send('POST', '/dataset-items', {
        body: JSON.stringify({ id, datasetName, input, expectedOutput }),
      });
    const get = async (...words: readonly string[]) =>
      parse((await target.run(['datasets', 'get', 'A', ...words])).stdout);
    const sort = (list: readonly unknown[]) => new Set(list.map((one) => JSON.stringify(one)));
    expect(sort(await get('-oft'))).toEqual(
      sort(PAIRS.map(([asked, answer]) => toOpenAi(DEFAULT, asked, answer))),
    );
    expect(sort(await get('-gft', '--system-instruction', 'S'))).toEqual(
      sort(PAIRS.map(([asked, answer]) => toGemini('S', asked, answer))),
    );
  });
});
