/** The route modules of the room's nouns. */
import type { Route } from '#surface';
import { ingestionRoutes } from './ingestion/routes.ts';
import { observationRoutes } from './observations/routes.ts';
import { sessionRoutes } from './sessions/routes.ts';
import { traceRoutes } from './traces/routes.ts';

export const observabilityRoutes: readonly Route[] = [
  ...ingestionRoutes,
  ...traceRoutes,
  ...observationRoutes,
  ...sessionRoutes,
];
