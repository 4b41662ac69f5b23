import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { parsePromptSearch } from '../curation/prompts/prompts-search.ts';
import { projectRoute } from './project-route.tsx';

/** `/p/{project}/prompts/{name}`: one prompt with its versions. */
export const promptRoute = createRoute({
  getParentRoute: () => projectRoute,
  path: '/prompts/$promptName',
  validateSearch: parsePromptSearch,
  component: lazyRouteComponent(
    () => import('../curation/prompts/detail/prompt-page.tsx'),
    'PromptPage',
  ),
});
