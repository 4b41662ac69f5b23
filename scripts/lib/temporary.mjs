/**
 * The temporary folder of one test run: whatever tests and the programs they start leave there goes with it.
 * Held in memory where there is room, because the stores of the tests wait for the disk more than for anything else.
 */
import {
  accessSync,
  chmodSync,
  constants,
  mkdtempSync,
  readFileSync,
  rmSync,
  statfsSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const MEMORY = '/dev/shm';
const GIB = 2 ** 30;
/** A whole run takes less than half of the room; the memory leaves as much again to programs and their models. */
const NEEDED = { folder: 2 * GIB, memory: 6 * GIB };

/** Bytes that programs may still take, or 0 where it cannot be told. */
function readFreeMemory() {
  const line = /^MemAvailable:\s+(\d+) kB$/m.exec(readFileSync('/proc/meminfo', 'utf8'));
  return Number(line?.[1] ?? 0) * 1024;
}

/** True when the folder in memory is large enough and programs may be started from it. */
function isMemoryUsable() {
  try {
    const mounts = readFileSync('/proc/mounts', 'utf8').split('\n');
    const options = mounts
      .map((line) => line.split(' '))
      .findLast((mount) => mount[1] === MEMORY)?.[3];
    if (options === undefined || options.split(',').includes('noexec')) return false;
    accessSync(MEMORY, constants.W_OK);
    const { bavail, bsize } = statfsSync(MEMORY);
    return bavail * bsize >= NEEDED.folder && readFreeMemory() >= NEEDED.memory;
  } catch {
    return false;
  }
}

/**
 * Makes the folder and names it in TMPDIR, so that this process and all that it starts use it. Short, because
 * sockets lie in it and their paths have at most 107 bytes; open to all accounts as /tmp is, because PostgreSQL
 * and sandboxes run as others. Returns `{ folder, remove }`.
 */
export function openTemporary() {
  const named = process.env.TMPDIR !== undefined;
  const folder = mkdtempSync(join(!named && isMemoryUsable() ? MEMORY : tmpdir(), 'coaia-'));
  chmodSync(folder, 0o1777);
  process.env.TMPDIR = folder;
  const remove = () => {
    try {
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    } catch (error) {
      process.stderr.write(`${folder} is left behind: ${error.message}\n`);
    }
  };
  return { folder, remove };
}
