/** The servers that are compared: each is one command, a way to know that it answers, and a request. */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { createServer } from 'node:net';
import { createInterface } from 'node:readline';

export interface Server {
  readonly name: string;
  readonly url: string;
  readonly body: string;
  close(): Promise<void>;
}

/** A port that was free a moment ago. */
export function findPort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' ? (address?.port ?? 0) : 0));
    });
  });
}

export function stop(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (child.exitCode !== null) {
      resolve();
      return;
    }
    child.once('exit', () => resolve());
    child.kill('SIGTERM');
    setTimeout(() => child.kill('SIGKILL'), 5000).unref();
  });
}

/** A program of somebody else on a port; ready when it answers the request. */
export async function startOther(
  name: string,
  command: (port: number) => readonly [string, ...string[]],
  body: string,
): Promise<Server> {
  const port = await findPort();
  const [program, ...args] = command(port);
  const child = spawn(program, args, { stdio: ['ignore', 'ignore', 'inherit'] });
  const url = `http://127.0.0.1:${port}/predict`;
  await untilAnswer(url, body, child);
  return { name, url, body, close: () => stop(child) };
}

export interface OwnOptions {
  readonly name: string;
  /** The built `ao`. */
  readonly program: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
}

/** `ao-ready {"address": ...}`. */
function toAddress(line: string): string {
  return (JSON.parse(line.replace('ao-ready ', '')) as { readonly address: string }).address;
}

/** One of our processes: it prints a line when it answers. Resolves with its address. */
export function startOwn(options: OwnOptions): Promise<{
  readonly address: string;
  readonly child: ChildProcess;
}> {
  // As `ao up` starts its children.
  const flags = ['--max-semi-space-size=64'];
  const child = spawn(process.execPath, [...flags, options.program, ...options.args], {
    cwd: options.cwd,
    env: options.env,
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const said: string[] = [];
  child.stderr.on('data', (bytes: Buffer) => {
    if (said.length < 20) said.push(bytes.toString());
  });
  return new Promise((resolve, reject) => {
    createInterface({ input: child.stdout }).once('line', (line) =>
      resolve({ address: toAddress(line), child }),
    );
    child.once('exit', (code) =>
      reject(new Error(`${options.name} ended with ${code}:\n${said.join('')}`)),
    );
  });
}

async function untilAnswer(url: string, body: string, child: ChildProcess): Promise<void> {
  for (let turn = 0; turn < 300; turn += 1) {
    if (child.exitCode !== null) throw new Error(`${url} ended with ${child.exitCode}`);
    try {
      const headers = { 'content-type': 'application/json' };
      if ((await fetch(url, { method: 'POST', headers, body })).ok) return;
    } catch {
      // Not yet.
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`${url} does not answer`);
}
