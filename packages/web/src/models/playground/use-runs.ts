import { useQueryClient } from '@tanstack/react-query';
import { createStore, useStore } from '../../lib/external-store.ts';
import type { Column, Draft } from './draft.ts';
import { createRun, followRun, isOpen, type Run } from './runs.ts';
import { toRun } from './to-run.ts';

/** The runs of each column, the newest attempt only, and why a column could not run. */
export type ColumnRuns = Readonly<
  Record<string, { readonly runs: readonly Run[]; readonly fault?: string }>
>;

// Outside the component: runs go on while another page of the workbench is looked at.
const all = createStore<ColumnRuns>({});
const stops = new Map<string, AbortController>();

function update(column: string, change: (runs: readonly Run[]) => readonly Run[]): void {
  const now = all.read();
  all.write({ ...now, [column]: { runs: change(now[column]?.runs ?? []) } });
}

/** Ends the runs of a column; what had arrived stays. */
export function stopRuns(column: string): void {
  stops.get(column)?.abort();
  stops.delete(column);
}

/** Ends them and forgets what they gave. */
export function removeRuns(column: string): void {
  stopRuns(column);
  const { [column]: _, ...rest } = all.read();
  all.write(rest);
}

/** The runs of the page, and what starts them. */
export function useRuns(project: string) {
  const runs = useStore(all);
  const client = useQueryClient();
  const start = async (draft: Draft, column: Column) => {
    stopRuns(column.id);
    const call = toRun(draft, column);
    if (!call.ok) {
      all.write({ ...all.read(), [column.id]: { runs: [], fault: call.fault } });
      return;
    }
    const stop = new AbortController();
    stops.set(column.id, stop);
    const fresh = Array.from({ length: draft.repetitions }, createRun);
    all.write({ ...all.read(), [column.id]: { runs: fresh } });
    const tell = (run: Run) =>
      update(column.id, (known) => known.map((one) => (one.id === run.id ? run : one)));
    await Promise.all(
      fresh.map((run) => followRun(project, call.run, run, { signal: stop.signal, tell })),
    );
    // Lists of traces have new lines now.
    await client.invalidateQueries({ queryKey: ['traces', project], refetchType: 'none' });
  };
  const isRunning = Object.values(runs).some((one) => one.runs.some(isOpen));
  return { runs, isRunning, start };
}
