/** The door of the serving room: models behind REST and gRPC. Nothing loads before it is used. */
import type { Scope } from '#base';
import type { Route } from '#surface';
import type { DeploymentsApi } from '@coaia/client';
import type { DeploymentPorts } from './versions/ports.ts';

export type { PredictionObserver, PredictionRecord } from './predictions/observer.ts';
export { deploymentPorts, deploymentsApi } from './versions/ports.ts';
export type { DeploymentPorts } from './versions/ports.ts';

/** Every route of this room. */
export async function loadServingRoutes(): Promise<readonly Route[]> {
  const { servingRoutes } = await import('./routes.ts');
  return servingRoutes;
}

/** Versions and traffic over the store in this home, for commands. */
export async function openLocalDeployments(
  ports: DeploymentPorts,
  scope: Scope,
): Promise<DeploymentsApi> {
  const { createLocalDeployments } = await import('./versions/local-api.ts');
  return createLocalDeployments(ports, scope);
}
