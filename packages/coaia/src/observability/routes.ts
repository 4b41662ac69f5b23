/** The route modules of the room's nouns. */
import type { Route } from '#surface';
import { changeRoutes } from './changes/routes.ts';
import { commentRoutes } from './comments/routes.ts';
import { dashboardRoutes } from './dashboards/routes.ts';
import { exportRoutes } from './exports/routes.ts';
import { feedbackRoutes } from './feedback/routes.ts';
import { ingestionRoutes } from './ingestion/routes.ts';
import { legacyRoutes } from './legacy/routes.ts';
import { mediaRoutes } from './media/routes.ts';
import { metricsRoutes } from './metrics/routes.ts';
import { modelRoutes } from './models/routes.ts';
import { observationRoutes } from './observations/routes.ts';
import { otelRoutes } from './otel/routes.ts';
import { pageRoutes } from './page/routes.ts';
import { retentionRoutes } from './retention/routes.ts';
import { sampleRoutes } from './sample/routes.ts';
import { scoreConfigRoutes } from './score-configs/routes.ts';
import { scoreRoutes } from './scores/routes.ts';
import { sessionRoutes } from './sessions/routes.ts';
import { traceRoutes } from './traces/routes.ts';
import { userRoutes } from './users/routes.ts';

export const observabilityRoutes: readonly Route[] = [
  ...ingestionRoutes,
  ...otelRoutes,
  ...traceRoutes,
  ...observationRoutes,
  ...sessionRoutes,
  ...mediaRoutes,
  ...exportRoutes,
  ...retentionRoutes,
  ...commentRoutes,
  ...scoreRoutes,
  ...scoreConfigRoutes,
  ...legacyRoutes,
  ...dashboardRoutes,
  ...feedbackRoutes,
  ...metricsRoutes,
  ...modelRoutes,
  ...pageRoutes,
  ...userRoutes,
  ...changeRoutes,
  ...sampleRoutes,
];
