import { useNavigate } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import { useShortcuts } from '../../lib/keyboard.ts';
import { useServerUrl } from '../../lib/use-server-url.ts';
import { PageFrame } from '../../shell/page/page-frame.tsx';
import { Button } from '../../ui/button.tsx';
import { SearchField } from '../../ui/form/search-field.tsx';
import { DataGrid, GridSkeleton } from '../../ui/grid/data-grid.tsx';
import { IconPlus } from '../../ui/icons.ts';
import { EmptyState, NothingHere } from '../../ui/page/empty-state.tsx';
import { ErrorState } from '../../ui/page/error-state.tsx';
import { PageTabs } from '../../ui/page/tabs.tsx';
import { words } from '../messages.ts';
import { RunsTab } from '../runs/runs-tab.tsx';
import { ScheduleDialog } from '../schedules/schedule-dialog.tsx';
import { SchedulesTab } from '../schedules/schedules-tab.tsx';
import { CreateDialog } from './create-dialog.tsx';
import { pipelineColumns } from './pipeline-columns.tsx';
import { usePipelinesView, type PipelinesView } from './use-pipelines-view.ts';

const calls = {
  pipelines: ['coaia pipeline list', '/api/v1/pipelines'],
  runs: ['coaia pipeline runs list', '/api/v1/pipeline-runs?limit=100'],
  schedules: ['coaia schedule list', '/api/v1/schedules'],
} as const;

/** The pipelines of a project, their runs and their schedules. */
export function PipelinesPage() {
  const view = usePipelinesView();
  const baseUrl = useServerUrl();
  const [creating, setCreating] = useState(false);
  const create = () => setCreating(true);
  useShortcuts(words.title, [{ keys: ['n'], label: words.keys.create, run: create }]);
  const [command, path] = calls[view.tab];
  const scheduling = view.tab === 'schedules';
  return (
    <PageFrame
      title={words.title}
      detail={view.tab === 'pipelines' ? view.all?.length.toLocaleString('en') : undefined}
      call={{ command, path, baseUrl }}
      actions={
        <Button tone="primary" onClick={create}>
          <IconPlus size={14} />
          <span className="max-sm:sr-only">
            {scheduling ? words.schedules.create : words.create}
          </span>
        </Button>
      }
    >
      <PipelinesBody view={view} onCreate={create} />
      {creating && !scheduling ? (
        <CreateDialog project={view.project} onClose={() => setCreating(false)} />
      ) : null}
      {creating && scheduling ? (
        <ScheduleDialog project={view.project} onClose={() => setCreating(false)} />
      ) : null}
    </PageFrame>
  );
}

function PipelinesBody({
  view,
  onCreate,
}: {
  readonly view: PipelinesView;
  readonly onCreate: () => void;
}) {
  const input = useRef<HTMLInputElement>(null);
  const { project, search } = view;
  return (
    <PageTabs
      label={words.views}
      value={view.tab}
      onChange={view.setTab}
      aside={
        view.tab === 'pipelines' ? (
          <SearchField
            label={words.search}
            placeholder={words.searchHint}
            value={search.q ?? ''}
            onChange={view.setText}
            inputRef={input}
          />
        ) : null
      }
      tabs={[
        {
          value: 'pipelines',
          label: words.tabs.pipelines,
          render: () => <List view={view} focusQuery={() => input.current?.focus()} />,
        },
        {
          value: 'runs',
          label: words.tabs.runs,
          render: () => (
            <RunsTab
              project={project}
              filter={{ state: search.state, name: search.name }}
              names={(view.all ?? []).map(({ name }) => name)}
              onFilter={view.setFilter}
            />
          ),
        },
        {
          value: 'schedules',
          label: words.tabs.schedules,
          render: () => <SchedulesTab project={project} onCreate={onCreate} />,
        },
      ]}
    />
  );
}

function List({
  view,
  focusQuery,
}: {
  readonly view: PipelinesView;
  readonly focusQuery: () => void;
}) {
  const navigate = useNavigate();
  const { project, rows, all, query } = view;
  if (query.isError && all === undefined) {
    return (
      <ErrorState title={words.failed} error={query.error} onRetry={() => void query.refetch()} />
    );
  }
  if (all === undefined) return <GridSkeleton />;
  if (all.length === 0) {
    return (
      <EmptyState
        name="pipelines"
        title={words.emptyTitle}
        lead={words.emptyLead}
        snippet={words.emptySnippet}
        snippetLabel={words.snippetLabel}
      />
    );
  }
  if (rows.length === 0) return <NothingHere name="hits">{words.noHits}</NothingHere>;
  return (
    <DataGrid
      label={words.list}
      rows={rows}
      columns={pipelineColumns}
      toKey={({ name }) => name}
      toMarks={({ name }) => ({ 'data-pipeline': name })}
      orderBy={view.orderBy}
      onSort={view.setSort}
      focusQuery={focusQuery}
      onOpen={({ name }) =>
        void navigate({
          to: '/p/$project/pipelines/$pipelineName',
          params: { project, pipelineName: name },
        })
      }
    />
  );
}
