/** A private Redis for the tests: own folder, own port, gone afterwards. */
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { installPackage } from './debian.mjs';

const isThere = () => spawnSync('redis-server', ['--version']).error === undefined;

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

/** True when the server answers PING. */
function ping(port) {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port });
    const end = (answer) => {
      socket.destroy();
      resolve(answer);
    };
    socket.setTimeout(500, () => end(false));
    socket.on('error', () => end(false));
    socket.on('data', (data) => end(data.toString().startsWith('+PONG')));
    socket.write('PING\r\n');
  });
}

async function waitReady(port, child) {
  for (let attempt = 0; attempt < 100; attempt++) {
    if (child.exitCode !== null) throw new Error('redis-server ended at once');
    if (await ping(port)) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('redis-server did not answer within 5 s');
}

/**
 * Starts redis-server, installing it first where that is possible; a port may be named, to come back at the same
 * address. Returns `{ url, port, close }`, or `{ reason }` when there can be none here.
 */
export async function openRedis(wanted) {
  if (!isThere()) {
    const problem = installPackage('redis-server');
    if (problem !== undefined) return { reason: problem };
  }
  const folder = mkdtempSync(join(tmpdir(), 'coaia-redis-'));
  const port = wanted ?? (await findPort());
  const args = ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder];
  const child = spawn('redis-server', [...args, '--save', '', '--appendonly', 'no'], {
    stdio: 'ignore',
  });
  const close = async () => {
    if (child.exitCode === null && child.signalCode === null) {
      const ended = new Promise((resolve) => child.once('close', resolve));
      child.kill('SIGKILL');
      await ended;
    }
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await waitReady(port, child);
    return { url: `redis://127.0.0.1:${port}`, port, close };
  } catch (error) {
    await close();
    return { reason: error.message };
  }
}
