import type { ExperimentLine } from '@coaia/client';
import { useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
import { sendRequest } from '../../lib/api.ts';
import { createStore, useStore } from '../../lib/external-store.ts';
import { queryClient } from '../../lib/query-client.ts';
import { runAfterUndo } from '../../lib/undo.ts';
import { Button } from '../../ui/button.tsx';
import { DataGrid } from '../../ui/grid/data-grid.tsx';
import { useGridSelection } from '../../ui/grid/use-grid-selection.ts';
import { IconClose, IconTrash } from '../../ui/icons.ts';
import { words } from './messages.ts';
import { toExperimentsKey } from './queries.ts';
import { toRunColumns } from './run-columns.tsx';

/** Runs that are gone from the page but not yet from the store. */
const pendingRuns = createStore<ReadonlySet<string>>(new Set());

/** Runs as a list from which some can be chosen and compared. */
export function RunsGrid({
  project,
  runs: all,
  hasMore,
  needMore,
  withDataset,
}: {
  readonly project: string;
  readonly runs: readonly ExperimentLine[];
  readonly hasMore: boolean;
  readonly needMore: () => void;
  readonly withDataset: boolean;
}) {
  const navigate = useNavigate();
  const pending = useStore(pendingRuns);
  const runs = useMemo(() => all.filter(({ id }) => !pending.has(id)), [all, pending]);
  const keys = useMemo(() => runs.map(({ id }) => id), [runs]);
  const selection = useGridSelection(keys);
  const columns = useMemo(() => toRunColumns(runs, withDataset), [runs, withDataset]);
  const chosen = runs.filter(({ id }) => selection.selected.has(id));
  const compare = (list: readonly ExperimentLine[]) => {
    const [baseline, ...candidates] = list.toSorted((a, b) => (a.startTime < b.startTime ? -1 : 1));
    if (baseline === undefined) return;
    void navigate({
      to: '/p/$project/experiments/compare',
      params: { project },
      search: {
        baseline: baseline.id,
        ...(candidates.length === 0
          ? {}
          : { candidates: candidates.map(({ id }) => id).join(',') }),
      },
    });
  };
  return (
    <div className="relative flex min-h-0 flex-1 flex-col">
      <DataGrid
        label={words.title}
        rows={runs}
        columns={columns}
        toKey={(run) => run.id}
        toName={(run) => run.name}
        toMarks={(run) => ({ 'data-run': run.name })}
        selection={selection}
        hasMore={hasMore}
        needMore={needMore}
        onOpen={(run) => compare([run])}
        keys={() => [
          {
            keys: ['Mod+Enter'],
            label: words.keys.compare,
            run: () => compare(chosen),
            when: () => chosen.length > 1,
          },
        ]}
      />
      {chosen.length === 0 ? null : (
        <RunSelectionBar
          count={chosen.length}
          onCompare={() => compare(chosen)}
          onDelete={() => {
            removeRuns(
              project,
              chosen.map(({ id }) => id),
            );
            selection.clear();
          }}
          onClear={selection.clear}
        />
      )}
    </div>
  );
}

function RunSelectionBar({
  count,
  onCompare,
  onDelete,
  onClear,
}: {
  readonly count: number;
  readonly onCompare: () => void;
  readonly onDelete: () => void;
  readonly onClear: () => void;
}) {
  return (
    <div
      role="toolbar"
      aria-label={words.selected(count)}
      className="absolute bottom-4 left-1/2 z-20 flex h-10 -translate-x-1/2 items-center gap-2 rounded-lg bg-raised pr-1.5 pl-3 shadow-float"
    >
      <span className="tnum pr-1 whitespace-nowrap" role="status">
        {words.selected(count)}
      </span>
      <Button
        tone="primary"
        data-hint={words.compareHint}
        disabled={count > 10}
        onClick={onCompare}
      >
        {count === 1 ? words.compareOne : words.compare}
      </Button>
      <Button tone="danger" onClick={onDelete}>
        <IconTrash size={14} />
        {words.delete}
      </Button>
      <Button tone="ghost" square label={words.clearSelection} onClick={onClear}>
        <IconClose size={14} />
      </Button>
    </div>
  );
}

/** Takes runs off the page at once and deletes them after 8 s, unless undone. Traces stay. */
function removeRuns(project: string, ids: readonly string[]): void {
  pendingRuns.write(new Set([...pendingRuns.read(), ...ids]));
  runAfterUndo({
    said: words.deleted(ids.length),
    failed: words.deleteFailed,
    run: async (leaving) => {
      await Promise.all(
        ids.map((id) =>
          sendRequest(`/api/public/experiments/${encodeURIComponent(id)}`, {
            method: 'DELETE',
            keepalive: leaving,
          }),
        ),
      );
      if (!leaving) await queryClient.invalidateQueries({ queryKey: toExperimentsKey(project) });
    },
    settled: () => {
      const left = new Set(pendingRuns.read());
      for (const id of ids) left.delete(id);
      pendingRuns.write(left);
    },
  });
}
