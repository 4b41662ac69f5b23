import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { parseDatasetSearch, parseDatasetsSearch } from '../curation/datasets/search.ts';
import { projectRoute } from './project-route.tsx';

/** `/p/{project}/datasets`: the datasets in their folders. */
export const datasetsRoute = createRoute({
  getParentRoute: () => projectRoute,
  path: '/datasets',
  validateSearch: parseDatasetsSearch,
  component: lazyRouteComponent(
    () => import('../curation/datasets/datasets-page.tsx'),
    'DatasetsPage',
  ),
});

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
