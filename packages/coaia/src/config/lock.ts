/**
 * A lock between processes that outlives nobody: a link whose target names the owner (process id and start
 * time), so that a lock left by a killed process is recognised and broken. Made and read in one step each.
 */
import { readFileSync, readlinkSync, symlinkSync, unlinkSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { configErrors } from './errors.ts';

const WAIT_MS = 30_000;
/** Stands for the start time of a process that has ended but is not yet collected by its parent. */
const ZOMBIE = 'zombie';

/** Runs `work` while holding the lock at `path`. Throws COAIA-0205 when it stays taken for 30 seconds. */
export function runLocked<T>(path: string, work: () => T): T {
  const release = takeLock(path);
  try {
    return work();
  } finally {
    release();
  }
}

/** Waits for the lock and returns how to let go of it. Throws COAIA-0205 when it stays taken for 30 seconds. */
export function takeLock(path: string): () => void {
  const own = toOwner();
  const start = performance.now();
  while (!isTaken(path, own)) {
    breakDeadLock(path);
    if (performance.now() - start > WAIT_MS) {
      throw configErrors.create(
        'COAIA-0205',
        `The lock ${path} is held by ${readOwner(path) ?? 'nobody'}.`,
        {
          hint: `end that process, or remove ${path}`,
        },
      );
    }
    // Random, so that many waiting processes do not step on each other in rhythm.
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2 + Math.random() * 20);
  }
  return () => unlinkSync(path);
}

function isTaken(path: string, owner: string): boolean {
  try {
    if (process.platform === 'win32') writeFileSync(path, owner, { flag: 'wx' });
    else symlinkSync(owner, path);
    return true;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST') return false;
    throw configErrors.create(
      'COAIA-0206',
      `The lock ${path} cannot be made (${code ?? 'unknown'}).`,
      {
        cause: error,
      },
    );
  }
}

function readOwner(path: string): string | undefined {
  try {
    return process.platform === 'win32' ? readFileSync(path, 'utf8') : readlinkSync(path);
  } catch {
    return undefined;
  }
}

/**
 * Removes a lock whose owner has ended. Breakers exclude each other by a lock of their own, and look again
 * inside it: without that, the second of two breakers would remove the lock that the first has just taken.
 */
function breakDeadLock(path: string): void {
  const owner = readOwner(path);
  if (owner === undefined || isAlive(owner)) return;
  const breaker = `${path}.break`;
  if (!isTaken(breaker, toOwner())) {
    breakDeadLock(breaker);
    return;
  }
  try {
    if (readOwner(path) === owner) unlinkSync(path);
  } finally {
    unlinkSync(breaker);
  }
}

/** `host:pid:start`; the start time tells a process from a later one with the same id. */
function toOwner(): string {
  return `${hostname()}:${process.pid}:${readStart(process.pid) ?? ''}`;
}

function isAlive(owner: string): boolean {
  const [host, pid, start] = owner.split(':');
  // A process of another machine or container cannot be asked; only the time limit ends that wait.
  if (host !== hostname()) return true;
  try {
    process.kill(Number(pid), 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
  const now = readStart(Number(pid));
  if (now === ZOMBIE) return false;
  return now === undefined || start === '' || now === start;
}

/** Start time of a process in clock ticks since boot (proc_pid_stat(5), field 22); undefined where there is no /proc. */
function readStart(pid: number): string | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' ? ZOMBIE : fields[19];
  } catch {
    return undefined;
  }
}
