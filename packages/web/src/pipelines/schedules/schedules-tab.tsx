import type { Schedule } from '@coaia/client';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { addToast } from '../../lib/toasts.ts';
import { runAfterUndo } from '../../lib/undo.ts';
import { Button } from '../../ui/button.tsx';
import { DataGrid, GridSkeleton } from '../../ui/grid/data-grid.tsx';
import { EmptyState } from '../../ui/page/empty-state.tsx';
import { ErrorState } from '../../ui/page/error-state.tsx';
import { words } from '../messages.ts';
import { HistoryDialog } from './history-dialog.tsx';
import { scheduleCalls, schedulesQuery, toSchedulesKey } from './queries.ts';
import { toScheduleColumns, type ScheduleActs } from './schedule-columns.tsx';
import { ScheduleDialog } from './schedule-dialog.tsx';

const part = words.schedules;

/** The schedules of a project: when each starts what, and how to hold it. */
export function SchedulesTab({
  project,
  onCreate,
}: {
  readonly project: string;
  readonly onCreate: () => void;
}) {
  const query = useQuery(schedulesQuery(project));
  const [editing, setEditing] = useState<Schedule>();
  const [history, setHistory] = useState<Schedule>();
  const { acts, hidden } = useScheduleActs(project, setEditing, setHistory);
  if (query.isError && query.data === undefined) {
    return (
      <ErrorState title={part.failed} error={query.error} onRetry={() => void query.refetch()} />
    );
  }
  if (query.data === undefined) return <GridSkeleton />;
  const rows = query.data.filter(({ id }) => !hidden.has(id));
  return (
    <>
      {rows.length === 0 ? (
        <EmptyState
          name="schedules"
          title={part.emptyTitle}
          lead={part.emptyLead}
          action={
            <Button tone="primary" onClick={onCreate}>
              {part.create}
            </Button>
          }
          snippet={part.emptySnippet}
          snippetLabel={part.create}
        />
      ) : (
        <DataGrid
          label={part.label}
          rows={rows}
          columns={toScheduleColumns(project, acts)}
          toKey={({ id }) => id}
          toName={({ name }) => name}
          toMarks={({ name }) => ({ 'data-schedule': name })}
          onOpen={setEditing}
        />
      )}
      {editing === undefined ? null : (
        <ScheduleDialog
          project={project}
          schedule={editing}
          onClose={() => setEditing(undefined)}
        />
      )}
      {history === undefined ? null : (
        <HistoryDialog project={project} schedule={history} onClose={() => setHistory(undefined)} />
      )}
    </>
  );
}

function useScheduleActs(
  project: string,
  onEdit: (schedule: Schedule) => void,
  onHistory: (schedule: Schedule) => void,
): { readonly acts: ScheduleActs; readonly hidden: ReadonlySet<string> } {
  const client = useQueryClient();
  const navigate = useNavigate();
  const [hidden, setHidden] = useState<ReadonlySet<string>>(new Set());
  const refresh = () => client.invalidateQueries({ queryKey: toSchedulesKey(project) });
  const act = async (work: () => Promise<unknown>, said: string) => {
    try {
      await work();
      addToast({ text: said });
    } catch (error) {
      addToast({ text: error instanceof Error ? error.message : part.saveFailed, tone: 'error' });
    }
    await refresh();
  };
  return {
    hidden,
    acts: {
      edit: onEdit,
      history: onHistory,
      pause: ({ id }) => void act(() => scheduleCalls.pause(id), part.pausedSaid),
      resume: ({ id }) => void act(() => scheduleCalls.resume(id), part.resumedSaid),
      runNow: ({ id }) =>
        void act(async () => {
          const { id: runId } = await scheduleCalls.runNow(id);
          void navigate({ to: '/p/$project/pipelines/runs/$runId', params: { project, runId } });
        }, words.form.started),
      remove: ({ id }) => {
        setHidden(new Set([...hidden, id]));
        runAfterUndo({
          said: part.removed,
          failed: part.removeFailed,
          run: (leaving) => scheduleCalls.remove(id, leaving),
          settled: () => {
            void refresh().then(() =>
              setHidden((before) => new Set([...before].filter((one) => one !== id))),
            );
          },
        });
      },
    },
  };
}
