import type { Dashboard } from '@coaia/client';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useShortcuts } from '../../lib/keyboard.ts';
import { addToast } from '../../lib/toasts.ts';
import { useServerUrl } from '../../lib/use-server-url.ts';
import { readFiles } from '../../lib/write-file.ts';
import { PageFrame } from '../../shell/page/page-frame.tsx';
import { Button } from '../../ui/button.tsx';
import { DataGrid, GridSkeleton } from '../../ui/grid/data-grid.tsx';
import type { GridColumn } from '../../ui/grid/grid-column.ts';
import { IconChevronDown, IconPlus, IconUpload } from '../../ui/icons.ts';
import { Menu, MenuItem, MenuLine } from '../../ui/menu.tsx';
import { EmptyState } from '../../ui/page/empty-state.tsx';
import { ErrorState } from '../../ui/page/error-state.tsx';
import { Time } from '../../ui/value.tsx';
import {
  dashboardCalls,
  dashboardsQuery,
  readyQuery,
  refreshDashboards,
} from './dashboards-query.ts';
import { words } from './messages.ts';

const route = getRouteApi('/p/$project/dashboards');

/** The dashboards of a project. */
export function DashboardsPage() {
  const { project } = route.useParams();
  const query = useQuery(dashboardsQuery(project));
  const baseUrl = useServerUrl();
  const make = useMakeDashboard(project);
  useShortcuts(words.title, [{ keys: ['n'], label: words.newEmpty, run: make.empty }]);
  const path = '/api/public/unstable/dashboards?limit=100';
  return (
    <PageFrame
      title={words.title}
      detail={query.data?.length.toLocaleString('en')}
      call={{ command: 'coaia dashboards list', path, baseUrl }}
      actions={<AddMenu make={make} />}
    >
      <DashboardList project={project} query={query} make={make} />
    </PageFrame>
  );
}

type Make = ReturnType<typeof useMakeDashboard>;

/** The ways to a new dashboard; each opens what it made. */
function useMakeDashboard(project: string) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const [busy, setBusy] = useState(false);
  const run = async (create: () => Promise<Dashboard | undefined>, said?: string) => {
    setBusy(true);
    try {
      const made = await create();
      if (made === undefined) return;
      await refreshDashboards(client, project);
      if (said !== undefined) addToast({ text: words.imported(made.name) });
      const params = { project, dashboardId: made.id };
      void navigate({ to: '/p/$project/dashboards/$dashboardId', params });
    } catch (error) {
      addToast({ text: error instanceof Error ? error.message : words.saveFailed, tone: 'error' });
    } finally {
      setBusy(false);
    }
  };
  return {
    busy,
    ready: (name: string) => void run(() => dashboardCalls.addReady(name)),
    empty: () => void run(() => dashboardCalls.create(words.untitled)),
    fromFile: () => void run(importFile, 'imported'),
  };
}

async function importFile(): Promise<Dashboard | undefined> {
  const [file] = await readFiles('.json,application/json');
  if (file === undefined) return undefined;
  let content: unknown;
  try {
    content = JSON.parse(file.text);
  } catch (error) {
    throw new Error(words.notJson, { cause: error });
  }
  return dashboardCalls.importFile(content);
}

function AddMenu({ make }: { readonly make: Make }) {
  const ready = useQuery(readyQuery).data ?? [];
  return (
    <Menu
      renderTrigger={(props) => (
        <Button {...props} tone="primary" disabled={make.busy}>
          <IconPlus size={14} />
          <span className="max-sm:sr-only">{words.add}</span>
          <IconChevronDown size={14} />
        </Button>
      )}
    >
      {ready.map(({ name, title, widgets }) => (
        <MenuItem key={name} detail={words.tiles(widgets)} onSelect={() => make.ready(name)}>
          {title}
        </MenuItem>
      ))}
      <MenuLine />
      <MenuItem icon={<IconPlus size={14} />} detail="n" onSelect={make.empty}>
        {words.newEmpty}
      </MenuItem>
      <MenuItem icon={<IconUpload size={14} />} onSelect={make.fromFile}>
        {words.importFile}
      </MenuItem>
    </Menu>
  );
}

function DashboardList({
  project,
  query,
  make,
}: {
  readonly project: string;
  readonly query: {
    data?: readonly Dashboard[] | undefined;
    error: unknown;
    refetch: () => unknown;
  };
  readonly make: Make;
}) {
  const navigate = useNavigate();
  const { data } = query;
  if (data === undefined && query.error !== null)
    return (
      <ErrorState title={words.failed} error={query.error} onRetry={() => void query.refetch()} />
    );
  if (data === undefined) return <GridSkeleton />;
  if (data.length === 0) return <EmptyDashboards make={make} />;
  return (
    <DataGrid
      label={words.list}
      rows={data}
      columns={columns}
      toKey={({ id }) => id}
      toName={({ name }) => name}
      onOpen={({ id }) =>
        void navigate({
          to: '/p/$project/dashboards/$dashboardId',
          params: { project, dashboardId: id },
        })
      }
    />
  );
}

function EmptyDashboards({ make }: { readonly make: Make }) {
  const ready = useQuery(readyQuery).data ?? [];
  return (
    <EmptyState
      name="dashboards"
      title={words.emptyTitle}
      lead={words.emptyLead}
      action={
        <>
          {ready.map(({ name, title }, at) => (
            <Button
              key={name}
              tone={at === 0 ? 'primary' : 'plain'}
              disabled={make.busy}
              onClick={() => make.ready(name)}
            >
              {words.addReady(title)}
            </Button>
          ))}
          <Button disabled={make.busy} onClick={make.empty}>
            {words.newEmpty}
          </Button>
          <Button disabled={make.busy} onClick={make.fromFile}>
            {words.importFile}
          </Button>
        </>
      }
      snippet={words.snippet}
    />
  );
}

const columns: readonly GridColumn<Dashboard>[] = [
  {
    key: 'name',
    name: words.name,
    width: 180,
    grow: 3,
    rank: 0,
    render: ({ name, description }) => (
      <span className="truncate">
        <span className="font-medium">{name}</span>
        <span className="ml-2 text-muted">{description}</span>
      </span>
    ),
  },
  {
    key: 'widgets',
    name: words.widgets,
    width: 70,
    right: true,
    rank: 1,
    render: ({ definition }) => <span className="tnum">{definition.widgets.length}</span>,
  },
  {
    key: 'changed',
    name: words.changed,
    width: 110,
    rank: 2,
    render: ({ updatedAt }) => <Time iso={updatedAt} className="text-muted" />,
  },
];
