/** Starts the workbench as its own process in an empty home, as a user would. */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openRecordingProxy } from './recording-proxy.ts';

const ROOT = join(import.meta.dirname, '../..');
const BUILT = join(ROOT, 'packages/coaia/dist/coaia.js');
const SOURCE = join(ROOT, 'packages/coaia/bin/coaia.ts');

export interface BenchServer {
  readonly pid: number;
  readonly port: number;
  readonly home: string;
  readonly url: string;
  readonly authorization: string;
  /** With the key of the organization, for projects, keys and people. */
  readonly organizationAuthorization: string;
  /** Ends it in good order; the home stays when it was given. */
  stop(): Promise<void>;
  /** kill -9, as a crash would. */
  crash(): Promise<void>;
}

export interface StartOptions {
  /** Default: a new empty folder, removed by `stop`. */
  readonly home?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** More arguments of `coaia up`. */
  readonly args?: readonly string[];
}

/** A busy machine needs more than the second of an idle one. */
const START_MS = 60_000;

const KEYS = { public: 'pk-lf-bench', secret: 'sk-lf-bench' };
const ORGANIZATION_KEYS = { public: 'pk-lf-bench-org', secret: 'sk-lf-bench-org' };

/** The built program when there is one, otherwise the sources. */
export function findProgram(): string {
  return existsSync(BUILT) ? BUILT : SOURCE;
}

/**
 * Resolves once the server answers its health. With COAIA_RECORD_CALLS=FILE the calls of all clients are noted
 * there, which is how the table of clients in the docs is made.
 */
export async function startServer(options: StartOptions = {}): Promise<BenchServer> {
  const home = options.home ?? mkdtempSync(join(tmpdir(), 'coaia-bench-'));
  const port = await findFreePort();
  const line = [findProgram(), 'up', '--port', String(port), ...(options.args ?? [])];
  const child = spawn(process.execPath, line, {
    env: {
      ...process.env,
      COAIA_HOME: home,
      COAIA_EXPORT_FOLDER: join(home, 'exports'),
      LANGFUSE_INIT_PROJECT_PUBLIC_KEY: KEYS.public,
      LANGFUSE_INIT_PROJECT_SECRET_KEY: KEYS.secret,
      COAIA_INIT_ORG_PUBLIC_KEY: ORGANIZATION_KEYS.public,
      COAIA_INIT_ORG_SECRET_KEY: ORGANIZATION_KEYS.secret,
      ...options.env,
    },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const end = async (signal: 'SIGTERM' | 'SIGKILL') => {
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill(signal);
    await gone;
  };
  try {
    await waitForHealth(child, port);
  } catch (error) {
    child.kill('SIGKILL');
    throw error;
  }
  const record = process.env['COAIA_RECORD_CALLS'];
  const proxy = record === undefined ? undefined : await openRecordingProxy(port, record);
  const reached = proxy?.port ?? port;
  return {
    pid: child.pid ?? 0,
    port: reached,
    home,
    url: `http://127.0.0.1:${reached}`,
    authorization: toBasic(KEYS),
    organizationAuthorization: toBasic(ORGANIZATION_KEYS),
    async crash() {
      await proxy?.close();
      await end('SIGKILL');
    },
    async stop() {
      await proxy?.close();
      await end('SIGTERM');
      if (options.home === undefined) rmSync(home, { recursive: true, force: true });
    },
  };
}

function toBasic(pair: { readonly public: string; readonly secret: string }): string {
  return `Basic ${Buffer.from(`${pair.public}:${pair.secret}`).toString('base64')}`;
}

async function waitForHealth(child: ChildProcess, port: number): Promise<void> {
  const end = Date.now() + START_MS;
  while (Date.now() < end) {
    if (child.exitCode !== null) throw new Error(`the server ended with ${child.exitCode}`);
    const answer = await fetch(`http://127.0.0.1:${port}/api/public/health`).catch(() => undefined);
    if (answer?.ok === true) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`the server did not become healthy in ${START_MS / 1000} s`);
}

async function findFreePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
