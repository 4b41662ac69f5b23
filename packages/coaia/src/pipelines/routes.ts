/** Every route of the room. */
import type { Route } from '#surface';
import { templateRoutes } from './stored/routes.ts';

export const pipelineRoutes: readonly Route[] = [...templateRoutes];
