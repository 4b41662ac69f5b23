/** The door of the serving room: models behind REST and gRPC. Nothing loads before it is used. */
import type { Route } from '#surface';

export type { PredictionObserver, PredictionRecord } from './predictions/observer.ts';

/** Every route of this room. */
export async function loadServingRoutes(): Promise<readonly Route[]> {
  const { servingRoutes } = await import('./routes.ts');
  return servingRoutes;
}
