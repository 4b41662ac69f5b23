/**
 * The wire to a worker: two FIFOs in a folder of their own. Base R can open those but no unix sockets, a box without
 * network has no loopback, and descriptors 1 and 2 belong to the user's prints. Both ends are opened for reading and
 * writing, so nobody waits for the other side; the worker sees the end when this process is gone.
 */
import { constants, openSync } from 'node:fs';
import { mkdtemp, rm, rmdir } from 'node:fs/promises';
import { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runtimeFailures } from './errors.ts';

export interface Pipe {
  readonly folder: string;
  /** Paths for the worker. */
  readonly requests: string;
  readonly answers: string;
  /** Where a plain process may keep temporary files; whoever starts it makes it, `close` removes it. */
  readonly scratch: string;
  write(bytes: Uint8Array): void;
  /** Removes the names once both sides are open, so that none are left behind however this process ends. */
  unlink(): Promise<void>;
  onData(listener: (chunk: Uint8Array) => void): void;
  close(): Promise<void>;
}

const MODE = constants.O_RDWR + constants.O_NONBLOCK;

/** Fails with AO640 where there is no `mkfifo`. */
export async function openPipe(): Promise<Pipe> {
  const folder = await mkdtemp(join(tmpdir(), 'coaia-worker-'));
  const [requests, answers] = [join(folder, 'requests'), join(folder, 'answers')];
  try {
    await makeFifos([requests, answers]);
    const writer = new Socket({ fd: openSync(requests, MODE), readable: false, writable: true });
    const reader = new Socket({ fd: openSync(answers, MODE), readable: true, writable: false });
    for (const socket of [writer, reader]) socket.on('error', () => undefined);
    return {
      folder,
      requests,
      answers,
      scratch: join(folder, 'tmp'),
      write: (bytes) => void writer.write(bytes),
      onData: (listener) => void reader.on('data', listener),
      unlink: async () => {
        for (const path of [requests, answers]) await rm(path, { force: true });
        // Stays while there are temporary files.
        await rmdir(folder).catch(() => undefined);
      },
      close: async () => {
        writer.destroy();
        reader.destroy();
        await rm(folder, { recursive: true, force: true });
      },
    };
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
}

function makeFifos(paths: readonly string[]): Promise<void> {
  const { execFile } = process.getBuiltinModule('node:child_process');
  return new Promise((resolve, reject) => {
    execFile('mkfifo', ['-m', '600', ...paths], (error) => {
      if (error === null) resolve();
      else reject(noFifos(error));
    });
  });
}

function noFifos(cause: Error): Error {
  const text = `Models of Python and R are spoken to through FIFOs, and mkfifo failed: ${cause.message.trim()}`;
  return runtimeFailures.create('AO640', text, { cause });
}
