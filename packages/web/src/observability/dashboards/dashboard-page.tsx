import type { Dashboard, DashboardWidget } from '@coaia/client';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { lazy, Suspense, useMemo, useState } from 'react';
import { useShortcuts } from '../../lib/keyboard.ts';
import { runAfterUndo } from '../../lib/undo.ts';
import { useServerUrl } from '../../lib/use-server-url.ts';
import { writeFile } from '../../lib/write-file.ts';
import { PageFrame } from '../../shell/page/page-frame.tsx';
import { Button } from '../../ui/button.tsx';
import { IconDownload, IconEdit, IconMore, IconPlus, IconTrash } from '../../ui/icons.ts';
import { Menu, MenuItem } from '../../ui/menu.tsx';
import { EmptyState } from '../../ui/page/empty-state.tsx';
import { ErrorState } from '../../ui/page/error-state.tsx';
import { TimeRange } from '../traces/time-range.tsx';
import {
  dashboardCalls,
  dashboardQuery,
  dashboardsQuery,
  refreshDashboards,
  widgetsQuery,
} from './dashboards-query.ts';
import { words } from './messages.ts';
import { TileGrid } from './tile-grid.tsx';
import { useDashboardView, type DashboardView } from './use-dashboard-view.ts';
import { useLayout } from './use-layout.ts';

const WidgetForm = lazy(async () => ({
  default: (await import('./widget-form.tsx')).WidgetForm,
}));

/** One dashboard: its tiles over a time range, and its layout while it is edited. */
export function DashboardPage() {
  const view = useDashboardView();
  const { project, dashboardId } = view;
  const query = useQuery(dashboardQuery(project, dashboardId));
  const widgets = useQuery(widgetsQuery(project)).data;
  const byId = useMemo(() => new Map((widgets ?? []).map((one) => [one.id, one])), [widgets]);
  const baseUrl = useServerUrl();
  const dashboard = query.data;
  useShortcuts(words.editing, [
    { keys: ['e'], label: words.keys.edit, run: () => view.setEditing(!view.isEditing) },
    { keys: ['n'], label: words.keys.add, run: () => view.openWidget('new') },
  ]);
  return (
    <PageFrame
      title={dashboard?.name ?? words.title}
      crumbs={[{ label: words.title, link: { to: '/p/$project/dashboards', params: { project } } }]}
      call={{
        command: `coaia dashboards export ${dashboardId}`,
        path: `/api/public/unstable/dashboards/${dashboardId}`,
        baseUrl,
      }}
      actions={dashboard === undefined ? null : <Actions view={view} dashboard={dashboard} />}
    >
      <DashboardBody view={view} query={query} widgets={widgets === undefined ? undefined : byId} />
      {view.search.widget === undefined || widgets === undefined ? null : (
        <Suspense fallback={null}>
          <WidgetForm view={view} widgets={widgets} />
        </Suspense>
      )}
    </PageFrame>
  );
}

function Actions({
  view,
  dashboard,
}: {
  readonly view: DashboardView;
  readonly dashboard: Dashboard;
}) {
  const [timeOpen, setTimeOpen] = useState(false);
  const remove = useRemove(view.project, dashboard);
  const exportFile = async () => {
    const file = await dashboardCalls.readFile(dashboard.id);
    const name = `${dashboard.name.replaceAll(/[^\w.-]+/g, '-')}.json`;
    writeFile(name, 'application/json', `${JSON.stringify(file, null, 2)}\n`);
  };
  return (
    <>
      <TimeRange
        choice={view.time}
        onChange={view.setTime}
        open={timeOpen}
        onOpenChange={setTimeOpen}
      />
      {view.isEditing ? (
        <>
          <Button onClick={() => view.openWidget('new')}>
            <IconPlus size={14} />
            <span className="max-sm:sr-only">{words.addWidget}</span>
          </Button>
          <Button tone="primary" onClick={() => view.setEditing(false)}>
            {words.done}
          </Button>
        </>
      ) : (
        <Button onClick={() => view.setEditing(true)}>
          <IconEdit size={14} />
          <span className="max-sm:sr-only">{words.edit}</span>
        </Button>
      )}
      <Menu
        renderTrigger={(props) => (
          <Button {...props} square label={words.more}>
            <IconMore size={14} />
          </Button>
        )}
      >
        <MenuItem icon={<IconDownload size={14} />} onSelect={() => void exportFile()}>
          {words.exportFile}
        </MenuItem>
        <MenuItem icon={<IconTrash size={14} />} tone="danger" onSelect={remove}>
          {words.remove}
        </MenuItem>
      </Menu>
    </>
  );
}

// The dashboard is gone from the page at once and from the server after 8 s, unless that is undone.
function useRemove(project: string, { id, name }: Dashboard): () => void {
  const client = useQueryClient();
  const navigate = useNavigate();
  return () => {
    const list = dashboardsQuery(project).queryKey;
    client.setQueryData(list, (old: readonly Dashboard[] | undefined) =>
      old?.filter((one) => one.id !== id),
    );
    void navigate({ to: '/p/$project/dashboards', params: { project } });
    runAfterUndo({
      said: words.removed(name),
      failed: words.removeFailed,
      run: (leaving) => dashboardCalls.remove(id, leaving),
      settled: () => void refreshDashboards(client, project),
    });
  };
}

function DashboardBody({
  view,
  query,
  widgets,
}: {
  readonly view: DashboardView;
  readonly query: { data?: Dashboard | undefined; error: unknown; refetch: () => unknown };
  readonly widgets: ReadonlyMap<string, DashboardWidget> | undefined;
}) {
  const dashboard = query.data;
  const layout = useLayout(view.project, dashboard);
  if (dashboard === undefined && query.error !== null)
    return (
      <ErrorState
        title={words.failedOne}
        missing={words.missing}
        error={query.error}
        onRetry={() => void query.refetch()}
      />
    );
  if (dashboard === undefined || widgets === undefined) return <GridShape />;
  if (dashboard.definition.widgets.length === 0)
    return (
      <EmptyState
        name="tiles"
        title={words.noTiles}
        action={
          <Button tone="primary" onClick={() => view.openWidget('new')}>
            {words.addWidget}
          </Button>
        }
        snippet={words.snippet}
      />
    );
  return <TileGrid view={view} dashboard={dashboard} widgets={widgets} layout={layout} />;
}

function GridShape() {
  return (
    <div
      className="grid min-h-0 flex-1 grid-cols-2 gap-3 overflow-hidden bg-surface p-3"
      aria-hidden="true"
    >
      {[0, 1, 2, 3].map((at) => (
        <div key={at} className="h-[276px] rounded-lg border border-line bg-raised" />
      ))}
    </div>
  );
}
