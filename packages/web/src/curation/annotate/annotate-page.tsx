import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useShortcuts } from '../../lib/keyboard.ts';
import { useServerUrl } from '../../lib/use-server-url.ts';
import { PageFrame } from '../../shell/page/page-frame.tsx';
import { Button, toButtonClass } from '../../ui/button.tsx';
import { DataGrid, GridSkeleton } from '../../ui/grid/data-grid.tsx';
import type { GridColumn } from '../../ui/grid/grid-column.ts';
import { IconPlus } from '../../ui/icons.ts';
import { EmptyState } from '../../ui/page/empty-state.tsx';
import { ErrorState } from '../../ui/page/error-state.tsx';
import { Time } from '../../ui/value.tsx';
import { CreateQueue } from './create-queue.tsx';
import { words } from './messages.ts';
import { configsQuery, queuesQuery, type QueueLine } from './queries.ts';

const route = getRouteApi('/p/$project/annotate');

/** The annotation queues with how far they are. */
export function AnnotatePage() {
  const { project } = route.useParams();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const query = useQuery(queuesQuery(project));
  const baseUrl = useServerUrl();
  const setDialog = (open: boolean) =>
    void navigate({ search: open ? { dialog: 'create' } : {}, replace: true });
  useShortcuts(words.title, [
    { keys: ['n'], label: words.keys.create, run: () => setDialog(true) },
  ]);
  return (
    <PageFrame
      title={words.title}
      detail={query.data?.length.toLocaleString('en')}
      call={{
        command: 'coaia queues list',
        path: '/api/public/annotation-queues',
        baseUrl,
      }}
      actions={
        <Button tone="primary" onClick={() => setDialog(true)}>
          <IconPlus size={14} />
          <span className="max-sm:sr-only">{words.create}</span>
        </Button>
      }
    >
      <QueueList project={project} query={query} onCreate={() => setDialog(true)} />
      {search.dialog === 'create' ? (
        <CreateQueue project={project} onClose={() => setDialog(false)} />
      ) : null}
    </PageFrame>
  );
}

function QueueList({
  project,
  query,
  onCreate,
}: {
  readonly project: string;
  readonly query: {
    data?: readonly QueueLine[] | undefined;
    error: unknown;
    refetch: () => unknown;
  };
  readonly onCreate: () => void;
}) {
  const navigate = useNavigate();
  const { data } = query;
  if (data === undefined && query.error !== null)
    return (
      <ErrorState title={words.failed} error={query.error} onRetry={() => void query.refetch()} />
    );
  if (data === undefined) return <GridSkeleton />;
  if (data.length === 0) return <EmptyQueues project={project} onCreate={onCreate} />;
  return (
    <DataGrid
      label={words.list}
      rows={data}
      columns={columns}
      toKey={({ id }) => id}
      toName={({ name }) => name}
      toMarks={({ name }) => ({ 'data-queue': name })}
      onOpen={({ id }) =>
        void navigate({ to: '/p/$project/annotate/$queueId', params: { project, queueId: id } })
      }
    />
  );
}

// A queue needs score configs, so the first step depends on whether there are any.
function EmptyQueues({
  project,
  onCreate,
}: {
  readonly project: string;
  readonly onCreate: () => void;
}) {
  const configs = useQuery(configsQuery(project)).data;
  const hasNone = configs?.length === 0;
  return (
    <EmptyState
      name="queues"
      title={words.emptyTitle}
      lead={hasNone ? `${words.emptyLead} ${words.needConfigs}` : words.emptyLead}
      action={
        hasNone ? (
          <Link
            to="/p/$project/scores"
            params={{ project }}
            search={{ view: 'configs' }}
            className={toButtonClass('primary')}
          >
            {words.toConfigs}
          </Link>
        ) : (
          <Button tone="primary" onClick={onCreate}>
            {words.createAction}
          </Button>
        )
      }
      {...(hasNone ? { snippet: words.snippet } : {})}
    />
  );
}

function Progress({ line }: { readonly line: QueueLine }) {
  const done = line.total - line.pending;
  return (
    <span className="flex w-full items-center gap-2">
      <span className="h-1.5 flex-1 overflow-hidden rounded-full bg-hover" aria-hidden="true">
        <span
          className="block h-full bg-accent"
          style={{ width: `${line.total === 0 ? 0 : (done / line.total) * 100}%` }}
        />
      </span>
      <span className="tnum shrink-0 text-xs text-muted">{`${done}/${line.total}`}</span>
    </span>
  );
}

const columns: readonly GridColumn<QueueLine>[] = [
  {
    key: 'name',
    name: words.name,
    width: 160,
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
    key: 'scores',
    name: words.scores,
    width: 60,
    right: true,
    rank: 3,
    render: ({ scoreConfigIds }) => <span className="tnum">{scoreConfigIds.length}</span>,
  },
  {
    key: 'pending',
    name: words.pending,
    width: 70,
    right: true,
    rank: 1,
    render: ({ pending }) => <span className="tnum">{pending}</span>,
  },
  {
    key: 'progress',
    name: words.progress,
    width: 140,
    rank: 2,
    render: (line) => <Progress line={line} />,
  },
  {
    key: 'made',
    name: words.made,
    width: 100,
    rank: 4,
    render: ({ createdAt }) => <Time iso={createdAt} className="text-muted" />,
  },
];
