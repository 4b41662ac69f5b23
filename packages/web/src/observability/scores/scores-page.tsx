import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useServerUrl } from '../../lib/use-server-url.ts';
import { PageFrame } from '../../shell/page/page-frame.tsx';
import { Button } from '../../ui/button.tsx';
import { DataGrid, GridSkeleton } from '../../ui/grid/data-grid.tsx';
import type { GridColumn } from '../../ui/grid/grid-column.ts';
import { IconPlus } from '../../ui/icons.ts';
import { EmptyState } from '../../ui/page/empty-state.tsx';
import { ErrorState } from '../../ui/page/error-state.tsx';
import { PageTabs } from '../../ui/page/tabs.tsx';
import { Time } from '../../ui/value.tsx';
import { ConfigsTab } from './configs-tab.tsx';
import { CreateConfig } from './create-config.tsx';
import { words } from './messages.ts';
import { printScore } from './print-score.ts';
import { scoreLinesQuery, type ScoreLine } from './queries.ts';
import type { ScoresSearch } from './scores-search.ts';

const route = getRouteApi('/p/$project/scores');

/** The scores that were given, and the configs that say which values are allowed. */
export function ScoresPage() {
  const { project } = route.useParams();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const baseUrl = useServerUrl();
  const update = (next: ScoresSearch) => void navigate({ search: next, replace: true });
  const isConfigs = search.view === 'configs';
  const setDialog = (open: boolean) =>
    update({ ...(isConfigs ? { view: 'configs' } : {}), ...(open ? { dialog: 'create' } : {}) });
  const call = isConfigs
    ? { command: 'coaia fuse score-configs list', path: '/api/public/score-configs', baseUrl }
    : { command: 'coaia fuse scores list', path: '/api/public/v3/scores', baseUrl };
  return (
    <PageFrame
      title={words.title}
      call={call}
      actions={
        <Button tone={isConfigs ? 'primary' : 'plain'} onClick={() => setDialog(true)}>
          <IconPlus size={14} />
          <span className="max-sm:sr-only">{words.makeConfig}</span>
        </Button>
      }
    >
      <PageTabs
        label={words.tabs}
        value={isConfigs ? 'configs' : 'given'}
        onChange={(tab) => update(tab === 'configs' ? { view: 'configs' } : {})}
        tabs={[
          {
            value: 'given',
            label: words.given,
            render: () => <GivenScores project={project} onCreate={() => setDialog(true)} />,
          },
          {
            value: 'configs',
            label: words.configs,
            render: () => <ConfigsTab project={project} onCreate={() => setDialog(true)} />,
          },
        ]}
      />
      {search.dialog === 'create' ? (
        <CreateConfig project={project} onClose={() => setDialog(false)} />
      ) : null}
    </PageFrame>
  );
}

function GivenScores({
  project,
  onCreate,
}: {
  readonly project: string;
  readonly onCreate: () => void;
}) {
  const query = useQuery(scoreLinesQuery(project));
  const navigate = useNavigate();
  const { data } = query;
  if (data === undefined && query.isError)
    return (
      <ErrorState title={words.failed} error={query.error} onRetry={() => void query.refetch()} />
    );
  if (data === undefined) return <GridSkeleton />;
  if (data.length === 0)
    return (
      <EmptyState
        name="scores"
        title={words.emptyTitle}
        lead={words.emptyLead}
        action={
          <Button tone="primary" onClick={onCreate}>
            {words.makeConfig}
          </Button>
        }
        snippet={words.snippet}
      />
    );
  return (
    <DataGrid
      label={words.given}
      rows={data}
      columns={columns}
      toKey={({ name, dataType }) => `${dataType} ${name}`}
      toName={({ name }) => name}
      toMarks={({ name }) => ({ 'data-score': name })}
      onOpen={({ name, dataType }) =>
        void navigate({
          to: '/p/$project/scores/$scoreName',
          params: { project, scoreName: name },
          search: { type: dataType },
        })
      }
    />
  );
}

function listSources({ sources }: ScoreLine): string {
  return Object.entries(sources)
    .toSorted(([, a], [, b]) => b - a)
    .map(([source, count]) => {
      const name = words.sourceNames[source as keyof typeof words.sourceNames];
      return `${name} ${count.toLocaleString('en')}`;
    })
    .join(', ');
}

function toRange({ minimum, maximum }: ScoreLine): string {
  return minimum === null ? '' : `${printScore(minimum)} – ${printScore(maximum)}`;
}

const columns: readonly GridColumn<ScoreLine>[] = [
  {
    key: 'name',
    name: words.name,
    width: 150,
    grow: 2,
    rank: 0,
    render: ({ name }) => <span className="truncate font-medium">{name}</span>,
  },
  {
    key: 'type',
    name: words.type,
    width: 90,
    rank: 3,
    render: ({ dataType }) => <span className="text-muted">{words.types[dataType]}</span>,
  },
  {
    key: 'count',
    name: words.count,
    width: 70,
    right: true,
    rank: 1,
    render: ({ count }) => <span className="tnum">{count.toLocaleString('en')}</span>,
  },
  {
    key: 'mean',
    name: words.mean,
    width: 70,
    right: true,
    rank: 2,
    render: ({ mean }) => <span className="tnum">{printScore(mean)}</span>,
  },
  {
    key: 'range',
    name: words.range,
    width: 100,
    right: true,
    rank: 5,
    render: (line) => <span className="tnum text-muted">{toRange(line)}</span>,
  },
  {
    key: 'sources',
    name: words.sources,
    width: 150,
    grow: 1,
    rank: 6,
    render: (line) => <span className="truncate text-muted">{listSources(line)}</span>,
  },
  {
    key: 'last',
    name: words.last,
    width: 100,
    rank: 4,
    render: ({ lastAt }) => <Time iso={lastAt} className="text-muted" />,
  },
];
