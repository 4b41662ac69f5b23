/** What the commands send to a server, and what they make of its answers. */
import { runCoaia } from '#cli/testing';
import { afterEach, expect, test } from 'vitest';
import { openLangfuseStub } from '../../../observability/testing/langfuse-stub.ts';
import type { LangfuseStub } from '../../../observability/testing/langfuse-stub.ts';

let stub: LangfuseStub | undefined;
afterEach(() => stub?.close());

type Answer = Parameters<typeof openLangfuseStub>[0];

async function run(line: string | readonly string[], answer: Answer) {
  stub = await openLangfuseStub(answer);
  return runCoaia(line, { env: stub.env });
}

const text = {
  name: 'a/b c',
  version: 2,
  type: 'text',
  prompt: 'Grüße 👩 "du"',
  labels: ['latest'],
  tags: [],
  config: {},
};

test.each([
  ['', 'label=latest'],
  ['--prod', 'label=production'],
  ['--label staging', 'label=staging'],
  ['--version 2', 'version=2'],
  ['--raw', 'label=latest&resolve=false'],
])('get %s asks for %s, with the name encoded', async (option, query) => {
  const { code, stdout } = await run(`fuse prompts get "a/b c" -c ${option}`, () => ({
    json: text,
  }));
  expect(code).toBe(0);
  expect(stdout).toBe('Grüße 👩 "du"\n');
  expect(stub?.calls.map(({ url }) => url)).toEqual([`/api/public/v2/prompts/a%2Fb%20c?${query}`]);
});

test('-e prints one ASCII line, --json what the server said', async () => {
  const escaped = await run('fuse prompts get "a/b c" -e', () => ({ json: text }));
  expect(escaped.stdout).toBe(`${String.raw`"Gr\u00fc\u00dfe \ud83d\udc69 \"du\""`}\n`);
  await stub?.close();
  const json = await run('fuse prompts get "a/b c" --json', () => ({ json: text }));
  expect(JSON.parse(json.stdout)).toEqual(text);
});

test('what is not there exits 1 with nothing on stdout', async () => {
  const { code, stdout, stderr } = await run('fuse prompts get none -e', () => ({
    status: 404,
    json: {
      message: "Prompt not found: 'none' with label 'latest'",
      error: 'LangfuseNotFoundError',
    },
  }));
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr).toContain("Prompt not found: 'none' with label 'latest'");
});

test('list follows every page', async () => {
  const { stdout } = await run('fuse prompts list --json', ({ url }) => {
    const page = Number(new URL(url, 'http://stub').searchParams.get('page'));
    const data = [{ name: `p${page}`, versions: [page], labels: [], tags: [], lastUpdatedAt: '' }];
    return { json: { data, meta: { page, limit: 1, totalItems: 3, totalPages: 3 } } };
  });
  expect(JSON.parse(stdout).map(({ name }: { name: string }) => name)).toEqual(['p1', 'p2', 'p3']);
  expect(stub?.calls).toHaveLength(3);
});

test('list exits 3 when the keys are refused', async () => {
  const { code, stdout } = await run('fuse prompts list', () => ({
    status: 401,
    json: { message: 'Invalid credentials', error: 'UnauthorizedError' },
  }));
  expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
});

test('create sends only what was given', async () => {
  const answer: Answer = () => ({ status: 201, json: { ...text, id: 'x' } });
  const { stdout } = await run(
    ['fuse', 'prompts', 'create', 'a/b c', 'Hi', '--commit-message', 'm', '--labels', 'x', 'y'],
    answer,
  );
  expect(JSON.parse(stdout)).toMatchObject({ id: 'x' });
  expect(stub?.calls).toEqual([
    {
      method: 'POST',
      url: '/api/public/v2/prompts',
      body: { type: 'text', name: 'a/b c', prompt: 'Hi', commitMessage: 'm', labels: ['x', 'y'] },
    },
  ]);
});
