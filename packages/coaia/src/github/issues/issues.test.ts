/** `coaia gh issues` against a server that answers as GitHub does. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { runCoaia } from '#cli/testing';
import { afterEach, beforeEach, expect, test } from 'vitest';

interface Seen {
  readonly method: string;
  readonly url: string;
  readonly token: string | undefined;
  readonly body: string;
}

const toIssue = (number: number, more: object = {}) => ({
  number,
  title: `Issue ${number}`,
  state: 'open',
  user: { login: 'ada' },
  labels: [{ name: 'bug' }],
  comments: 2,
  html_url: `https://github.example/o/r/issues/${number}`,
  created_at: '2026-01-02T03:04:05Z',
  body: 'It fails.',
  ...more,
});

async function openGithubStub() {
  const seen: Seen[] = [];
  const state = { status: 200, headers: {} as Record<string, string> };
  const all = Array.from({ length: 130 }, (_, index) =>
    toIssue(index + 1, index % 10 === 0 ? { pull_request: {} } : {}),
  );
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const { method = '', url = '', headers } = request;
      seen.push({
        method,
        url,
        token: headers.authorization,
        body: Buffer.concat(parts).toString(),
      });
      const { pathname, searchParams } = new URL(url, 'http://stub');
      const page = Number(searchParams.get('page') ?? 1);
      const answers: Readonly<Record<string, unknown>> = {
        'GET /repos/o/r/issues': all.slice((page - 1) * 100, page * 100),
        'GET /repos/o/r/issues/7': toIssue(7),
        'POST /repos/o/r/issues/7/comments': { html_url: 'https://github.example/c/1' },
        'POST /repos/o/r/issues': toIssue(131),
      };
      const answer = answers[`${method} ${pathname}`];
      const status = state.status === 200 && answer === undefined ? 404 : state.status;
      response.writeHead(status, { 'content-type': 'application/json', ...state.headers });
      response.end(JSON.stringify(status === 200 ? answer : { message: 'not today' }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { seen, state, url: `http://127.0.0.1:${port}`, close: () => server.close() };
}

let stub: Awaited<ReturnType<typeof openGithubStub>>;
beforeEach(async () => {
  stub = await openGithubStub();
});
afterEach(() => stub.close());

const run = (words: string | readonly string[], env: Record<string, string> = {}) =>
  runCoaia(words, { env: { GITHUB_API_URL: stub.url, ...env } });

test('lists beyond the first page, without pull requests', async () => {
  const { code, stdout, stderr } = await run(
    'gh issues list --owner o --repo r --limit 200 --json',
  );
  const issues = JSON.parse(stdout) as readonly { readonly number: number }[];
  expect([code, issues.length, issues.at(-1)?.number]).toEqual([0, 117, 130]);
  expect(stderr).toContain('public repositories only');
  const table = await run('gh issues list o/r --limit 2 --state all --labels bug', {
    GH_TOKEN: 't',
  });
  expect(table.stdout).toContain('Issue 3');
  expect(stub.seen.at(-1)).toMatchObject({ token: 'Bearer t' });
  expect(stub.seen.at(-1)?.url).toContain('state=all&labels=bug');
});

test('shows, comments on and opens issues', async () => {
  expect((await run('gh issues get o/r#7')).stdout).toContain('#7 Issue 7\nopen, bug, by ada');
  const raw = await run('gh issues get --owner o --repo r --issue-number 7 --json');
  expect(JSON.parse(raw.stdout)).toEqual(toIssue(7));
  const token = { GITHUB_TOKEN: 't' };
  const comment = await run(['gh', 'issues', 'comment', 'o/r#7', 'Seen here.'], token);
  expect(comment.stdout).toBe('https://github.example/c/1\n');
  expect(stub.seen.at(-1)?.body).toBe('{"body":"Seen here."}');
  const made = await run('gh issues create o/r --title "It fails" --body why --label bug', token);
  expect(made.stdout).toBe('https://github.example/o/r/issues/131\n');
});

test.each([
  [404, {}, 1, 'COAIA-6200'],
  [401, {}, 3, 'COAIA-6201'],
  [403, {}, 3, 'COAIA-6201'],
  [403, { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '1790000000' }, 4, 'COAIA-6202'],
  [429, {}, 4, 'COAIA-6202'],
  [500, {}, 1, 'COAIA-6203'],
])('says what %i with %j means', async (status, headers, code, name) => {
  stub.state.status = status;
  stub.state.headers = headers;
  const refused = await run('gh issues get o/r#7', { GH_TOKEN: 'secret-token' });
  expect(refused).toMatchObject({ code, stdout: '', stderr: expect.stringContaining(name) });
  expect(refused.stderr).not.toContain('secret-token');
});

test.each([
  'gh issues list',
  'gh issues list --owner ../.. --repo r',
  'gh issues get nonsense',
  'gh issues get o/r',
  'gh issues list o/r --limit 0',
])('%s asks nobody', async (line) => {
  expect(await run(line)).toMatchObject({ code: 2, stdout: '' });
  expect(stub.seen).toEqual([]);
});

test('an address where nobody answers ends with 4', async () => {
  const gone = await runCoaia('gh issues get o/r#7', {
    env: { GITHUB_API_URL: 'http://127.0.0.1:9' },
  });
  expect(gone.code).toBe(4);
});
