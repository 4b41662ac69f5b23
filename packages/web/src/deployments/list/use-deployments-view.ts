import { keepPreviousData, useQueries, useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { toNextOrder, toOrdered } from '../../ui/grid/grid-column.ts';
import { deploymentsQuery, statsQuery } from '../queries.ts';
import type { DeploymentsSearch } from '../search.ts';
import { deploymentOrders, type ListedModel } from './deployment-columns.tsx';

const route = getRouteApi('/p/$project/deployments');
const firstOrder = 'name.asc';

type Change = { readonly [K in keyof DeploymentsSearch]?: DeploymentsSearch[K] | undefined };

/** The address of the list of models, and what it shows. */
export function useDeploymentsView() {
  const { project } = route.useParams();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const query = useQuery({ ...deploymentsQuery(project), placeholderData: keepPreviousData });
  const all = query.data;
  const stats = useQueries({
    queries: (all ?? []).map(({ name }) => statsQuery(project, name, '15m')),
  });
  const orderBy = search.sort ?? firstOrder;
  const text = (search.q ?? '').trim().toLowerCase();
  const lines = (all ?? []).map((model, at): ListedModel => ({
    ...model,
    lately: stats[at]?.data?.total,
  }));
  const found = lines.filter(({ name, project: own, language }) =>
    [name, own, language].some((part) => part.toLowerCase().includes(text)),
  );
  const update = (change: Change, replace = false) =>
    void navigate({
      search: (before: DeploymentsSearch) => ({ ...before, ...change }) as DeploymentsSearch,
      replace,
    });
  return {
    project,
    search,
    query,
    all,
    rows: toOrdered(found, orderBy, deploymentOrders),
    orderBy,
    setText: (q: string) => update({ q: q === '' ? undefined : q }, true),
    setSort: (field: string) => {
      const next = toNextOrder(orderBy, field);
      update({ sort: next === firstOrder ? undefined : next });
    },
  };
}

/** What `useDeploymentsView` gives. */
export type DeploymentsView = ReturnType<typeof useDeploymentsView>;
