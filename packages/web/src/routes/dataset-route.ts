import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { parseDatasetSearch } from '../curation/datasets/search.ts';
import { projectRoute } from './project-route.tsx';

/** `/p/{project}/datasets/{name}`: one dataset. */
export const datasetRoute = createRoute({
  getParentRoute: () => projectRoute,
  path: '/datasets/$datasetName',
  validateSearch: parseDatasetSearch,
  component: lazyRouteComponent(
    () => import('../curation/datasets/dataset-page.tsx'),
    'DatasetPage',
  ),
});
