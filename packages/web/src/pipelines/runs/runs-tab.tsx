import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { SelectField } from '../../ui/form/fields.tsx';
import { DataGrid, GridSkeleton } from '../../ui/grid/data-grid.tsx';
import { EmptyState, NothingHere } from '../../ui/page/empty-state.tsx';
import { ErrorState } from '../../ui/page/error-state.tsx';
import { words } from '../messages.ts';
import { runsQuery, type RunsFilter } from './queries.ts';
import type { Run, RunState } from './run.ts';
import { ownRunColumns, runColumns } from './run-columns.tsx';

const part = words.runs;
const states: readonly RunState[] = [
  'queued',
  'running',
  'waiting',
  'succeeded',
  'failed',
  'cancelled',
];

/** The runs of all pipelines, narrowed by state and pipeline. */
export function RunsTab({
  project,
  filter,
  names,
  onFilter,
}: {
  readonly project: string;
  readonly filter: RunsFilter;
  readonly names: readonly string[];
  readonly onFilter: (change: {
    readonly state?: string | undefined;
    readonly name?: string | undefined;
  }) => void;
}) {
  return (
    <>
      <div className="flex shrink-0 flex-wrap items-end gap-3 border-b border-line px-4 py-2">
        <SelectField
          label={part.state}
          className="w-36"
          value={filter.state ?? ''}
          options={[
            { value: '', label: part.anyState },
            ...states.map((state) => ({ value: state, label: words.state[state] })),
          ]}
          onChange={(state) => onFilter({ state: state === '' ? undefined : state })}
        />
        <SelectField
          label={part.pipeline}
          className="w-52"
          value={filter.name ?? ''}
          options={[
            { value: '', label: part.anyPipeline },
            ...toNames(names, filter.name).map((name) => ({ value: name, label: name })),
          ]}
          onChange={(name) => onFilter({ name: name === '' ? undefined : name })}
        />
      </div>
      <RunsList project={project} filter={filter} />
    </>
  );
}

/** Runs as a list that reads on when its end is near. */
export function RunsList({
  project,
  filter,
  own = false,
}: {
  readonly project: string;
  readonly filter: RunsFilter;
  /** All are of the pipeline whose page this is. */
  readonly own?: boolean;
}) {
  const navigate = useNavigate();
  const query = useInfiniteQuery({
    ...runsQuery(project, filter),
    placeholderData: keepPreviousData,
  });
  if (query.isError && query.data === undefined) {
    return (
      <ErrorState title={part.failed} error={query.error} onRetry={() => void query.refetch()} />
    );
  }
  if (query.data === undefined) return <GridSkeleton />;
  const rows = query.data.pages.flatMap(({ data }): readonly Run[] => data);
  if (rows.length === 0) return <NoRuns filter={filter} own={own} />;
  return (
    <DataGrid
      label={part.label}
      rows={rows}
      columns={own ? ownRunColumns : runColumns}
      toKey={({ id }) => id}
      toName={({ id }) => id}
      toMarks={({ id }) => ({ 'data-run': id })}
      hasMore={query.hasNextPage}
      needMore={() => void query.fetchNextPage()}
      onOpen={({ id }) =>
        void navigate({ to: '/p/$project/pipelines/runs/$runId', params: { project, runId: id } })
      }
    />
  );
}

function NoRuns({ filter, own }: { readonly filter: RunsFilter; readonly own: boolean }) {
  const narrowed = filter.state !== undefined || filter.name !== undefined;
  if (own) return <NothingHere name="runs">{part.empty}</NothingHere>;
  if (narrowed) return <NothingHere name="hits">{part.noHits}</NothingHere>;
  return (
    <EmptyState
      name="runs"
      title={part.emptyTitle}
      lead={part.emptyLead}
      snippet={words.emptySnippet}
      snippetLabel={words.snippetLabel}
    />
  );
}

function toNames(names: readonly string[], chosen: string | undefined): readonly string[] {
  return chosen === undefined || names.includes(chosen) ? names : [chosen, ...names];
}
