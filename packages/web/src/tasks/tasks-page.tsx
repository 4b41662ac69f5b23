import type { Task } from '@coaia/client';
import { useServerUrl } from '../lib/use-server-url.ts';
import { PageFrame } from '../shell/page/page-frame.tsx';
import { Button } from '../ui/button.tsx';
import { DataGrid, GridSkeleton } from '../ui/grid/data-grid.tsx';
import { IconChevronDown } from '../ui/icons.ts';
import { Menu, MenuItem } from '../ui/menu.tsx';
import { EmptyState, NothingHere } from '../ui/page/empty-state.tsx';
import { ErrorState } from '../ui/page/error-state.tsx';
import { PageTabs } from '../ui/page/tabs.tsx';
import { words } from './messages.ts';
import { toTasksCommand, toTasksPath } from './queries.ts';
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
      call={{ command: toTasksCommand(page.view), path: toTasksPath(page.view), baseUrl }}
      actions={
        <>
          {failed ? <Button onClick={() => page.acts.retryAll()}>{words.retryShown}</Button> : null}
          <QueueMenu page={page} />
        </>
      }
    >
      <PausedBar page={page} />
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

/** Pausing by kind of task: the kinds that are seen, and pipelines in any case. */
function QueueMenu({ page: { rows, paused, acts } }: { readonly page: TasksPageView }) {
  const queues = new Set(['pipeline', ...paused, ...(rows ?? []).map(({ kind }) => kind)]);
  return (
    <Menu
      align="end"
      renderTrigger={(props) => (
        <Button {...props}>
          {words.queues}
          <IconChevronDown size={14} />
        </Button>
      )}
    >
      {[...queues].map((queue) => (
        <MenuItem key={queue} onSelect={() => acts.setPaused(queue, !paused.includes(queue))}>
          {paused.includes(queue) ? words.resume(queue) : words.pause(queue)}
        </MenuItem>
      ))}
    </Menu>
  );
}

function PausedBar({ page: { paused, acts } }: { readonly page: TasksPageView }) {
  if (paused.length === 0) return null;
  return (
    <div
      role="status"
      className="flex min-h-10 shrink-0 flex-wrap items-center gap-2 border-b border-line bg-surface px-4 py-1.5"
      data-paused={paused.join(' ')}
    >
      <span className="min-w-0 flex-1 text-pretty text-warn">
        {words.pausedNow(paused.join(', '))}
      </span>
      {paused.map((queue) => (
        <Button key={queue} onClick={() => acts.setPaused(queue, false)}>
          {words.resume(queue)}
        </Button>
      ))}
    </div>
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
