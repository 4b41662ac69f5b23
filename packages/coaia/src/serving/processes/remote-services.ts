/** What a gateway takes from a server: versions, traffic and the log of predictions cross the network. */
import type { DeploymentsApi, PredictionsApi } from '@coaia/client';
import { createSecretAuthenticator } from '../gateway/key-authenticator.ts';
import { openObserverOver } from '../predictions/open-observer.ts';
import { createRemoteSink } from '../predictions/write-flush.ts';
import { isTrusted } from '../projects/trust.ts';
import type { GatewayServices } from './gateway-services.ts';
import { toLinkToken } from './link-token.ts';

export interface RemoteServiceParts {
  readonly calls: DeploymentsApi & PredictionsApi;
  /** Of the project on the server; the only key that this gateway can check. */
  readonly secretKey: string;
  /** COAIA_HOME. */
  readonly home: string;
  /** Throws when a connection may not be made. */
  readonly checkEgress: (host: string, port: number) => void;
}

/** The server knows the project by the client's keys, so records need no scope here. */
const SCOPE = { projectId: '', level: 'project', via: 'key' } as const;

export function createRemoteServices(parts: RemoteServiceParts): GatewayServices {
  const { calls, home, secretKey, checkEgress } = parts;
  return {
    deployments: calls,
    predictions: calls,
    openObserver: async ({ log, findSignature, onProblem }) =>
      openObserverOver(createRemoteSink(calls), { scope: SCOPE, log, findSignature, onProblem }),
    addOutcomes: (model, outcomes) => calls.recordOutcomes(model, outcomes),
    linkToken: async () => toLinkToken(secretKey),
    isTrusted: (sha256) => isTrusted(home, sha256),
    authenticate: createSecretAuthenticator([secretKey]),
    checkEgress,
  };
}
