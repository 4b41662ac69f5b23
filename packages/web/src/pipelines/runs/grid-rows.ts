import type { RunDetail, StepState } from './run.ts';

/** A step over several runs. */
export interface GridRow {
  readonly id: string;
  readonly name: string;
  /** State per run, in the order of the runs; undefined where a run has no such step. */
  readonly states: readonly (StepState | undefined)[];
}

/** Steps by run, in the order of the newest run; steps that only older runs had come last. Runs are newest first. */
export function toGridRows(runs: readonly RunDetail[]): readonly GridRow[] {
  const names = new Map<string, string>();
  for (const run of runs) {
    for (const { id, name } of run.steps) if (!names.has(id)) names.set(id, name);
  }
  return [...names].map(([id, name]) => ({
    id,
    name,
    states: runs.map((run) => run.steps.find((step) => step.id === id)?.state),
  }));
}
