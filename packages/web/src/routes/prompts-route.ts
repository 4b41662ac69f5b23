import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { parsePromptsSearch } from '../curation/prompts/prompts-search.ts';
import { projectRoute } from './project-route.tsx';

/** `/p/{project}/prompts`: the prompts in their folders. */
export const promptsRoute = createRoute({
  getParentRoute: () => projectRoute,
  path: '/prompts',
  validateSearch: parsePromptsSearch,
  component: lazyRouteComponent(
    () => import('../curation/prompts/prompts-page.tsx'),
    'PromptsPage',
  ),
});
