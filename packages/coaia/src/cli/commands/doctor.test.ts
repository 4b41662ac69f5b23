import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { checkClock, checkNode, checkSqlite, compareVersions } from '../doctor/runtime-checks.ts';
import { runCoaia } from '../testing.ts';

interface Report {
  readonly ok: boolean;
  readonly checks: readonly {
    readonly name: string;
    readonly status: string;
    readonly detail: string;
    readonly hint?: string;
  }[];
}

let home: string;

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'coaia-doctor-'));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

/** The report by name of check; port 0 so that a server on this machine does not matter. */
async function diagnose(line = '', env: Readonly<Record<string, string>> = {}) {
  const { code, stdout } = await runCoaia(`doctor --json ${line}`, {
    home,
    env: { PORT: '0', ...env },
  });
  const report = JSON.parse(stdout) as Report;
  return {
    code,
    ok: report.ok,
    by: Object.fromEntries(report.checks.map((one) => [one.name, one])),
  };
}

test('a new machine is fine and nothing is made', async () => {
  const { code, by } = await diagnose();
  expect(code).toBe(0);
  expect(Object.values(by).filter(({ status }) => status !== 'ok')).toEqual([]);
  expect(by['store']?.detail).toContain('not made yet');
  expect(by['home']?.detail).toContain('not made yet');
});

test('a store with content is opened, current and undamaged', async () => {
  await runCoaia('fuse traces create t1 -n x', { home });
  const { code, by } = await diagnose('--deep');
  expect(code).toBe(0);
  expect(by['schema']?.status).toBe('ok');
  expect(by['content']?.detail).toMatch(/no damage \(every page/);
});

test('a damaged store fails with what to do', async () => {
  mkdirSync(join(home, '.coaia'), { mode: 0o700 });
  writeFileSync(
    join(home, '.coaia', 'coaia.db'),
    'this is not a database, it only looks like a file',
    { mode: 0o600 },
  );
  const { code, ok, by } = await diagnose();
  expect({ code, ok }).toEqual({ code: 1, ok: false });
  expect(by['store']?.status).toBe('fail');
});

test('files that others can read are a warning with the command that closes them', async () => {
  await runCoaia('config set strict langfuse', { home });
  const path = join(home, '.coaia', 'config.json');
  chmodSync(path, 0o644);
  chmodSync(join(home, '.coaia'), 0o755);
  const { code, by } = await diagnose();
  expect(code).toBe(0);
  expect(by['file modes']).toMatchObject({ status: 'warn', hint: `chmod 600 ${path}` });
  expect(by['home']).toMatchObject({ status: 'warn', hint: `chmod 700 ${join(home, '.coaia')}` });
});

test('damaged settings fail, and the other checks still run', async () => {
  writeFileSync(join(home, 'coaia.json'), '{"a": ');
  const { code, by } = await diagnose();
  expect(code).toBe(1);
  expect(by['settings']).toMatchObject({
    status: 'fail',
    detail: expect.stringContaining('coaia.json, line 1'),
  });
  expect(by['disk']?.status).toBe('ok');
});

describe('another server', () => {
  const keys = { LANGFUSE_PUBLIC_KEY: 'pk', LANGFUSE_SECRET_KEY: 'sk' };

  test('elsewhere is asked only with --network', async () => {
    const { by } = await diagnose('', { ...keys, LANGFUSE_HOST: 'https://langfuse.invalid' });
    expect(by['langfuse']).toMatchObject({
      status: 'ok',
      detail: expect.stringContaining('--network'),
    });
  });

  test.each([
    [200, 'ok', /takes the keys/],
    [401, 'fail', /refuses the keys/],
    [500, 'fail', /answered 500/],
  ])('that answers %d', async (answer, status, detail) => {
    let authorization: string | undefined;
    const server = createServer((request, response) => {
      authorization = request.headers.authorization;
      response.writeHead(answer).end('{}');
    });
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve);
    });
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const { by } = await diagnose('', { ...keys, LANGFUSE_HOST: url });
    server.close();
    expect(by['langfuse']).toMatchObject({ status, detail: expect.stringMatching(detail) });
    expect(authorization).toBe(`Basic ${Buffer.from('pk:sk').toString('base64')}`);
  });

  test('keys without an address are a warning, an address without keys fails', async () => {
    expect((await diagnose('', keys)).by['langfuse']?.status).toBe('warn');
    expect(
      (await diagnose('', { LANGFUSE_HOST: 'http://127.0.0.1:9' })).by['langfuse']?.status,
    ).toBe('fail');
  });
});

describe('the runtime', () => {
  test('versions are compared by number', () => {
    expect(compareVersions('3.51.10', '3.51.3')).toBeGreaterThan(0);
    expect(compareVersions('24.0', '24.0.0')).toBe(0);
    expect(compareVersions('3.9.9', '3.51.3')).toBeLessThan(0);
  });

  test('too old, missing or absurd is said', () => {
    expect(checkNode('22.1.0').status).toBe('fail');
    expect(checkSqlite('3.50.4').status).toBe('fail');
    expect(checkSqlite('3.51.3').status).toBe('ok');
    expect(checkClock(Date.UTC(1970, 0, 2)).status).toBe('warn');
    expect(checkClock(Date.UTC(2090, 0, 1)).status).toBe('warn');
  });
});

test('the text form marks each line and counts', async () => {
  const { stdout } = await runCoaia('doctor', { home, env: { PORT: '0' } });
  expect(stdout).toMatch(/^ok {4}node {2,}\d/);
  expect(stdout).toMatch(/\n\d+ ok, 0 warnings, 0 failed\n$/);
});
