/**
 * The same contract against moto, an S3 written by others. Optional: it runs where `moto_server` is installed (PyPI
 * `moto[server]`), or can be installed into a folder of its own.
 */
import { spawn, spawnSync } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createEgress } from '#egress';
import { AwsClient } from 'aws4fetch';
import { afterAll, beforeAll, describe } from 'vitest';
import type { BlobStore } from './blob-store.ts';
import { openS3Blobs } from './s3-blobs.ts';
import { describeBlobStore } from './testing/blob-store.testsuite.ts';

/** Kept where the suites of `tests/python` keep theirs, so that later runs start at once. */
const caches = process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache');
const cache = join(caches, 'coaia-tests/python/moto');

function findMoto(): string | { readonly reason: string } {
  if (spawnSync('moto_server', ['--help']).status === 0) return 'moto_server';
  const installed = join(cache, 'bin', 'moto_server');
  if (existsSync(installed)) return installed;
  if (process.env['COAIA_TEST_MOTO'] !== '1' && process.env['CI'] === undefined)
    return { reason: 'moto_server is not installed; COAIA_TEST_MOTO=1 installs it' };
  if (spawnSync('python3', ['-m', 'venv', cache]).status !== 0)
    return { reason: 'python3 with venv is not here' };
  const pip = join(cache, 'bin', 'pip');
  const words = ['install', '-q', '--retries', '0', '--timeout', '5', 'moto[server]'];
  const made = spawnSync(pip, words, { timeout: 120_000 });
  return made.status === 0 ? installed : { reason: 'PyPI cannot be reached' };
}

const moto = findMoto();
if (typeof moto !== 'string') console.log(`not run: the suite against moto: ${moto.reason}`);

async function findPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => {
    server.close(resolve);
  });
  return port;
}

describe.skipIf(typeof moto !== 'string')('moto', () => {
  let child: ChildProcess;
  let endpoint = '';
  const account = { accessKeyId: 'test', secretAccessKey: 'test', region: 'us-east-1' };
  const client = new AwsClient({ ...account, service: 's3', retries: 0 });
  let buckets = 0;

  beforeAll(async () => {
    const port = await findPort();
    endpoint = `http://127.0.0.1:${port}`;
    child = spawn(moto as string, ['-H', '127.0.0.1', '-p', String(port)], { stdio: 'ignore' });
    for (let attempt = 0; attempt < 200; attempt++) {
      if ((await fetch(endpoint).catch(() => undefined)) !== undefined) return;
      await new Promise((resolve) => {
        setTimeout(resolve, 100);
      });
    }
    throw new Error('moto did not start');
  }, 60_000);
  afterAll(() => {
    child.kill();
  });

  describeBlobStore('a bucket of moto', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'coaia-moto-'));
    const egress = createEgress({
      offline: false,
      ledgerPath: join(folder, 'egress.jsonl'),
      env: {},
    });
    buckets += 1;
    const bucket = `bucket-${buckets}`;
    await client.fetch(`${endpoint}/${bucket}`, { method: 'PUT' });
    const blobs = openS3Blobs(
      { ...account, endpoint, bucket, pathStyle: true, prefix: 'p/' },
      { send: (url, init) => egress.fetch('blobs', url, init) },
    );
    // Two writes of one key at the same moment end in a 500 of moto's own.
    let last: Promise<unknown> = Promise.resolve();
    const write: BlobStore['write'] = (...values) => {
      const next = last.then(() => blobs.write(...values));
      last = next.catch(() => undefined);
      return next;
    };
    return {
      blobs: { ...blobs, write },
      async list() {
        const text = await (await client.fetch(`${endpoint}/${bucket}?list-type=2`)).text();
        return [...text.matchAll(/<Key>p\/([^<]+)<\/Key>/g)].map(([, key]) => key ?? '');
      },
      async close() {
        egress.close();
        rmSync(folder, { recursive: true, force: true });
      },
    };
  });
});
