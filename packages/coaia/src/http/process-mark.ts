/** Tells processes apart although process ids are used again: id and moment of start together. */
import { readFileSync } from 'node:fs';

export interface ProcessMark {
  readonly pid: number;
  /** Boot and start time where the system tells them, otherwise empty. */
  readonly start: string;
}

/** The mark of a living process; undefined when there is none or when it is only waiting to be reaped. */
export function findProcess(pid: number): ProcessMark | undefined {
  if (!Number.isSafeInteger(pid) || pid <= 0) return undefined;
  if (process.platform !== 'linux') return isSignalable(pid) ? { pid, start: '' } : undefined;
  const stat = readText(`/proc/${pid}/stat`);
  if (stat === undefined) return undefined;
  // The name in parentheses may hold anything, so fields count from the last one on (proc(5): 3 is the state).
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const state = fields[0];
  if (state === 'Z' || state === 'X') return undefined;
  const boot = readText('/proc/sys/kernel/random/boot_id')?.trim() ?? '';
  return { pid, start: `${boot}/${fields[19] ?? ''}` };
}

/** The mark of this process. */
export function toOwnMark(): ProcessMark {
  return findProcess(process.pid) ?? { pid: process.pid, start: '' };
}

/** True while the very process that was marked lives. */
export function isRunning(mark: ProcessMark): boolean {
  return findProcess(mark.pid)?.start === mark.start;
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

function isSignalable(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
