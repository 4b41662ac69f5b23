/** What versions and traffic need, here and over a server. */
import type { Audit } from '#access';
import type { Clock } from '#base';
import type { Database } from '#store';
import { needs } from '#surface';
import type { DeploymentsApi } from '@coaia/client';

export interface DeploymentPorts {
  readonly db: Database;
  readonly clock: Clock;
  /** Told when somebody goes against the gate. */
  readonly audit?: Audit;
}

/** What the routes need. */
export const deploymentPorts = needs<DeploymentPorts>('deployment-ports');

/** The embedded store or a server, behind one interface. */
export const deploymentsApi = needs<DeploymentsApi>('deployments');
