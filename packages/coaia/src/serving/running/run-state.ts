/** `.ao/run.json`: what runs for a project, so that other commands find it and nobody kills a stranger. */
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { updateFile, writeWholeFile } from '#config';
import { findStartTime } from '#store';
import type { Ready } from './child-contract.ts';
import { runningFailures } from './errors.ts';

/** A process that cannot be mistaken for a later one with the same id. */
export interface ProcessMark {
  readonly pid: number;
  /** Boot and start time; null where the system does not say. */
  readonly start: string | null;
}

export interface ChildState extends ProcessMark {
  readonly name: string;
  readonly state: 'starting' | 'ready' | 'restarting' | 'failed' | 'stopped';
  readonly restarts: number;
  /** ISO 8601, of the present process. */
  readonly startedAt: string;
  readonly ready?: Ready;
}

export interface RunState {
  readonly format: 1;
  readonly project: string;
  readonly supervisor: ProcessMark;
  readonly state: 'starting' | 'ready' | 'failed';
  /** Address of the gateway once it is ready. */
  readonly url?: string;
  readonly models?: Ready['models'];
  /** ISO 8601. */
  readonly startedAt: string;
  readonly children: readonly ChildState[];
  /** Why it failed. */
  readonly reason?: string;
}

export function toStatePath(folder: string): string {
  return join(folder, '.ao', 'run.json');
}

export function markProcess(pid: number): ProcessMark {
  return { pid, start: findStartTime(pid) ?? null };
}

/** True while exactly this process lives. Where the system tells no start times, the id has to do. */
export function isAlive({ pid, start }: ProcessMark): boolean {
  // 0 and below are groups of processes to `kill`.
  if (!Number.isInteger(pid) || pid <= 0) return false;
  const now = findStartTime(pid);
  if (now !== undefined) return start === null || start === now;
  if (process.platform === 'linux') return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Sends a signal to this process and to no other. False when it is gone. */
export function signalProcess(mark: ProcessMark, signal: NodeJS.Signals): boolean {
  if (!isAlive(mark)) return false;
  try {
    process.kill(mark.pid, signal);
    return true;
  } catch {
    return false;
  }
}

/** What the file says; undefined when there is none or it is damaged. Its processes may be gone. */
export function readRunState(folder: string): RunState | undefined {
  try {
    const content = JSON.parse(readFileSync(toStatePath(folder), 'utf8')) as RunState;
    return content.format === 1 && Array.isArray(content.children) ? content : undefined;
  } catch {
    return undefined;
  }
}

/** What runs now: the state of a living supervisor. */
export function findRunning(folder: string): RunState | undefined {
  const state = readRunState(folder);
  return state !== undefined && isAlive(state.supervisor) ? state : undefined;
}

/** Makes this process the supervisor of the project. AO620 when another lives; a dead one's state is replaced. */
export function claimRun(folder: string, project: string): RunState {
  const own: RunState = {
    format: 1,
    project,
    supervisor: markProcess(process.pid),
    state: 'starting',
    startedAt: new Date().toISOString(),
    children: [],
  };
  updateFile(toStatePath(folder), () => {
    const other = findRunning(folder);
    if (other !== undefined && other.supervisor.pid !== process.pid) throw toTaken(other);
    return `${JSON.stringify(own)}\n`;
  });
  return own;
}

/** AO620: it runs already. */
export function toTaken({ project, url, supervisor }: RunState) {
  const place = url ?? `process ${supervisor.pid}, still starting`;
  return runningFailures.create('AO620', `${project} runs already: ${place}.`, {
    hint: 'ao run down',
  });
}

/** Writes the state; a full disk only makes it old. */
export function writeRunState(folder: string, state: RunState): void {
  try {
    writeWholeFile(toStatePath(folder), `${JSON.stringify(state)}\n`);
  } catch {
    // Serving goes on; `ps` shows the last state that could be written.
  }
}

/** Removes the state of a supervisor that has ended. */
export function clearRunState(folder: string): void {
  rmSync(toStatePath(folder), { force: true });
}
