/** Who may reach the server and its files: loopback only unless asked, and nobody else's account. */
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { networkInterfaces, tmpdir } from 'node:os';
import { connect } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { toBatch, toTraceEvent } from './batch-corpus.ts';
import { openHostileServer } from './hostile-server.ts';
import type { HostileServer } from './hostile-server.ts';
import { runCoaia } from './program.ts';

const isRoot = process.getuid?.() === 0;
const NOBODY = 65_534;

/** Every file and folder below a home, itself included, with its mode. Files of Node's cache lie in a closed folder. */
function listModes(folder: string): readonly (readonly [path: string, mode: string])[] {
  const below = readdirSync(folder, { recursive: true, withFileTypes: true });
  const paths = [folder, ...below.map((entry) => join(entry.parentPath, entry.name))];
  return paths.map((path) => [path, (statSync(path).mode & 0o777).toString(8)]);
}

describe('files and ports', () => {
  let parent: string;
  let home: string;
  let server: HostileServer;
  beforeAll(async () => {
    parent = mkdtempSync(join(tmpdir(), 'coaia-modes-'));
    // Others may look into the folder above: what protects the home is its own mode.
    chmodSync(parent, 0o777);
    home = join(parent, 'home');
    const before = process.umask(0);
    server = await openHostileServer({ home });
    process.umask(before);
    await server.post(
      '/api/public/ingestion',
      toBatch(toTraceEvent('secret', { input: 'private' })),
    );
  });
  afterAll(async () => {
    await server.stop();
    rmSync(parent, { recursive: true, force: true });
  });

  it('are private under umask 000: 0700 for folders, 0600 for files', async () => {
    const before = process.umask(0);
    await runCoaia(home, ['config', 'set', 'port', '26000']);
    await runCoaia(home, ['db', 'backup']);
    await runCoaia(home, ['fuse', 'traces', 'create', 'by-command', '-n', 'x']);
    process.umask(before);
    const modes = listModes(home);
    expect(modes.length).toBeGreaterThan(4);
    for (const [path, mode] of modes.filter(([each]) => !each.includes('/.cache/')))
      expect([path, mode]).toEqual([path, statSync(path).isDirectory() ? '700' : '600']);
  });

  it.runIf(isRoot)('cannot be read by another account', () => {
    for (const [path] of listModes(home)) {
      const tried = spawnSync('cat', [path], { uid: NOBODY, gid: NOBODY });
      expect([path, tried.status === 0]).toEqual([path, false]);
    }
    const listed = spawnSync('ls', [home], { uid: NOBODY, gid: NOBODY });
    expect(listed.status).not.toBe(0);
  });

  it('listens on loopback only', async () => {
    const addresses = Object.values(networkInterfaces()).flatMap((list) => list ?? []);
    const foreign = addresses.filter(({ internal, family }) => !internal && family === 'IPv4');
    for (const { address } of foreign) expect(await canConnect(address, server.port)).toBe(false);
    expect(await canConnect('127.0.0.1', server.port)).toBe(true);
  });

  it.each(['0.0.0.0', '::', '192.0.2.1'])('refuses to listen on %s without keys', async (host) => {
    const own = mkdtempSync(join(tmpdir(), 'coaia-bind-'));
    try {
      const ended = await runCoaia(own, ['up', '--host', host, '--port', '0']);
      expect([ended.status, ended.stdout]).toEqual([3, '']);
      expect(ended.stderr).toContain('LANGFUSE_INIT_PROJECT_SECRET_KEY');
      expect(ended.stderr).not.toMatch(/\n\s+at /);
      expect(readdirSync(own).filter((name) => name !== '.cache')).toEqual([]);
    } finally {
      rmSync(own, { recursive: true, force: true });
    }
  });

  it('shows its secret to nobody who lists processes', () => {
    const line = spawnSync('cat', [`/proc/${server.pid}/cmdline`]).stdout.toString();
    expect(line).not.toContain('sk-lf-');
  });
});

function canConnect(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: 1_000 });
    const end = (isOpen: boolean) => {
      socket.destroy();
      resolve(isOpen);
    };
    socket.once('connect', () => end(true));
    socket.once('error', () => end(false));
    socket.once('timeout', () => end(false));
  });
}
