/** Routes of predictions. */
import type { Route } from '#surface';

export const predictionRoutes: readonly Route[] = [];
