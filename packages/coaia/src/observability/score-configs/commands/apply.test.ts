/** Applying and showing score configs against a server that records: what is sent, and what is asked. */
import { mkdirSync, mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCoaia } from '#cli/testing';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openLangfuseStub } from '../../testing/langfuse-stub.ts';
import type { LangfuseStub, StubCall } from '../../testing/langfuse-stub.ts';

const times = { createdAt: '2026-01-01T00:00:00.000Z', updatedAt: '2026-01-01T00:00:00.000Z' };
const base = { ...times, projectId: 'proj', isArchived: false, description: null };
const CONFIGS = [
  {
    ...base,
    id: 'c1',
    name: 'Quality',
    dataType: 'NUMERIC',
    minValue: 0,
    maxValue: 10,
    categories: null,
  },
  {
    ...base,
    id: 'c2',
    name: 'Grade',
    dataType: 'CATEGORICAL',
    categories: [
      { label: 'Poor', value: 1 },
      { label: 'Very Good', value: 2 },
    ],
  },
  { ...base, id: 'c3', name: 'Valid', dataType: 'BOOLEAN', categories: null },
  { ...base, id: 'c4', name: 'Old', dataType: 'BOOLEAN', categories: null, isArchived: true },
];

let stub: LangfuseStub;
let home: string;
let isDown = false;
let isFresh = false;

function answer({ method, url }: StubCall) {
  if (isDown) return { status: 503, json: { message: 'away' } };
  if (url.startsWith('/api/public/projects'))
    return { json: { data: [{ id: 'proj', name: 'My project' }] } };
  if (method === 'POST') return { json: { id: 'made' } };
  const meta = { page: 1, limit: 100, totalItems: 4, totalPages: 1 };
  return url.startsWith('/api/public/score-configs')
    ? {
        json: {
          data: isFresh ? [...CONFIGS, { ...CONFIGS[2], id: 'c5', name: 'Fresh' }] : CONFIGS,
          meta,
        },
      }
    : undefined;
}

beforeEach(async () => {
  isDown = false;
  isFresh = false;
  home = mkdtempSync(join(tmpdir(), 'coaia-scc-'));
  stub = await openLangfuseStub(answer);
});
afterEach(() => stub.close());

const run = (line: string) => runCoaia(line, { home, env: stub.env });
const sent = () => stub.calls.filter(({ method }) => method === 'POST').map(({ body }) => body);
const asked = () => stub.calls.map(({ method, url }) => `${method} ${url.replace(/\?.*/, '')}`);
const cacheFile = () => join(home, '.coaia', 'cache', 'score-configs', 'proj.json');
const readCache = () => JSON.parse(readFileSync(cacheFile(), 'utf8'));

describe('apply', () => {
  test.each([
    ['Quality', '7.5', { name: 'Quality', dataType: 'NUMERIC', configId: 'c1', value: 7.5 }],
    ['Quality', '1e1', { value: 10 }],
    ['c1', '-0', { configId: 'c1', value: 0 }],
    [
      'Grade',
      "'Very Good'",
      { name: 'Grade', dataType: 'CATEGORICAL', configId: 'c2', value: 'Very Good' },
    ],
    ['grade', "'very good'", { value: 'Very Good' }],
    ['Grade', '2.0', { value: 'Very Good' }],
    ['Valid', 'YES', { name: 'Valid', dataType: 'BOOLEAN', configId: 'c3', value: 1 }],
    ['Valid', 'off', { value: 0 }],
    ['Valid', '0', { value: 0 }],
  ])('%s takes %s', async (name, value, expected) => {
    const { code, stdout } = await run(`fuse scc apply ${name} --trace-id T -v ${value} -c why`);
    expect({ code, json: JSON.parse(stdout) }).toEqual({ code: 0, json: { id: 'made' } });
    expect(sent()).toEqual([
      expect.objectContaining({ ...expected, traceId: 'T', comment: 'why' }),
    ]);
  });

  test.each([
    ['Quality', '10.01', 'from 0 to 10'],
    ['Quality', 'NaN', 'from 0 to 10'],
    ['Quality', 'Infinity', 'from 0 to 10'],
    ['Quality', '0x5', 'from 0 to 10'],
    ['Grade', 'Fair', 'one of Poor (1), Very Good (2)'],
    ['Grade', '3', 'one of Poor (1), Very Good (2)'],
    ['Valid', 'maybe', 'true or false'],
    ['Old', 'true', 'archived'],
  ])('%s does not take %s', async (name, value, reason) => {
    const { code, stdout, stderr } = await run(`fuse scc apply ${name} --trace-id T -v ${value}`);
    expect({ code, stdout, sent: sent() }).toEqual({ code: 1, stdout: '', sent: [] });
    expect(stderr).toContain(reason);
  });

  test('the second call asks for neither project nor config', async () => {
    await run('fuse scc apply Quality --trace-id T -v 1');
    expect(asked()).toEqual([
      'GET /api/public/projects',
      'GET /api/public/score-configs',
      'POST /api/public/scores',
    ]);
    await run('fuse scc apply Grade --session-id S -v Poor');
    expect(asked().slice(3)).toEqual(['POST /api/public/scores']);
    await run('fuse scores apply --trace-id T --config-id c3 -v yes');
    expect(asked().slice(4)).toEqual(['POST /api/public/scores']);
  });

  test('one target, a config and a value are needed', async () => {
    for (const line of ['Quality -v 1', 'Quality --trace-id T', '--trace-id T -v 1'])
      expect((await run(`fuse scc apply ${line}`)).code).toBe(2);
    expect((await run('fuse scc apply Quality --trace-id T --session-id S -v 1')).code).toBe(2);
    expect(sent()).toEqual([]);
    expect((await run('fuse scc apply --config-id c1 --trace-id T -v 1')).code).toBe(0);
  });
});

describe('the cache', () => {
  test('show prints JSON alone on a miss and on a hit, which says when it was read', async () => {
    const miss = await run('fuse scc show Quality --json');
    const hit = await run('fuse --json scc show quality');
    expect(JSON.parse(miss.stdout)).toMatchObject({ id: 'c1', name: 'Quality' });
    expect(JSON.parse(hit.stdout)).toMatchObject({ id: 'c1', cached_at: expect.any(String) });
    expect(stub.calls).toHaveLength(2);
    expect(readCache()).toMatchObject({
      schema: 1,
      project_id: 'proj',
      project_name: 'My project',
      base_url: stub.env['LANGFUSE_HOST'],
      last_sync: expect.stringMatching(/Z$/),
    });
    expect(statSync(cacheFile()).mode & 0o777).toBe(0o600);
  });

  function writeOld(cachedAt: string, folder = cacheFile().replace(/\/proj\.json$/, '')) {
    const configs = [{ ...CONFIGS[0], maxValue: 5, cached_at: cachedAt }];
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'proj.json'), JSON.stringify({ configs, last_sync: cachedAt }));
  }
  const now = () => new Date().toISOString().replace('Z', '123+00:00');

  test('a file without project fields is used and completed', async () => {
    writeOld(now());
    const { stdout } = await run('fuse scc show Quality --json');
    expect(JSON.parse(stdout)).toMatchObject({ maxValue: 5 });
    expect(asked()).toEqual(['GET /api/public/projects']);
    expect(readCache()).toMatchObject({
      project_id: 'proj',
      project_name: 'My project',
      schema: 1,
    });
  });

  test('a file directly below the home is moved', async () => {
    writeOld(now(), join(home, '.coaia', 'score-configs'));
    expect(JSON.parse((await run('fuse scc show Quality --json')).stdout)).toMatchObject({
      maxValue: 5,
    });
    expect(readCache().configs).toHaveLength(1);
  });

  test.each(['2020-01-01T00:00:00.000000+00:00', 'yesterday'])(
    'an entry of %s is read anew',
    async (at) => {
      writeOld(at);
      expect(JSON.parse((await run('fuse scc show Quality --json')).stdout)).toMatchObject({
        maxValue: 10,
      });
      expect(readCache().configs).toHaveLength(4);
    },
  );

  test('an old entry stands in while the server is away, with a warning', async () => {
    writeOld('2020-01-01T00:00:00Z');
    await run('fuse scc show Grade --json');
    writeOld('2020-01-01T00:00:00Z');
    isDown = true;
    const { code, stdout, stderr } = await run('fuse scc show Quality --json');
    expect({ code, max: JSON.parse(stdout).maxValue }).toEqual({ code: 0, max: 5 });
    expect(stderr).toContain('2020-01-01');
    expect((await run('fuse scc show Grade')).code).toBe(4);
  }, 20_000);

  test.each(['[]', '{"configs": [{"id": 1}]}', '{', '{"configs": "x"}'])(
    'a damaged file %s is ignored with a warning',
    async (text) => {
      writeOld(now());
      writeFileSync(cacheFile(), text);
      const { code, stdout, stderr } = await run('fuse scc show Quality --json');
      expect({ code, max: JSON.parse(stdout).maxValue }).toEqual({ code: 0, max: 10 });
      expect(stderr).toContain('ignored');
    },
  );

  test('the copy of another server with the same project is not used', async () => {
    await run('fuse scc available');
    const other = readCache();
    writeFileSync(cacheFile(), JSON.stringify({ ...other, base_url: 'https://other.example' }));
    const before = stub.calls.length;
    expect((await run('fuse scc show Quality --json')).code).toBe(0);
    expect(asked().slice(before)).toEqual(['GET /api/public/score-configs']);
  });

  test('an unknown name is asked for once a minute, --no-cache asks always', async () => {
    expect((await run('fuse scc show Qualty')).stderr).toContain('did you mean Quality?');
    const before = stub.calls.length;
    expect((await run('fuse scc show Qualty')).code).toBe(1);
    expect(stub.calls).toHaveLength(before);
    await run('fuse scc show Quality --no-cache');
    expect(asked().slice(before)).toEqual(['GET /api/public/score-configs']);
  });

  test('a config that is created after it was missed is found at once', async () => {
    await run('fuse scc show Fresh');
    isFresh = true;
    expect((await run('fuse scc create Fresh BOOLEAN')).code).toBe(0);
    expect((await run('fuse scc show Fresh')).code).toBe(0);
  });

  test('available can be read without a server, and cleared', async () => {
    await run('fuse scc available');
    const before = stub.calls.length;
    const cached = await run('fuse scc available --cached-only --category GRA --json');
    expect(JSON.parse(cached.stdout).map(({ name }: { readonly name: string }) => name)).toEqual([
      'Grade',
    ]);
    expect(stub.calls).toHaveLength(before);
    expect(JSON.parse((await run('cache info --json')).stdout)).toMatchObject([{ configs: 4 }]);
    await run('cache clear');
    expect(JSON.parse((await run('fuse scc available --cached-only --json')).stdout)).toEqual([]);
  });
});
