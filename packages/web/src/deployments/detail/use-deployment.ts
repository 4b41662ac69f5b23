import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useEffect } from 'react';
import type { DeploymentModelDetail } from '@coaia/client';
import { addRecent } from '../../lib/preferences.ts';
import { deploymentQuery } from '../queries.ts';
import type { DeploymentSearch, DeploymentTab } from '../search.ts';
import { useDeploymentsLive } from '../use-deployments-live.ts';

const route = getRouteApi('/p/$project/deployments/$model');

type Change = { readonly [K in keyof DeploymentSearch]?: DeploymentSearch[K] | undefined };

/** The address of one model's page, and the model. */
export function useDeployment() {
  const { project, model } = route.useParams();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const query = useQuery(deploymentQuery(project, model));
  useDeploymentsLive(project, model);
  useEffect(() => {
    if (!query.isSuccess) return;
    const path = `/p/${encodeURIComponent(project)}/deployments/${encodeURIComponent(model)}`;
    addRecent({ path, label: model, kind: 'model' });
  }, [project, model, query.isSuccess]);
  const update = (change: Change) =>
    void navigate({
      search: (before: DeploymentSearch) => ({ ...before, ...change }) as DeploymentSearch,
      replace: true,
    });
  return {
    project,
    model,
    search,
    query,
    tab: search.tab ?? ('overview' as const),
    update,
    // What was chosen in one part means something else in another.
    setTab: (tab: DeploymentTab) =>
      void navigate({
        search: (tab === 'overview' ? {} : { tab }) as DeploymentSearch,
        replace: true,
      }),
  };
}

/** A model's page, once it was read. */
export interface OpenDeployment {
  readonly view: ReturnType<typeof useDeployment>;
  readonly detail: DeploymentModelDetail;
}
