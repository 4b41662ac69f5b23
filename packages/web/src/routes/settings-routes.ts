import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router';
import { parseApiSearch } from '../api/api-search.ts';
import { parseSettingsSearch } from '../settings/sections.ts';
import { projectRoute } from './project-route.tsx';

/** `/p/{project}/settings`: leads to the first part. */
export const settingsRoute = createRoute({
  getParentRoute: () => projectRoute,
  path: '/settings',
  beforeLoad: ({ params }) => {
    throw redirect({
      to: '/p/$project/settings/$section',
      params: { project: params.project, section: 'general' },
      replace: true,
    });
  },
});

/** `/p/{project}/settings/{section}`: one part of the settings. */
export const settingsSectionRoute = createRoute({
  getParentRoute: () => projectRoute,
  path: '/settings/$section',
  validateSearch: parseSettingsSearch,
  component: lazyRouteComponent(() => import('../settings/settings-page.tsx'), 'SettingsPage'),
});

/** `/p/{project}/api`: the operations of this server, each of which can be tried. */
export const apiRoute = createRoute({
  getParentRoute: () => projectRoute,
  path: '/api',
  validateSearch: parseApiSearch,
  component: lazyRouteComponent(() => import('../api/api-page.tsx'), 'ApiPage'),
});
