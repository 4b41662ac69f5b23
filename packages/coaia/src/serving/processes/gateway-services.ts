/** What a gateway and a model host take from the workbench. */
import { needs } from '#surface';
import type { DeploymentsApi, PredictionsApi } from '@coaia/client';
import type { Authenticate } from '../gateway/caller.ts';
import type { AddOutcomes } from '../gateway/gateway.ts';
import type { PredictionObserver } from '../predictions/observer.ts';
import type { Signature } from '../signatures/signature.ts';
import type { Project } from '../projects/project.ts';

export interface ObserverRequest {
  readonly log: Project['log'];
  /** Of a version that answers. */
  readonly findSignature: (model: string, version: number) => Signature | undefined;
  /** Told in a sentence when something was dropped or could not be written. */
  readonly onProblem: (message: string) => void;
}

export interface GatewayServices {
  readonly deployments: DeploymentsApi;
  readonly predictions: Pick<PredictionsApi, 'setDriftReference'>;
  /** Writes what was predicted to the store. */
  openObserver(options: ObserverRequest): Promise<PredictionObserver>;
  /** What gateway and host show each other; see `link-token.ts`. */
  readonly linkToken: () => Promise<string>;
  /** Whether contents with this SHA-256 (hex) may be opened on this machine. */
  readonly isTrusted: (sha256: string) => boolean;
  /** Keys of the project in the store. */
  readonly authenticate: Authenticate;
  readonly addOutcomes?: AddOutcomes;
  /** Throws when a connection may not be made (COAIA_OFFLINE). */
  readonly checkEgress: (host: string, port: number) => void;
  /** Writes when keys were last used. */
  close?(): Promise<void>;
}

/** The store in this home, or a server. */
export const gatewayServices = needs<GatewayServices>('serving-gateway');
