import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useMemo } from 'react';
import { toOrdered } from '../../ui/grid/grid-column.ts';
import { isFound, useListAddress, type AddressChange } from '../../ui/grid/use-list-address.ts';
import { pipelinesQuery } from '../queries.ts';
import { lastRunsQuery } from '../runs/queries.ts';
import { schedulesQuery } from '../schedules/queries.ts';
import type { PipelinesSearch } from '../search.ts';
import { pipelineOrders, type ListedPipeline } from './pipeline-columns.tsx';

const route = getRouteApi('/p/$project/pipelines');
/** One's own before the built-in ones. */
const firstOrder = 'source.asc';

type Change = AddressChange<PipelinesSearch>;

/** The address of the list of pipelines, and what it shows. */
export function usePipelinesView() {
  const { project } = route.useParams();
  const search = route.useSearch();
  const address = useListAddress({ search, navigate: route.useNavigate(), firstOrder });
  const { orderBy, text, update } = address;
  const query = useQuery({ ...pipelinesQuery(project), placeholderData: keepPreviousData });
  const runs = useQuery(lastRunsQuery(project, 100)).data;
  const schedules = useQuery(schedulesQuery(project)).data;
  const all = query.data;
  const rows = useMemo(() => {
    const lines = (all ?? [])
      .filter((row) => isFound([row.name, row.source, row.description ?? '', ...row.actions], text))
      .map((row): ListedPipeline => ({
        ...row,
        project,
        lastRun: runs?.find((run) => run.pipeline.name === row.name),
        nextRun: schedules
          ?.flatMap(({ template, nextAt }) => (template === row.name ? (nextAt ?? []) : []))
          .toSorted()[0],
      }));
    return toOrdered(lines, orderBy, pipelineOrders);
  }, [all, runs, schedules, project, orderBy, text]);
  return {
    project,
    search,
    query,
    all,
    rows,
    orderBy,
    tab: search.view ?? ('pipelines' as const),
    setText: address.setText,
    setSort: address.setSort,
    setTab: (tab: 'pipelines' | 'runs' | 'schedules') =>
      update({ view: tab === 'pipelines' ? undefined : tab }),
    setFilter: (change: Pick<Change, 'state' | 'name'>) => update(change, true),
  };
}

/** What `usePipelinesView` gives. */
export type PipelinesView = ReturnType<typeof usePipelinesView>;
