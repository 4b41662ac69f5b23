/** Checks 10 and 11: reading one prompt, and listing all of them. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { StubCall } from '../../packages/coaia/src/observability/testing/langfuse-stub.ts';
import { openServerTarget, openStubTarget } from './targets.ts';

const TEXT = 'Héllo 😀\n"you"';
const ESCAPED = '"H\\u00e9llo \\ud83d\\ude00\\n\\"you\\""\n';

function toPrompt({ url }: StubCall) {
  const { pathname, searchParams } = new URL(url, 'http://stub');
  const name = decodeURIComponent(pathname.split('/').at(-1) ?? '');
  if (name === 'none') return { status: 404, json: { message: 'Prompt not found' } };
  const labels = [searchParams.get('label') ?? ''];
  const base = { id: 'p', name, version: 1, type: 'text', labels, tags: [], config: {} };
  const times = { createdAt: '2026-01-01T00:00:00Z', updatedAt: '2026-01-01T00:00:00Z' };
  return { json: { ...base, ...times, prompt: TEXT, commitMessage: null } };
}

describe('against a recording stub', () => {
  let target: Awaited<ReturnType<typeof openStubTarget>>;
  let isRefused: boolean;
  beforeEach(async () => {
    isRefused = false;
    target = await openStubTarget((call) => {
      if (isRefused) return { status: 401, json: { message: 'Invalid credentials' } };
      if (call.url.startsWith('/api/public/v2/prompts/')) return toPrompt(call);
      const page = Number(new URL(call.url, 'http://stub').searchParams.get('page'));
      const updated = { lastUpdatedAt: '2026-01-01T00:00:00Z', lastConfig: {} };
      const meta = { name: `p${page}`, versions: [page], labels: [], tags: [], ...updated };
      return { json: { data: [meta], meta: { page, limit: 1, totalItems: 3, totalPages: 3 } } };
    });
  });
  afterEach(() => target.close());
  const get = (...words: readonly string[]) => target.run(['prompts', 'get', ...words]);

  test('check 10: which version is asked for', async () => {
    await get('N');
    await get('N', '--label', 'staging');
    await get('N', '--prod');
    await get('a/b c');
    expect(target.stub.calls.map(({ url }) => url)).toEqual([
      '/api/public/v2/prompts/N?label=latest',
      '/api/public/v2/prompts/N?label=staging',
      '/api/public/v2/prompts/N?label=production',
      '/api/public/v2/prompts/a%2Fb%20c?label=latest',
    ]);
  });

  test('check 10: the text alone, and escaped on one line', async () => {
    expect((await get('N', '-c')).stdout).toBe(`${TEXT}\n`);
    expect((await get('N', '-e')).stdout).toBe(ESCAPED);
    expect((await get('N', '-c', '-e')).stdout).toBe(ESCAPED);
  });

  test('check 10: a missing one ends with 1 and says nothing on stdout', async () => {
    for (const words of [['none'], ['none', '-c'], ['none', '-e'], ['none', '--json']])
      expect(await get(...words)).toMatchObject({ code: 1, stdout: '' });
  });

  test('check 11: three pages are joined; refused keys end with 3', async () => {
    const { stdout } = await target.run(['prompts', 'list', '--json']);
    expect(JSON.parse(stdout)).toMatchObject([{ name: 'p1' }, { name: 'p2' }, { name: 'p3' }]);
    expect(target.stub.calls).toHaveLength(3);
    isRefused = true;
    expect(await target.run(['prompts', 'list'])).toMatchObject({ code: 3, stdout: '' });
  });
});

describe('against a real server', () => {
  let target: Awaited<ReturnType<typeof openServerTarget>>;
  beforeAll(async () => {
    target = await openServerTarget();
  });
  afterAll(() => target?.close());

  test('check 10', async () => {
    const name = 'a/b c';
    await target.run(['prompts', 'create', name, TEXT, '--labels', 'production']);
    await target.run(['prompts', 'create', name, 'second', '--labels', 'staging']);
    const get = async (...words: readonly string[]) =>
      (await target.run(['prompts', 'get', name, '-c', ...words])).stdout;
    expect(await get()).toBe('second\n');
    expect(await get('--label', 'staging')).toBe('second\n');
    expect(await get('--prod')).toBe(`${TEXT}\n`);
    expect(await get('--prod', '-e')).toBe(ESCAPED);
    expect(await target.read('/v2/prompts/a%2Fb%20c?version=1')).toMatchObject({ prompt: TEXT });
    expect(await target.run(['prompts', 'get', 'none', '-c'])).toMatchObject({
      code: 1,
      stdout: '',
    });
  });

  test('check 11', async () => {
    const names = Array.from({ length: 205 }, (_, index) => `many/${index}`);
    await Promise.all(
      names.map((name) =>
        target.server.send('POST', '/v2/prompts', { body: JSON.stringify({ name, prompt: 'x' }) }),
      ),
    );
    const { stdout } = await target.run(['prompts', 'list', '--json']);
    const found = (JSON.parse(stdout) as { name: string }[]).map(({ name }) => name);
    expect(found.filter((name) => name.startsWith('many/'))).toHaveLength(205);
    const env = { LANGFUSE_SECRET_KEY: 'sk-lf-wrong' };
    expect(await target.run(['prompts', 'list'], { env })).toMatchObject({ code: 3, stdout: '' });
  });
});
