import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useMemo } from 'react';
import { toNextOrder, toOrdered } from '../../ui/grid/grid-column.ts';
import { pipelinesQuery } from '../queries.ts';
import { lastRunsQuery } from '../runs/queries.ts';
import { schedulesQuery } from '../schedules/queries.ts';
import type { PipelinesSearch } from '../search.ts';
import { pipelineOrders, type ListedPipeline } from './pipeline-columns.tsx';

const route = getRouteApi('/p/$project/pipelines');
/** One's own before the built-in ones. */
const firstOrder = 'source.asc';

type Change = { readonly [K in keyof PipelinesSearch]?: PipelinesSearch[K] | undefined };

/** The address of the list of pipelines, and what it shows. */
export function usePipelinesView() {
  const { project } = route.useParams();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const query = useQuery({ ...pipelinesQuery(project), placeholderData: keepPreviousData });
  const runs = useQuery(lastRunsQuery(project, 100)).data;
  const schedules = useQuery(schedulesQuery(project)).data;
  const all = query.data;
  const orderBy = search.sort ?? firstOrder;
  const text = (search.q ?? '').trim().toLowerCase();
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
  const update = (change: Change, replace = false) =>
    void navigate({
      search: (before: PipelinesSearch) => ({ ...before, ...change }) as PipelinesSearch,
      replace,
    });
  return {
    project,
    search,
    query,
    all,
    rows,
    orderBy,
    tab: search.view ?? ('pipelines' as const),
    setText: (q: string) => update({ q: q === '' ? undefined : q }, true),
    setTab: (tab: 'pipelines' | 'runs' | 'schedules') =>
      update({ view: tab === 'pipelines' ? undefined : tab }),
    setFilter: (change: Pick<Change, 'state' | 'name'>) => update(change, true),
    setSort: (field: string) => {
      const next = toNextOrder(orderBy, field);
      update({ sort: next === firstOrder ? undefined : next });
    },
  };
}

/** What `usePipelinesView` gives. */
export type PipelinesView = ReturnType<typeof usePipelinesView>;

function isFound(fields: readonly string[], text: string): boolean {
  const all = fields.join(' ').toLowerCase();
  return text.split(/\s+/).every((part) => all.includes(part));
}
