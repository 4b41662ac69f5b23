import type { Task } from '@coaia/client';
import { useServerUrl } from '../lib/use-server-url.ts';
import { PageFrame } from '../shell/page/page-frame.tsx';
import { Button } from '../ui/button.tsx';
import { DataGrid, GridSkeleton } from '../ui/grid/data-grid.tsx';
import { EmptyState, NothingHere } from '../ui/page/empty-state.tsx';
import { ErrorState } from '../ui/page/error-state.tsx';
import { PageTabs } from '../ui/page/tabs.tsx';
import { words } from './messages.ts';
import { toTasksPath } from './queries.ts';
import type { TasksView } from './search.ts';
import { toTaskColumns } from './task-columns.tsx';
import { TaskPanel } from './task-panel.tsx';
import { useTasks, type TasksPageView } from './use-tasks.ts';

const views: readonly TasksView[] = ['open', 'failed', 'ended', 'all'];

/** Whatever runs in the background: what waits, who works, what failed and when it is tried again. */
export function TasksPage() {
  const page = useTasks();
  const baseUrl = useServerUrl();
  const chosen = page.rows?.find(({ id }) => id === page.search.task);
  const failed = page.view === 'failed' && (page.rows?.length ?? 0) > 0;
  return (
    <PageFrame
      title={words.title}
      detail={toDetail(page)}
      call={{ command: 'coaia tasks list', path: toTasksPath(page.view), baseUrl }}
      actions={
        failed ? (
          <Button onClick={() => page.acts.retryAll()}>{words.retryShown}</Button>
        ) : undefined
      }
    >
      <PageTabs<TasksView>
        label={words.views}
        value={page.view}
        onChange={page.setView}
        tabs={views.map((value) => ({
          value,
          label: words.tabs[value],
          render: () => (
            <div className="flex min-h-0 flex-1 max-md:flex-col">
              <div className="flex min-h-0 min-w-0 flex-1 flex-col">
                <TaskList page={page} />
              </div>
              {chosen === undefined ? null : (
                <TaskPanel
                  project={page.project}
                  task={chosen}
                  acts={page.acts}
                  onClose={() => page.setTask(undefined)}
                />
              )}
            </div>
          ),
        }))}
      />
    </PageFrame>
  );
}

function toDetail({ rows, query }: TasksPageView): string | undefined {
  if (rows === undefined) return undefined;
  return `${rows.length.toLocaleString('en')}${query.hasNextPage ? '+' : ''}`;
}

function TaskList({ page }: { readonly page: TasksPageView }) {
  const { query, rows, view } = page;
  if (query.isError && rows === undefined) {
    return (
      <ErrorState title={words.failed} error={query.error} onRetry={() => void query.refetch()} />
    );
  }
  if (rows === undefined) return <GridSkeleton />;
  if (rows.length === 0) {
    return view === 'open' || view === 'all' ? (
      <EmptyState name="tasks" title={words.emptyTitle} lead={words.emptyLead} />
    ) : (
      <NothingHere name="hits">{words.noHits}</NothingHere>
    );
  }
  return (
    <DataGrid<Task>
      label={words.label}
      rows={rows}
      columns={toTaskColumns(page.acts)}
      toKey={({ id }) => id}
      toName={({ name }) => name}
      toMarks={({ id }) => ({ 'data-task': id })}
      hasMore={query.hasNextPage}
      needMore={() => void query.fetchNextPage()}
      onOpen={({ id }) => page.setTask(id === page.search.task ? undefined : id)}
    />
  );
}
