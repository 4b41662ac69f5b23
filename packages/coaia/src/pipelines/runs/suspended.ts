/** What ends the work on a run without ending a step. */
import type { RunContext } from '#runs';

/** The end of the process, a cancelled run and what the engine itself throws are no failure of a step. */
export function throwIfOver({ signal }: Pick<RunContext, 'signal'>, error: unknown): void {
  if (signal.aborted) throw error;
  if (error instanceof Error && error.name === 'RunSuspended') throw error;
}
