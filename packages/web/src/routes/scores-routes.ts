import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { parseScoreSearch, parseScoresSearch } from '../observability/scores/scores-search.ts';
import { projectRoute } from './project-route.tsx';

/** `/p/{project}/scores`: the scores and the score configs. */
export const scoresRoute = createRoute({
  getParentRoute: () => projectRoute,
  path: '/scores',
  validateSearch: parseScoresSearch,
  component: lazyRouteComponent(
    () => import('../observability/scores/scores-page.tsx'),
    'ScoresPage',
  ),
});

/** `/p/{project}/scores/{name}`: one score. */
export const scoreRoute = createRoute({
  getParentRoute: () => projectRoute,
  path: '/scores/$scoreName',
  validateSearch: parseScoreSearch,
  component: lazyRouteComponent(
    () => import('../observability/scores/score-page.tsx'),
    'ScorePage',
  ),
});
