/** What a gateway takes from the store of this home. */
import { authenticate } from '#access';
import type { Access } from '#access';
import type { Clock, Recorder, Scope } from '#base';
import type { Database, Transaction } from '#store';
import type { Caller, CallerHeaders } from '../gateway/caller.ts';
import { gatewayFailures } from '../gateway/errors.ts';
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
  return {
    deployments: createLocalDeployments({ db, clock }, scope),
    openObserver: async (request) =>
      openObserver(
        { db, clock, recorder },
        {
          scope,
          log: request.log,
          findSignature: request.findSignature,
          onProblem: request.onProblem,
        },
      ),
    isTrusted: (sha256) => isTrusted(home, sha256),
    authenticate: (headers) => findCaller(ports.access, scope, headers),
    checkEgress: ports.checkEgress,
  };
}

/** Keys of the workbench: `Authorization: Basic pk:sk`, and the secret alone as Bearer or X-API-Key. */
async function findCaller(access: Access, scope: Scope, headers: CallerHeaders): Promise<Caller> {
  const asBasic = toBasic(headers);
  const source = {
    get: (name: string) => (name === 'authorization' ? asBasic : undefined),
  };
  const caller = await authenticate(source, access);
  if (caller.projectId !== scope.projectId)
    throw gatewayFailures.create('AO440', 'This key belongs to another project.', {
      headers: { 'WWW-Authenticate': 'Bearer' },
    });
  return { id: caller.publicKey ?? 'key' };
}

function toBasic(headers: CallerHeaders): string | undefined {
  const { authorization } = headers;
  const own = headers['x-api-key'];
  const bearer =
    typeof authorization === 'string' && /^bearer /i.test(authorization)
      ? authorization.slice('bearer '.length).trim()
      : undefined;
  const secret = typeof own === 'string' ? own : bearer;
  if (secret !== undefined) return `Basic ${Buffer.from(`:${secret}`).toString('base64')}`;
  return typeof authorization === 'string' ? authorization : undefined;
}
