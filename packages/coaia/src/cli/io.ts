/** The process as the command line sees it, so that tests can run commands without one. */
import { fstatSync, writeSync } from 'node:fs';
import type { Variables } from '#base';

export interface CliIo {
  /** Returns false when nobody reads any more (closed pipe). */
  readonly stdout: (text: string) => boolean;
  /** Bytes that are no text; where it is absent they are decoded. */
  readonly stdoutBytes?: (bytes: Uint8Array) => boolean;
  readonly stderr: (text: string) => boolean;
  readonly stdin: () => Promise<Buffer>;
  readonly stdinIsTerminal: boolean;
  readonly stdoutIsTerminal: boolean;
  readonly stderrIsTerminal: boolean;
  /** Columns of the terminal; undefined when stdout is not one. */
  readonly columns: number | undefined;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  /** Calls back on every Ctrl-C or termination request; returns how to stop listening. */
  readonly onInterrupt: (listener: () => void) => () => void;
  /** Ends the process in a moment although something still runs; called when a command was stopped. */
  readonly endSoon: () => void;
  /** Called with the variables that a command's result sets (`coaia shell` keeps them). */
  readonly onExported?: (variables: Variables) => void;
  /** One line typed by the user; undefined at the end of input. */
  readonly readLine: (signal: AbortSignal) => Promise<string | undefined>;
}

/** The real process. Cheap: terminal modules load only when a stream is a character device. */
export function createProcessIo(): CliIo {
  const stdoutIsTerminal = isTerminal(1);
  return {
    stdout: (text) => writeAll(1, Buffer.from(text, 'utf8')),
    stdoutBytes: (bytes) => writeAll(1, bytes),
    stderr: (text) => writeAll(2, Buffer.from(text, 'utf8')),
    stdin: readStdin,
    stdinIsTerminal: isTerminal(0),
    stdoutIsTerminal,
    stderrIsTerminal: isTerminal(2),
    columns: stdoutIsTerminal ? process.stdout.columns : undefined,
    env: process.env,
    cwd: process.cwd(),
    onInterrupt,
    endSoon,
    readLine,
  };
}

function isTerminal(fd: number): boolean {
  try {
    // A pipe or file is never a terminal; asking `node:tty` about it would load the network stack.
    if (!fstatSync(fd).isCharacterDevice()) return false;
    return process.getBuiltinModule('node:tty').isatty(fd);
  } catch {
    return false;
  }
}

/** Writes everything, waiting while a pipe is full. False when the reader has gone away (EPIPE). */
function writeAll(fd: number, bytes: Uint8Array): boolean {
  let offset = 0;
  while (offset < bytes.length) {
    try {
      offset += writeSync(fd, bytes, offset);
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code;
      if (code === 'EPIPE' || code === 'EBADF') return false;
      if (code !== 'EAGAIN') throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2);
    }
  }
  return true;
}

async function readStdin(): Promise<Buffer> {
  if (isTerminal(0)) return Buffer.alloc(0);
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(Buffer.from(chunk as Uint8Array));
  return Buffer.concat(chunks);
}

function onInterrupt(listener: () => void): () => void {
  process.on('SIGINT', listener);
  process.on('SIGTERM', listener);
  return () => {
    process.off('SIGINT', listener);
    process.off('SIGTERM', listener);
  };
}

function endSoon(): void {
  // Unreferenced: when nothing is left the process ends by itself, with the same exit code.
  setTimeout(() => process.exit(), 20).unref();
}

async function readLine(signal: AbortSignal): Promise<string | undefined> {
  const { createInterface } = await import('node:readline/promises');
  const reader = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return await reader.question('', { signal });
  } finally {
    reader.close();
  }
}
