/** What a gateway takes from the store of this home. */
import type { Access } from '#access';
import type { Clock, Recorder, Scope } from '#base';
import type { Database, Transaction } from '#store';
import { createKeyAuthenticator } from '../gateway/key-authenticator.ts';
import { createLocalPredictions } from '../predictions/local-predictions.ts';
import type { PredictionObserver } from '../predictions/observer.ts';
import { openObserver } from '../predictions/open-observer.ts';
import { isTrusted } from '../projects/trust.ts';
import { createLocalDeployments } from '../versions/local-api.ts';
import type { SecretSeal } from '../versions/ports.ts';
import type { GatewayServices } from './gateway-services.ts';
import { readLinkToken } from './link-token.ts';

export interface LocalServicePorts {
  readonly db: Database;
  readonly clock: Clock;
  readonly recorder: Recorder<Transaction>;
  readonly access: Access;
  readonly secrets: Pick<SecretSeal, 'seal'>;
  /** COAIA_HOME. */
  readonly home: string;
  /** Throws when a connection may not be made. */
  readonly checkEgress: (host: string, port: number) => void;
}

export function createLocalServices(ports: LocalServicePorts, scope: Scope): GatewayServices {
  const { db, clock, recorder, home, secrets } = ports;
  let observer: PredictionObserver | undefined;
  const flush = async () => observer?.flush();
  const predictions = createLocalPredictions({ db, clock, recorder, flush }, scope);
  return {
    deployments: createLocalDeployments({ db, clock, secrets }, scope),
    predictions,
    async openObserver({ log, findSignature, onProblem }) {
      observer = openObserver(
        { db, clock, recorder },
        { scope, log, keepDays: log.keepDays, findSignature, onProblem },
      );
      return observer;
    },
    addOutcomes: (model, outcomes) => predictions.recordOutcomes(model, outcomes),
    linkToken: () => readLinkToken(db),
    isTrusted: (sha256) => isTrusted(home, sha256),
    authenticate: createKeyAuthenticator(ports.access, scope.projectId),
    checkEgress: ports.checkEgress,
    close: () => ports.access.close(),
  };
}
