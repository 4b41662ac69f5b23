/** Checks 13 to 16: scores, score configs and their cache. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openServerTarget, openStubTarget } from './targets.ts';

const HEX = '4bf92f3577b34da6a3ce929d0e0e4736';
const BASE = { isArchived: false, description: null, minValue: null, maxValue: null };
const TIMES = { createdAt: '2026-01-01T00:00:00Z', updatedAt: '2026-01-01T00:00:00Z' };
const CONFIGS = [
  { ...BASE, ...TIMES, id: 'c-n', name: 'Range', dataType: 'NUMERIC', minValue: 0, maxValue: 10 },
  {
    ...BASE,
    ...TIMES,
    id: 'c-c',
    name: 'Grade',
    dataType: 'CATEGORICAL',
    categories: [
      { label: 'Bad', value: 0 },
      { label: 'Good', value: 1 },
    ],
  },
  { ...BASE, ...TIMES, id: 'c-b', name: 'Flag', dataType: 'BOOLEAN' },
];

describe('against a recording stub', () => {
  let target: Awaited<ReturnType<typeof openStubTarget>>;
  beforeEach(async () => {
    target = await openStubTarget(({ method, url }) => {
      if (method === 'POST') return { json: { id: 'made' } };
      if (url === '/api/public/projects') return { json: { data: [{ id: 'p 1', name: 'house' }] } };
      if (!url.startsWith('/api/public/score-configs')) return undefined;
      return {
        json: { data: CONFIGS, meta: { page: 1, limit: 100, totalItems: 3, totalPages: 1 } },
      };
    });
  });
  afterEach(() => target.close());
  const posted = () =>
    target.stub.calls.filter(({ method }) => method === 'POST').map(({ body }) => body);
  const apply = (config: string, value: string) =>
    target.run(['scc', 'apply', config, '--trace-id', HEX, '-v', value]);

  test('check 13: the id as it is; exactly one target', async () => {
    const line = ['scores', 'apply', '--name', 'a', '-v', '1'];
    expect((await target.run([...line, '--trace-id', HEX])).code).toBe(0);
    expect(posted()).toMatchObject([{ traceId: HEX, name: 'a', value: 1 }]);
    const both = [...line, '--trace-id', HEX, '--session-id', 'S'];
    for (const words of [line, both])
      expect(await target.run(words)).toMatchObject({ code: 2, stdout: '' });
    expect(posted()).toHaveLength(1);
  });

  test('check 14: names, types and values as the API wants them', async () => {
    for (const [config, value] of [
      ['Range', '5'],
      ['Grade', 'good'],
      ['Grade', '1'],
      ['Flag', 'yes'],
      ['Flag', 'OFF'],
    ] as const)
      expect((await apply(config, value)).code).toBe(0);
    expect(posted()).toMatchObject([
      { name: 'Range', configId: 'c-n', dataType: 'NUMERIC', value: 5, traceId: HEX },
      { name: 'Grade', configId: 'c-c', dataType: 'CATEGORICAL', value: 'Good' },
      { name: 'Grade', configId: 'c-c', dataType: 'CATEGORICAL', value: 'Good' },
      { name: 'Flag', configId: 'c-b', dataType: 'BOOLEAN', value: 1 },
      { name: 'Flag', configId: 'c-b', dataType: 'BOOLEAN', value: 0 },
    ]);
  });

  test('check 14: out of range ends with 1, names the range and sends nothing', async () => {
    const { code, stdout, stderr } = await apply('Range', '11');
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toContain('from 0 to 10');
    expect(posted()).toEqual([]);
  });

  test('check 14: the second call asks for neither project nor configs', async () => {
    await apply('Range', '1');
    const before = target.stub.calls.length;
    await apply('Grade', 'Bad');
    expect(target.stub.calls.slice(before).map(({ method, url }) => `${method} ${url}`)).toEqual([
      'POST /api/public/scores',
    ]);
  });

  test('check 15: show --json is JSON, from the server and from the cache', async () => {
    const line = ['score-configs', 'show', 'Grade', '--json'];
    expect(JSON.parse((await target.run(line)).stdout)).toMatchObject({ id: 'c-c' });
    expect(JSON.parse((await target.run(line)).stdout)).toMatchObject({
      id: 'c-c',
      cached_at: expect.any(String),
    });
  });

  test('check 16: a file without project fields is used, then completed', async () => {
    const folder = join(target.home, '.coaia', 'score-configs');
    mkdirSync(folder, { recursive: true });
    const cached_at = new Date().toISOString().replace('Z', '000+00:00');
    const old = { configs: [{ ...CONFIGS[0], cached_at }], last_sync: cached_at };
    writeFileSync(join(folder, 'p_1.json'), JSON.stringify(old));
    expect((await apply('Range', '1')).code).toBe(0);
    expect(target.stub.calls.some(({ url }) => url.includes('score-configs'))).toBe(false);
    const path = join(target.home, '.coaia', 'cache', 'score-configs', 'p_1.json');
    expect(JSON.parse(readFileSync(path, 'utf8'))).toMatchObject({
      schema: 1,
      project_id: 'p 1',
      project_name: 'house',
      base_url: target.env['LANGFUSE_HOST'],
      configs: [{ name: 'Range' }],
    });
  });
});

describe('against a real server', () => {
  let target: Awaited<ReturnType<typeof openServerTarget>>;
  beforeAll(async () => {
    target = await openServerTarget();
    for (const { name, dataType, minValue, maxValue, categories } of CONFIGS as readonly {
      name: string;
      dataType: string;
      minValue: number | null;
      maxValue: number | null;
      categories?: unknown;
    }[]) {
      const range = dataType === 'NUMERIC' ? { minValue, maxValue } : {};
      const body = JSON.stringify({ name, dataType, ...range, categories });
      await target.server.send('POST', '/score-configs', { body });
    }
    await target.run(['traces', 'create', HEX]);
  });
  afterAll(() => target?.close());
  const findScores = async (name: string) =>
    (await target.read(`/v2/scores?name=${name}&limit=100`)).data as Record<string, unknown>[];

  test('check 13', async () => {
    await target.run(['scores', 'apply', '--name', 'plain', '-v', '0.5', '--trace-id', HEX]);
    expect(await findScores('plain')).toMatchObject([{ traceId: HEX, value: 0.5 }]);
    expect((await target.run(['scores', 'apply', '--name', 'plain', '-v', '1'])).code).toBe(2);
    expect(await findScores('plain')).toHaveLength(1);
  });

  test('check 14', async () => {
    const apply = (config: string, value: string) =>
      target.run(['scc', 'apply', config, '--trace-id', HEX, '-v', value]);
    await apply('Range', '5');
    await apply('Grade', 'good');
    await apply('Flag', 'on');
    expect((await apply('Range', '-1')).code).toBe(1);
    expect(await findScores('Range')).toMatchObject([{ value: 5, dataType: 'NUMERIC' }]);
    expect(await findScores('Grade')).toMatchObject([{ value: 1, stringValue: 'Good' }]);
    expect(await findScores('Flag')).toMatchObject([{ value: 1, dataType: 'BOOLEAN' }]);
  });

  test('checks 15 and 16', async () => {
    const line = ['scc', 'show', 'Grade', '--json'];
    const folder = join(target.home, '.coaia', 'cache', 'score-configs');
    const path = join(folder, 'default.json');
    await target.run([...line, '--no-cache']);
    const { configs, last_sync } = JSON.parse(readFileSync(path, 'utf8'));
    writeFileSync(path, JSON.stringify({ configs, last_sync }));
    expect(JSON.parse((await target.run(line)).stdout)).toMatchObject({ name: 'Grade' });
    expect(JSON.parse(readFileSync(path, 'utf8'))).toMatchObject({ project_id: 'default' });
  });
});
