/** Runs a command in the box with one folder that it may write, or not at all. */
import { chownSync } from 'node:fs';
import { NOBODY, requireBubblewrap, runBoxed } from './bubblewrap.ts';
import type { GroupResult } from './run-group.ts';

export interface ShellRequest {
  /** A line for `sh -c`, or a program with its arguments. */
  readonly command: string | readonly string[];
  readonly input?: string;
  /** Folder of this machine that becomes /work; nothing else of it can be written. */
  readonly folder: string;
  readonly timeoutMs: number;
  /** Bytes on stdout after which everything is killed. */
  readonly maxOutput: number;
  readonly signal?: AbortSignal;
}

export type ShellResult = GroupResult;

/**
 * Memory in KiB, processor seconds and file size in blocks of 512 bytes for each process; `-u` or `-p` is the
 * number of processes, as the shell at hand has it.
 */
const LIMITS = 'ulimit -v 1048576; ulimit -f 131072; ulimit -u 256 2>/dev/null || ulimit -p 256;';

/**
 * No network, no environment, nobody's rights, a read-only system, 1 GiB of memory and 64 MiB for each file. Never
 * rejects for what the command does. Fails with COAIA-0760 and 0761 where there is no sandbox.
 */
export async function runShell(request: ShellRequest): Promise<ShellResult> {
  const { command, folder, input = '', timeoutMs, maxOutput, signal } = request;
  await requireBubblewrap('Commands');
  if (process.getuid?.() === 0) chownSync(folder, NOBODY, NOBODY);
  const words = typeof command === 'string' ? ['/bin/sh', '-c', command] : command;
  const seconds = Math.ceil(timeoutMs / 1000) + 1;
  return runBoxed({
    command: ['/bin/sh', '-c', `${LIMITS} ulimit -t ${seconds}; exec "$@"`, 'sh', ...words],
    input,
    timeoutMs,
    maxOutput,
    work: folder,
    ...(signal === undefined ? {} : { signal }),
  });
}
