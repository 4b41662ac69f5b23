import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { parsePipelineSearch, parsePipelinesSearch, parseRunSearch } from '../pipelines/search.ts';
import { parseTasksSearch } from '../tasks/search.ts';
import { projectRoute } from './project-route.tsx';

/** `/p/{project}/pipelines`: the pipelines, their runs, their schedules. */
export const pipelinesRoute = createRoute({
  getParentRoute: () => projectRoute,
  path: '/pipelines',
  validateSearch: parsePipelinesSearch,
  component: lazyRouteComponent(
    () => import('../pipelines/list/pipelines-page.tsx'),
    'PipelinesPage',
  ),
});

/** `/p/{project}/pipelines/{name}`: one pipeline. */
export const pipelineRoute = createRoute({
  getParentRoute: () => projectRoute,
  path: '/pipelines/$pipelineName',
  validateSearch: parsePipelineSearch,
  component: lazyRouteComponent(
    () => import('../pipelines/detail/pipeline-page.tsx'),
    'PipelinePage',
  ),
});

/** `/p/{project}/pipelines/runs/{id}`: one run. */
export const runRoute = createRoute({
  getParentRoute: () => projectRoute,
  path: '/pipelines/runs/$runId',
  validateSearch: parseRunSearch,
  component: lazyRouteComponent(() => import('../pipelines/runs/run-page.tsx'), 'RunPage'),
});

/** `/p/{project}/tasks`: everything that runs or waits in the background. */
export const tasksRoute = createRoute({
  getParentRoute: () => projectRoute,
  path: '/tasks',
  validateSearch: parseTasksSearch,
  component: lazyRouteComponent(() => import('../tasks/tasks-page.tsx'), 'TasksPage'),
});
