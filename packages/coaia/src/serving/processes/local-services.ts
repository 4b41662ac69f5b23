/** What a gateway takes from the store of this home. */
import { authenticateKey } from '#access';
import type { Access } from '#access';
import type { Clock, Recorder, Scope } from '#base';
import type { Database, Transaction } from '#store';
import type { Caller, CallerHeaders } from '../gateway/caller.ts';
import { gatewayFailures } from '../gateway/errors.ts';
import { createLocalPredictions } from '../predictions/local-predictions.ts';
import type { PredictionObserver } from '../predictions/observer.ts';
import { openObserver } from '../predictions/open-observer.ts';
import { isTrusted } from '../projects/trust.ts';
import { createLocalDeployments } from '../versions/local-api.ts';
import type { GatewayServices } from './services.ts';

export interface LocalServicePorts {
  readonly db: Database;
  readonly clock: Clock;
  readonly recorder: Recorder<Transaction>;
  readonly access: Access;
  /** COAIA_HOME. */
  readonly home: string;
  /** Throws when a connection may not be made. */
  readonly checkEgress: (host: string, port: number) => void;
}

export function createLocalServices(ports: LocalServicePorts, scope: Scope): GatewayServices {
  const { db, clock, recorder, home } = ports;
  let observer: PredictionObserver | undefined;
  const flush = async () => observer?.flush();
  const predictions = createLocalPredictions({ db, clock, recorder, flush }, scope);
  return {
    deployments: createLocalDeployments({ db, clock }, scope),
    predictions,
    async openObserver({ log, findSignature, onProblem }) {
      observer = openObserver({ db, clock, recorder }, { scope, log, findSignature, onProblem });
      return observer;
    },
    addOutcomes: (model, outcomes) => predictions.recordOutcomes(model, outcomes),
    isTrusted: (sha256) => isTrusted(home, sha256),
    authenticate: (headers) => findCaller(ports.access, scope, headers),
    checkEgress: ports.checkEgress,
  };
}

/** Keys of the project, as pair or the secret alone; what a key with scopes may is decided per model. */
async function findCaller(access: Access, scope: Scope, headers: CallerHeaders): Promise<Caller> {
  const source = {
    get(name: string) {
      const value = headers[name];
      return typeof value === 'string' ? value : undefined;
    },
  };
  const { projectId, publicKey, scopes } = await authenticateKey(source, access);
  if (projectId !== scope.projectId)
    throw gatewayFailures.create('AO440', 'This key belongs to another project.', {
      headers: { 'WWW-Authenticate': 'Bearer' },
    });
  return { id: publicKey ?? 'key', ...(scopes === undefined ? {} : { scopes }) };
}
