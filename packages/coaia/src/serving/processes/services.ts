/** What a gateway takes from the workbench. */
import { needs } from '#surface';
import type { DeploymentsApi } from '@coaia/client';
import type { Authenticate } from '../gateway/caller.ts';
import type { AddOutcomes } from '../gateway/gateway.ts';
import type { PredictionObserver } from '../predictions/observer.ts';
import type { Project } from '../projects/project.ts';

export interface GatewayServices {
  readonly deployments: DeploymentsApi;
  /** Writes what was predicted to the store. */
  openObserver(project: Project): Promise<PredictionObserver>;
  /** Keys of the project in the store. */
  readonly authenticate: Authenticate;
  readonly addOutcomes: AddOutcomes;
  /** Throws when a connection may not be made (COAIA_OFFLINE). */
  readonly checkEgress: (host: string, port: number) => void;
}

/** The store in this home, or a server. */
export const gatewayServices = needs<GatewayServices>('serving-gateway');
