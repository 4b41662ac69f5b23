/** Routes of the workbench over deployments; the gateway's own addresses are in `gateway/`. */
import type { Route } from '#surface';
import { callRoutes } from './calls/routes.ts';
import { deskRoutes } from './desk/routes.ts';
import { predictionRoutes } from './predictions/routes.ts';
import { versionRoutes } from './versions/routes.ts';

export const servingRoutes: readonly Route[] = [
  ...versionRoutes,
  ...predictionRoutes,
  ...callRoutes,
  ...deskRoutes,
];
