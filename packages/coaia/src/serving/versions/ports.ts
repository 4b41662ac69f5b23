/** What versions and traffic need, here and over a server. */
import type { Audit } from '#access';
import type { Clock } from '#base';
import type { Database } from '#store';
import { needs } from '#surface';
import type { DeploymentsApi } from '@coaia/client';

/** Encrypts what lies in the store. `open` throws when the key is another one. */
export interface SecretSeal {
  seal(text: string, context: string): SealedText;
  open(sealed: SealedText, context: string): string;
}

export interface SealedText {
  readonly keyId: string;
  readonly sealed: string;
}

export interface DeploymentPorts {
  readonly db: Database;
  readonly clock: Clock;
  /** For what gateways announce; without it the workbench does not call those that ask for keys. */
  readonly secrets?: Pick<SecretSeal, 'seal'> | undefined;
  /** Told when somebody goes against the gate. */
  readonly audit?: Audit;
}

/** What the routes need. */
export const deploymentPorts = needs<DeploymentPorts>('deployment-ports');

/** The embedded store or a server, behind one interface. */
export const deploymentsApi = needs<DeploymentsApi>('deployments');
