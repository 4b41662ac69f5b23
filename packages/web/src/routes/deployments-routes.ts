import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { parseDeploymentSearch, parseDeploymentsSearch } from '../deployments/search.ts';
import { projectRoute } from './project-route.tsx';

/** `/p/{project}/deployments`: the models that are served. */
export const deploymentsRoute = createRoute({
  getParentRoute: () => projectRoute,
  path: '/deployments',
  validateSearch: parseDeploymentsSearch,
  component: lazyRouteComponent(
    () => import('../deployments/list/deployments-page.tsx'),
    'DeploymentsPage',
  ),
});

/** `/p/{project}/deployments/{model}`: one model. */
export const deploymentRoute = createRoute({
  getParentRoute: () => projectRoute,
  path: '/deployments/$model',
  validateSearch: parseDeploymentSearch,
  component: lazyRouteComponent(
    () => import('../deployments/detail/deployment-page.tsx'),
    'DeploymentPage',
  ),
});
