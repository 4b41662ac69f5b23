/** Every route of the room. */
import type { Route } from '#surface';
import { judgingRoutes } from './judging/routes.ts';
import { pipelineRunRoutes } from './runs/routes.ts';
import { scheduleRoutes } from './schedules/routes.ts';
import { templateRoutes } from './stored/routes.ts';
import { taskRoutes } from './tasks/routes.ts';

export const pipelineRoutes: readonly Route[] = [
  ...templateRoutes,
  ...pipelineRunRoutes,
  ...scheduleRoutes,
  ...taskRoutes,
  ...judgingRoutes,
];
