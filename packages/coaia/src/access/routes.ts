/** Every route of this floor. */
import type { Route } from '#surface';
import { apiKeyRoutes } from './api-keys/routes.ts';
import { personRoutes } from './members/person-routes.ts';
import { memberRoutes } from './members/routes.ts';
import { projectRoutes } from './projects/routes.ts';
import { roleRoutes } from './roles/routes.ts';
import { scimRoutes } from './scim/routes.ts';
import { sessionRoutes } from './session/routes.ts';
import { settingsRoutes } from './settings/routes.ts';

export const accessRoutes: readonly Route[] = [
  ...projectRoutes,
  ...apiKeyRoutes,
  ...memberRoutes,
  ...personRoutes,
  ...scimRoutes,
  ...sessionRoutes,
  ...settingsRoutes,
  ...roleRoutes,
];
