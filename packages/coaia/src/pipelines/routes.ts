/** Every route of the room. */
import type { Route } from '#surface';

export const pipelineRoutes: readonly Route[] = [];
