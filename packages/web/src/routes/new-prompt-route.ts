import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { parseNewPromptSearch } from '../curation/prompts/prompts-search.ts';
import { projectRoute } from './project-route.tsx';

/** `/p/{project}/prompts/new`: a new prompt, or a new version of the one that is named. */
export const newPromptRoute = createRoute({
  getParentRoute: () => projectRoute,
  path: '/prompts/new',
  validateSearch: parseNewPromptSearch,
  component: lazyRouteComponent(
    () => import('../curation/prompts/editor/editor-page.tsx'),
    'PromptEditorPage',
  ),
});
