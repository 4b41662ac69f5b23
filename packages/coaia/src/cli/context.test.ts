/** Which store or server a command works on, seen from the command line. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { runCoaia } from './testing.ts';

let home: string;

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'coaia-context-'));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

const keys = { LANGFUSE_PUBLIC_KEY: 'pk-lf-elsewhere', LANGFUSE_SECRET_KEY: 'sk-lf-elsewhere' };

test('without settings the store in the home is made, closed to others, and read again', async () => {
  expect((await runCoaia('fuse traces create t1 -n x', { home })).code).toBe(0);
  const { stdout } = await runCoaia('fuse traces --json', { home });
  expect(JSON.parse(stdout)).toMatchObject([{ id: 't1', name: 'x' }]);
  expect(statSync(join(home, '.coaia')).mode & 0o777).toBe(0o700);
  expect(statSync(join(home, '.coaia/coaia.db')).mode & 0o777).toBe(0o600);
});

test('keys of nobody here and no address: exit 3 naming both ways out, nothing sent', async () => {
  const { code, stdout, stderr } = await runCoaia('fuse traces create t1', { home, env: keys });
  expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
  expect(stderr).toMatch(
    /COAIA-0210: The public key pk-lf-elsewhere .*\nFix: .*LANGFUSE_BASE_URL=.* or unset/,
  );
});

test('address and keys: that server is called with them, and the call is in the ledger', async () => {
  const seen: string[] = [];
  const server = createServer((request, response) => {
    seen.push(`${request.method} ${request.url?.split('?')[0]} ${request.headers.authorization}`);
    response.setHeader('content-type', 'application/json');
    response.end(
      '{"data": [], "meta": {"page": 1, "limit": 50, "totalItems": 0, "totalPages": 0}}',
    );
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const env = { ...keys, LANGFUSE_HOST: `http://${host}/` };
  const { code, stdout } = await runCoaia('fuse traces --json', { home, env });
  server.close();
  expect({ code, stdout }).toEqual({ code: 0, stdout: '[]\n' });
  const basic = Buffer.from('pk-lf-elsewhere:sk-lf-elsewhere').toString('base64');
  expect(seen).toEqual([`GET /api/public/traces Basic ${basic}`]);
  const ledger = readFileSync(join(home, '.coaia/logs/egress.jsonl'), 'utf8');
  expect(JSON.parse(ledger)).toMatchObject({
    reason: 'observability',
    host,
    method: 'GET',
    status: 200,
  });
});

test('COAIA_OFFLINE=1 refuses another machine with exit 7', async () => {
  const env = { ...keys, LANGFUSE_HOST: 'https://langfuse.invalid', COAIA_OFFLINE: '1' };
  const { code, stderr } = await runCoaia('fuse traces --json', { home, env });
  expect(code).toBe(7);
  expect(stderr).toContain('COAIA-0601');
});

test('a server that is away is exit 4', async () => {
  const env = { ...keys, LANGFUSE_HOST: 'http://127.0.0.1:9' };
  expect((await runCoaia('fuse traces --json', { home, env })).code).toBe(4);
});

test('keys of an --env file are not joined with an address of the environment', async () => {
  mkdirSync(join(home, 'work'));
  writeFileSync(join(home, 'work/keys.env'), 'LANGFUSE_PUBLIC_KEY=pk\nLANGFUSE_SECRET_KEY=sk\n');
  const env = { LANGFUSE_HOST: 'http://127.0.0.1:9' };
  const options = { home, cwd: join(home, 'work'), env };
  const { code, stderr } = await runCoaia('fuse traces --env keys.env', options);
  expect(code).toBe(3);
  expect(stderr).toContain('COAIA-0210');
});

test('lines of a settings file that were skipped are said on stderr, once', async () => {
  writeFileSync(join(home, '.env'), 'what is this\n');
  const { code, stderr } = await runCoaia('fuse traces --json', { home });
  expect(code).toBe(0);
  expect(stderr).toBe(
    `Note: ${join(home, '.env')}, line 1 is neither NAME=VALUE nor a comment; the line is ignored.\n`,
  );
});
