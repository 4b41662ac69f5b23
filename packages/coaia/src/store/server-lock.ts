/**
 * `server.json` in the home: which process serves this store. It is believed only while that very process
 * lives: the start time is compared too, because process numbers are used again, and a zombie counts as dead.
 */
import { randomBytes } from 'node:crypto';
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { storeErrors } from './errors.ts';

export interface ServerAddress {
  readonly url: string;
  readonly port: number;
}

/** `url` and `port` are null until the server listens. */
export interface RunningServer {
  readonly pid: number;
  /** Boot and clock tick at which the process began; null where the system does not tell. */
  readonly startTime: string | null;
  readonly url: string | null;
  readonly port: number | null;
}

export interface ServerLock {
  /** Writes the address down once the server listens. */
  publish(address: ServerAddress): void;
  release(): void;
}

/** Claims the home for this process. Throws COAIA-0113 when another living process has it. */
export function openServerLock(home: string): ServerLock {
  const path = toLockPath(home);
  const mine: RunningServer = {
    pid: process.pid,
    startTime: findStartTime(process.pid) ?? null,
    url: null,
    port: null,
  };
  claim(path, mine);
  return {
    publish: (address) => replace(path, { ...mine, ...address }),
    release() {
      if (isSame(readLock(path), mine)) rmSync(path, { force: true });
    },
  };
}

/** The living server of this home, or undefined. */
export function readServerLock(home: string): RunningServer | undefined {
  const lock = readLock(toLockPath(home));
  return lock !== undefined && isAlive(lock) ? lock : undefined;
}

function toLockPath(home: string): string {
  return join(home, 'server.json');
}

function claim(path: string, mine: RunningServer): void {
  const temporary = writeTemporary(path, mine);
  try {
    for (let tries = 0; tries < 10; tries++) {
      if (linkIfFree(temporary, path)) return;
      const other = readLock(path);
      if (other !== undefined && isAlive(other)) throw toTakenError(other);
      removeDead(path, other);
    }
  } finally {
    rmSync(temporary, { force: true });
  }
  throw storeErrors.create('COAIA-0108', `${path} cannot be claimed; remove it if no server runs.`);
}

function toTakenError(other: RunningServer) {
  return storeErrors.create(
    'COAIA-0113',
    `A Coaia server (process ${other.pid}${other.url === null ? '' : `, ${other.url}`}) already runs on this home.`,
    { hint: 'coaia down' },
  );
}

function linkIfFree(temporary: string, path: string): boolean {
  try {
    linkSync(temporary, path);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
}

/** Takes a dead server's file away; if another process put a living one there meanwhile, that one goes back. */
function removeDead(path: string, dead: RunningServer | undefined): void {
  const aside = `${path}.${process.pid}.dead`;
  try {
    renameSync(path, aside);
  } catch {
    return;
  }
  const taken = readLock(aside);
  if (taken !== undefined && !isSame(taken, dead) && isAlive(taken)) linkIfFree(aside, path);
  rmSync(aside, { force: true });
}

function replace(path: string, lock: RunningServer): void {
  renameSync(writeTemporary(path, lock), path);
}

function writeTemporary(path: string, lock: RunningServer): string {
  const temporary = `${path}.${process.pid}-${randomBytes(4).toString('hex')}`;
  writeFileSync(temporary, `${JSON.stringify(lock)}\n`, { mode: 0o600, flag: 'wx' });
  return temporary;
}

/** A damaged lock file says nothing about anybody and is treated as absent. */
function readLock(path: string): RunningServer | undefined {
  try {
    const value = JSON.parse(readFileSync(path, 'utf8')) as Partial<RunningServer> | null;
    if (typeof value?.pid !== 'number') return undefined;
    return {
      pid: value.pid,
      startTime: typeof value.startTime === 'string' ? value.startTime : null,
      url: typeof value.url === 'string' ? value.url : null,
      port: typeof value.port === 'number' ? value.port : null,
    };
  } catch {
    return undefined;
  }
}

function isSame(left: RunningServer | undefined, right: RunningServer | undefined): boolean {
  return left?.pid === right?.pid && left?.startTime === right?.startTime;
}

function isAlive(lock: RunningServer): boolean {
  const startTime = findStartTime(lock.pid);
  if (startTime !== undefined) return lock.startTime === null || lock.startTime === startTime;
  if (process.platform === 'linux') return false;
  try {
    process.kill(lock.pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** Start of a process by /proc (proc(5): state is field 3, starttime field 22); undefined when dead or unknown. */
export function findStartTime(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (fields[0] === 'Z' || fields[0] === 'X') return undefined;
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'latin1').trim();
    return `${boot}:${fields[19]}`;
  } catch {
    return undefined;
  }
}
