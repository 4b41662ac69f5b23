import { chmodSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { IncomingMessage, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { runCoaia } from '../testing.ts';

let home: string;
let server: Server;
let url: string;
let answer: (request: IncomingMessage) => readonly [status: number, body: unknown];
const seen: IncomingMessage[] = [];

beforeAll(async () => {
  server = createServer((request, response) => {
    seen.push(request);
    const [status, body] = answer(request);
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'coaia-services-'));
  seen.length = 0;
});
afterEach(() => rmSync(home, { recursive: true, force: true }));
afterAll(() => server.close());

async function check(service: string, env: Readonly<Record<string, string>>) {
  const { code, stdout } = await runCoaia(`doctor ${service} --json`, { home, env });
  const report = JSON.parse(stdout) as {
    readonly checks: readonly {
      readonly status: string;
      readonly detail: string;
      readonly reason?: string;
    }[];
  };
  const [first] = report.checks;
  return { code, status: first?.status, detail: first?.detail ?? '', reason: first?.reason };
}

/** Settings of each service, given the address of a server. */
const cases: readonly (readonly [string, (address: string) => Readonly<Record<string, string>>])[] =
  [
    ['llm', (at) => ({ OPENAI_BASE_URL: `${at}/v1`, OPENAI_API_KEY: 'k' })],
    ['github', (at) => ({ GITHUB_API_URL: at, GH_TOKEN: 't' })],
    ['aws', (at) => ({ AWS_ENDPOINT_URL: at, AWS_ACCESS_KEY_ID: 'a', AWS_SECRET_ACCESS_KEY: 's' })],
    [
      'langfuse',
      (at) => ({ LANGFUSE_HOST: at, LANGFUSE_PUBLIC_KEY: 'pk', LANGFUSE_SECRET_KEY: 'sk' }),
    ],
  ];

/** How each service is told who asks, with the credentials above. */
const schemes: Readonly<Record<string, RegExp>> = {
  llm: /^Bearer k$/,
  github: /^Bearer t$/,
  aws: /^AWS4-HMAC-SHA256 Credential=a\//,
  langfuse: /^Basic cGs6c2s=$/,
};

describe.each(cases)('%s', (service, toEnv) => {
  test('that works', async () => {
    answer = () => [200, { data: [{ id: 'm1', name: 'My project' }], login: 'me' }];
    expect(await check(service, toEnv(url))).toMatchObject({ code: 0, status: 'ok' });
    expect(seen[0]?.headers.authorization).toMatch(schemes[service] ?? /^$/);
  });

  test('that refuses the credentials: exit 3', async () => {
    answer = () => [401, {}];
    expect(await check(service, toEnv(url))).toMatchObject({
      code: 3,
      status: 'fail',
      reason: 'refused',
    });
  });

  test('that does not answer: exit 4', async () => {
    expect(await check(service, toEnv('http://127.0.0.1:9'))).toMatchObject({
      code: 4,
      status: 'fail',
      reason: 'unreachable',
    });
  });
});

test('what is not set is an error only when it is asked for', async () => {
  for (const service of ['llm', 'github', 'aws', 'storage'])
    expect(await check(service, {})).toMatchObject({ code: 3, reason: 'missing' });
  expect((await runCoaia('doctor', { home, env: { PORT: '0' } })).code).toBe(0);
  expect((await runCoaia('doctor cheese', { home })).code).toBe(2);
});

test('names what it found: the project, whose token, the model that is not there', async () => {
  answer = () => [200, { data: [{ id: 'm1', name: 'My project' }], login: 'me' }];
  const [[, llm], [, github], , [, langfuse]] = cases as unknown as readonly [
    (typeof cases)[number],
    (typeof cases)[number],
    (typeof cases)[number],
    (typeof cases)[number],
  ];
  expect((await check('langfuse', langfuse(url))).detail).toContain('project My project');
  expect((await check('github', github(url))).detail).toContain('token of me');
  expect(await check('llm', { ...llm(url), OPENAI_MODEL: 'm2' })).toMatchObject({
    code: 0,
    status: 'warn',
    detail: expect.stringContaining('does not list the model m2'),
  });
});

test('other machines are asked only with --network, and never offline', async () => {
  const env = { PORT: '0', GH_TOKEN: 't', GITHUB_API_URL: 'https://github.invalid' };
  const { stdout } = await runCoaia('doctor', { home, env });
  expect(stdout).toContain('https://github.invalid (not asked; add --network)');
  const offline = await check('github', { ...env, COAIA_OFFLINE: '1' });
  expect(offline).toMatchObject({
    status: 'fail',
    detail: expect.stringContaining('COAIA_OFFLINE'),
  });
});

test('a Redis that is away fails, the embedded stash is fine', async () => {
  expect(await check('stash', {})).toMatchObject({ code: 0, detail: 'in the store' });
  const away = await check('stash', { REDIS_URL: 'redis://:hidden-word@127.0.0.1:9' });
  expect(away).toMatchObject({ code: 4, status: 'fail', reason: 'unreachable' });
  expect(away.detail).not.toContain('hidden-word');
});

describe('--fix', () => {
  test('closes what is open and forgets a damaged cache, and says so', async () => {
    await runCoaia('config set port 26300', { home });
    const folder = join(home, '.coaia');
    mkdirSync(join(folder, 'cache'), { recursive: true });
    writeFileSync(join(folder, 'cache', 'completion.json'), '{');
    chmodSync(folder, 0o755);
    chmodSync(join(folder, 'config.json'), 0o644);
    const { code, stdout } = await runCoaia('doctor --fix', { home, env: { PORT: '0' } });
    expect(code).toBe(0);
    expect(stdout).toMatch(
      /Fixed: closed \S+\.coaia to others\nFixed: closed \S+config\.json to others\nFixed: removed/,
    );
    expect(stdout).toContain('0 warnings, 0 failed');
    expect(statSync(join(folder, 'config.json')).mode & 0o777).toBe(0o600);
  });

  test('makes a home and leaves a damaged store to the user', async () => {
    const made = await runCoaia('doctor --fix', { home, env: { PORT: '0' } });
    expect(made.stdout).toMatch(/^Fixed: made /);
    writeFileSync(join(home, '.coaia', 'coaia.db'), 'not a database at all', { mode: 0o600 });
    expect((await runCoaia('doctor --fix', { home, env: { PORT: '0' } })).code).toBe(1);
  });
});

test('--ci: warnings fail, and GitHub gets its lines', async () => {
  mkdirSync(join(home, '.coaia'), { mode: 0o755 });
  chmodSync(join(home, '.coaia'), 0o755);
  const env = { PORT: '0', GITHUB_ACTIONS: 'true' };
  expect((await runCoaia('doctor', { home, env })).code).toBe(0);
  const { code, stdout } = await runCoaia('doctor --ci', { home, env });
  expect(code).toBe(1);
  expect(stdout).toContain('::warning title=coaia doctor::home: ');
});
