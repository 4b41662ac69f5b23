/** Stopping what runs for a project. */
import { setTimeout as sleep } from 'node:timers/promises';
import { runningFailures } from './errors.ts';
import { clearRunState, isAlive, readRunState, signalProcess } from './run-state.ts';
import type { ProcessMark, RunState } from './run-state.ts';
import { CHILD_TIMES } from './supervised-child.ts';

/** Of a gateway and a host, one after the other. */
const PATIENCE_MS = 2 * CHILD_TIMES.graceMs + 5000;
const LOOK_MS = 20;

/** Asks the supervisor to end, and ends what a dead one left. The state that was; undefined when nothing ran. AO626. */
export async function stopRunning(
  folder: string,
  patienceMs = PATIENCE_MS,
): Promise<RunState | undefined> {
  const state = readRunState(folder);
  if (state === undefined) return undefined;
  const left = [state.supervisor, ...state.children].filter((mark) => isAlive(mark));
  if (isAlive(state.supervisor)) {
    await end([state.supervisor], 'SIGTERM', patienceMs);
  }
  await end(state.children, 'SIGKILL', 2000);
  clearRunState(folder);
  return left.length === 0 ? undefined : state;
}

async function end(
  marks: readonly ProcessMark[],
  signal: NodeJS.Signals,
  patienceMs: number,
): Promise<void> {
  for (const mark of marks) signalProcess(mark, signal);
  const deadline = performance.now() + patienceMs;
  while (marks.some((mark) => isAlive(mark))) {
    if (performance.now() > deadline) {
      const pid = marks.find((mark) => isAlive(mark))?.pid;
      throw runningFailures.create('AO626', `Process ${pid} does not end.`, {
        hint: `kill -9 ${pid}`,
      });
    }
    await sleep(LOOK_MS);
  }
}
