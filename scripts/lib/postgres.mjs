/** A private PostgreSQL for the tests: own folder, own port, own password, gone afterwards. */
import { spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { installPackage } from './debian.mjs';

const OLDEST = 15;

/** Folder with `initdb` and `postgres` of the newest version found, or undefined. */
function findPostgres() {
  const debian = '/usr/lib/postgresql';
  const versions = existsSync(debian)
    ? readdirSync(debian).filter((name) => Number(name) >= OLDEST)
    : [];
  const newest = versions.toSorted((a, b) => Number(b) - Number(a))[0];
  if (newest !== undefined && existsSync(join(debian, newest, 'bin/initdb')))
    return join(debian, newest, 'bin');
  return (process.env.PATH ?? '')
    .split(delimiter)
    .find((folder) => folder !== '' && existsSync(join(folder, 'initdb')));
}

/** PostgreSQL refuses to run as root; then it runs as the user its package made. */
function findOwner() {
  if (process.getuid?.() !== 0) return {};
  const [uid, gid] = ['-u', '-g'].map((flag) => Number(spawnSync('id', [flag, 'postgres']).stdout));
  return { uid, gid };
}

function findPort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

function createCluster(bin, folder, owner) {
  const password = randomBytes(18).toString('base64url');
  const file = join(folder, 'password');
  writeFileSync(file, password, { mode: 0o600 });
  if (owner.uid !== undefined)
    for (const path of [folder, file]) chownSync(path, owner.uid, owner.gid);
  const args = [
    '-D',
    join(folder, 'data'),
    '-U',
    'coaia',
    '-A',
    'scram-sha-256',
    `--pwfile=${file}`,
    '-E',
    'utf8',
    '--locale=C',
    '--no-sync',
  ];
  const result = spawnSync(join(bin, 'initdb'), args, { ...owner, cwd: folder, encoding: 'utf8' });
  if (result.status !== 0)
    throw new Error(`initdb failed: ${result.stderr.trim().split('\n').at(-1)}`);
  return password;
}

async function waitReady(bin, port, child) {
  for (let attempt = 0; attempt < 150; attempt++) {
    if (child.exitCode !== null) throw new Error('postgres ended at once');
    if (
      spawnSync(join(bin, 'pg_isready'), ['-q', '-h', '127.0.0.1', '-p', String(port)]).status === 0
    )
      return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('postgres did not answer within 15 s');
}

/**
 * Starts PostgreSQL, installing it first where that is possible. `durable`: commits reach the disk, for benches.
 * Returns `{ url, close }`, or `{ reason }` when there can be none here.
 */
export async function openPostgres({ durable = false } = {}) {
  if (findPostgres() === undefined) {
    const problem = installPackage('postgresql');
    if (problem !== undefined) return { reason: problem };
  }
  const bin = findPostgres();
  if (bin === undefined) return { reason: `no PostgreSQL ${OLDEST} or newer found` };
  const folder = mkdtempSync(join(tmpdir(), 'coaia-pg-'));
  chmodSync(folder, 0o700);
  const owner = findOwner();
  let child;
  const close = async () => {
    if (child !== undefined && child.exitCode === null) {
      const ended = new Promise((resolve) => child.once('close', resolve));
      child.kill('SIGINT');
      await ended;
    }
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    const password = createCluster(bin, folder, owner);
    const port = await findPort();
    const options = [
      'listen_addresses=127.0.0.1',
      'max_connections=200',
      ...(durable ? [] : ['fsync=off', 'full_page_writes=off']),
      'log_min_messages=fatal',
    ];
    const args = [
      '-D',
      join(folder, 'data'),
      '-k',
      folder,
      '-p',
      String(port),
      ...options.flatMap((option) => ['-c', option]),
    ];
    child = spawn(join(bin, 'postgres'), args, { ...owner, cwd: folder, stdio: 'ignore' });
    await waitReady(bin, port, child);
    return { url: `postgres://coaia:${password}@127.0.0.1:${port}/postgres`, close };
  } catch (error) {
    await close();
    return { reason: error.message };
  }
}
