import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useMemo } from 'react';
import { toShellWord } from '../../lib/copy-as.ts';
import { useServerUrl } from '../../lib/use-server-url.ts';
import { PageBar } from '../../shell/page-bar.tsx';
import { CopyAsMenu, useCopyKeys } from '../../ui/copy-as-menu.tsx';
import { EmptyState } from '../../ui/page/empty-state.tsx';
import { ErrorState } from '../../ui/page/error-state.tsx';
import { SkeletonRows } from '../../ui/panels.tsx';
import { linesQuery as datasetsQuery } from '../datasets/queries.ts';
import { words } from './messages.ts';
import { linesQuery } from './queries.ts';
import { toRunSnippet } from './run-snippet.ts';
import { RunsGrid } from './runs-grid.tsx';

const route = getRouteApi('/p/$project/experiments');

/** The runs, of all datasets or of one. */
export function ExperimentsPage() {
  const { project } = route.useParams();
  const { dataset } = route.useSearch();
  const navigate = route.useNavigate();
  const baseUrl = useServerUrl();
  const datasets = useQuery(datasetsQuery(project)).data ?? [];
  const of = dataset === undefined ? '' : ` --dataset ${toShellWord(dataset)}`;
  const call = {
    command: `coaia experiments list${of}`,
    path: `/api/v1/projects/${encodeURIComponent(project)}/experiments${dataset === undefined ? '' : `?dataset=${encodeURIComponent(dataset)}`}`,
    baseUrl,
  };
  useCopyKeys(call);
  const names = datasets.filter(({ runCount, name }) => runCount > 0 || name === dataset);
  return (
    <>
      <PageBar title={words.title}>
        {names.length === 0 ? null : (
          <select
            aria-label={words.dataset}
            className="h-7 max-w-52 rounded-md border border-field bg-bg px-1.5"
            value={dataset ?? ''}
            onChange={(event) =>
              void navigate({
                search: event.target.value === '' ? {} : { dataset: event.target.value },
              })
            }
          >
            <option value="">{words.allDatasets}</option>
            {names.map(({ id, name }) => (
              <option key={id} value={name}>
                {name}
              </option>
            ))}
          </select>
        )}
        <CopyAsMenu call={call} />
      </PageBar>
      <RunsBody project={project} dataset={dataset} />
    </>
  );
}

/** The list of runs, or why there is none. */
export function RunsBody({
  project,
  dataset,
}: {
  readonly project: string;
  readonly dataset: string | undefined;
}) {
  const query = useInfiniteQuery(linesQuery(project, dataset));
  const baseUrl = useServerUrl();
  const runs = useMemo(() => (query.data?.pages ?? []).flatMap((page) => page.data), [query.data]);
  if (query.isPending) return <SkeletonRows rows={14} />;
  if (query.isError && query.data === undefined)
    return (
      <ErrorState error={query.error} title={words.failed} onRetry={() => void query.refetch()} />
    );
  if (runs.length === 0) {
    return (
      <EmptyState
        name="experiments"
        title={words.emptyTitle}
        lead={dataset === undefined ? words.emptyLead : words.noRuns}
        snippet={toRunSnippet(baseUrl, dataset)}
        snippetLabel={words.snippetLabel}
      />
    );
  }
  return (
    <RunsGrid
      project={project}
      runs={runs}
      hasMore={query.hasNextPage}
      needMore={() => void query.fetchNextPage({ cancelRefetch: false })}
      withDataset={dataset === undefined}
    />
  );
}
