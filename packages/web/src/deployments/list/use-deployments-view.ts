import { keepPreviousData, useQueries, useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { toOrdered } from '../../ui/grid/grid-column.ts';
import { isFound, useListAddress } from '../../ui/grid/use-list-address.ts';
import { deploymentsQuery, statsQuery } from '../queries.ts';
import { useDeploymentsLive } from '../use-deployments-live.ts';
import { deploymentOrders, type ListedModel } from './deployment-columns.tsx';

const route = getRouteApi('/p/$project/deployments');
const firstOrder = 'name.asc';

/** The address of the list of models, and what it shows. */
export function useDeploymentsView() {
  const { project } = route.useParams();
  const search = route.useSearch();
  const { orderBy, text, setText, setSort } = useListAddress({
    search,
    navigate: route.useNavigate(),
    firstOrder,
  });
  useDeploymentsLive(project);
  const query = useQuery({ ...deploymentsQuery(project), placeholderData: keepPreviousData });
  const all = query.data;
  const stats = useQueries({
    queries: (all ?? []).map(({ name }) => statsQuery(project, name, '15m')),
  });
  const lines = (all ?? []).map((model, at): ListedModel => ({
    ...model,
    lately: stats[at]?.data,
  }));
  const found = lines.filter(({ name, project: own, language }) =>
    isFound([name, own, language], text),
  );
  return {
    project,
    search,
    query,
    all,
    rows: toOrdered(found, orderBy, deploymentOrders),
    orderBy,
    setText,
    setSort,
  };
}

/** What `useDeploymentsView` gives. */
export type DeploymentsView = ReturnType<typeof useDeploymentsView>;
