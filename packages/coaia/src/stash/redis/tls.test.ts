/** TLS with a real Redis and real processes: only certificates that are trusted, and bytes through a pipe. */
import { execFile, execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestRedis } from '../testing/redis-server.ts';
import type { TestRedis } from '../testing/redis-server.ts';
import { RUN_ENV } from '../../base/testing.ts';

const folder = mkdtempSync(join(tmpdir(), 'coaia-tls-'));
const certificate = join(folder, 'cert.pem');
const key = join(folder, 'key.pem');
const program = join(import.meta.dirname, '../../../bin/coaia.ts');

let redis: TestRedis;
let port = 0;
beforeAll(async () => {
  const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost'];
  const files = ['-keyout', key, '-out', certificate, '-days', '2'];
  const kind = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  execFileSync('openssl', ['req', '-x509', ...kind, ...files, ...subject], { stdio: 'ignore' });
  const first = await openTestRedis();
  ({ port } = first);
  await first.close();
  const tls = ['--tls-cert-file', certificate, '--tls-key-file', key];
  const rest = ['--tls-ca-cert-file', certificate, '--tls-auth-clients', 'no'];
  redis = await openTestRedis(['--tls-port', String(port), ...tls, ...rest]);
});
afterAll(async () => {
  await redis.close();
  rmSync(folder, { recursive: true, force: true });
});

interface Ended {
  readonly code: number;
  readonly stdout: Buffer;
  readonly stderr: string;
}

function run(words: readonly string[], env: Readonly<Record<string, string>>): Promise<Ended> {
  const home = { ...RUN_ENV, HOME: folder, REDIS_URL: `rediss://localhost:${port}` };
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [program, ...words],
      { env: { ...home, ...env }, encoding: 'buffer' },
      (error, stdout, stderr) => {
        const code = error === null ? 0 : Number(error.code ?? 1);
        resolve({ code, stdout, stderr: stderr.toString() });
      },
    );
  });
}

test('a certificate that nobody vouches for is refused, one that is trusted is not', async () => {
  const refused = await run(['tash', 'k', 'v'], {});
  expect([refused.code, String(refused.stdout)]).toEqual([2, '']);
  expect(refused.stderr).toMatch(/COAIA-6150.*(?:SELF_SIGNED|certificate)/i);
  const trusted = { NODE_EXTRA_CA_CERTS: certificate };
  expect((await run(['tash', 'k', 'v', '-v'], trusted)).stderr).toContain('(TLS)');
  expect(String((await run(['fetch', 'k'], trusted)).stdout)).toBe('v\n');
  // The name must fit as well.
  const other = { ...trusted, REDIS_URL: `rediss://127.0.0.1:${port}` };
  expect((await run(['fetch', 'k'], other)).code).toBe(2);
});

test('bytes go through pipes as they are', async () => {
  const env = { ...RUN_ENV, HOME: folder };
  const bytes = Buffer.from(Array.from({ length: 256 }, (_, index) => index));
  const child = spawn(process.execPath, [program, 'tash', 'bin'], {
    env,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  child.stdin.end(bytes);
  const code = await new Promise((resolve) => {
    child.once('close', resolve);
  });
  const { stdout } = await run(['fetch', 'bin'], { COAIA_STASH: 'embedded' });
  expect([code, Buffer.compare(stdout, bytes)]).toEqual([0, 0]);
});
