import { createRouter } from '@tanstack/react-router';
import { queryClient } from '../lib/query-client.ts';
import { parseSearchText, toSearchText } from '../lib/search-text.ts';
import { annotateRoute, reviewRoute } from './annotate-routes.ts';
import { dashboardRoute, dashboardsRoute } from './dashboards-routes.ts';
import { datasetRoute, datasetsRoute } from './datasets-routes.ts';
import { deploymentRoute, deploymentsRoute } from './deployments-routes.ts';
import { compareRoute, experimentsRoute } from './experiments-routes.ts';
import { homeRoute } from './home-route.ts';
import { indexRoute } from './index-route.ts';
import { newPromptRoute } from './new-prompt-route.ts';
import { pipelineRoute, pipelinesRoute, runRoute, tasksRoute } from './pipelines-routes.ts';
import { playgroundRoute } from './playground-route.ts';
import { projectRoute } from './project-route.tsx';
import { promptRoute } from './prompt-route.ts';
import { promptsRoute } from './prompts-route.ts';
import { rootRoute } from './root-route.tsx';
import { scoreRoute, scoresRoute } from './scores-routes.ts';
import { sessionRoute } from './session-route.ts';
import { sessionsRoute } from './sessions-route.ts';
import { apiRoute, settingsRoute, settingsSectionRoute } from './settings-routes.ts';
import { signInRoute } from './sign-in-route.ts';
import { traceRoute } from './trace-route.ts';
import { tracesRoute } from './traces-route.ts';
import { usersRoute } from './users-route.ts';

const routeTree = rootRoute.addChildren([
  indexRoute,
  signInRoute,
  projectRoute.addChildren([
    homeRoute,
    tracesRoute,
    traceRoute,
    sessionsRoute,
    sessionRoute,
    usersRoute,
    scoresRoute,
    scoreRoute,
    annotateRoute,
    reviewRoute,
    dashboardsRoute,
    dashboardRoute,
    promptsRoute,
    newPromptRoute,
    promptRoute,
    datasetsRoute,
    datasetRoute,
    experimentsRoute,
    compareRoute,
    playgroundRoute,
    pipelinesRoute,
    pipelineRoute,
    runRoute,
    tasksRoute,
    deploymentsRoute,
    deploymentRoute,
    apiRoute,
    settingsRoute,
    settingsSectionRoute,
  ]),
]);

/** The router: plain readable addresses, pages loaded when the pointer rests on their link. */
export const router = createRouter({
  routeTree,
  context: { queryClient },
  parseSearch: parseSearchText,
  stringifySearch: toSearchText,
  defaultPreload: 'intent',
  defaultPreloadStaleTime: 0,
  scrollRestoration: false,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
