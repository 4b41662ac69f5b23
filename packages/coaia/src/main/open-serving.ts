/** Gateways over the store in this home. */
import { openAccess } from '#access';
import { systemClock } from '#base';
import type { Scope } from '#base';
import { allowConnection } from '#egress';
import { createRecorder } from '#observability';
import { openLocalGatewayServices, openRemoteGatewayServices } from '#serving';
import type { GatewayServices } from '#serving';
import type { Database } from '#store';
import type { CoaiaClient } from '@coaia/client';
import type { OpenNeedOptions } from './open-options.ts';
import { openSecrets } from './open-secrets.ts';

/** What `ao serve gateway` takes from this machine. */
export async function openServingHere(
  db: Database,
  scope: Scope,
  options: OpenNeedOptions,
): Promise<GatewayServices> {
  const { env, offline, ledgerPath, settings } = options;
  const ports = {
    db,
    clock: systemClock,
    recorder: createRecorder({ db, clock: systemClock }),
    access: await openAccess(db, { env }),
    secrets: openSecrets(settings.paths.keys, settings.values),
    home: settings.paths.home,
    checkEgress: (host: string, port: number) =>
      allowConnection({ offline, ledgerPath }, 'serving', host, port),
  };
  return openLocalGatewayServices(ports, scope);
}

/** The same over a server; the keys that reach it are the ones that callers of the gateway send. */
export async function openServingRemote(
  client: CoaiaClient,
  { offline, ledgerPath, settings, target }: OpenNeedOptions,
): Promise<GatewayServices> {
  const [{ createDeploymentsApi, createPredictionsApi }, { openRemoteCalls }] = await Promise.all([
    import('@coaia/client'),
    import('#observability'),
  ]);
  const calls = await openRemoteCalls({
    ...createDeploymentsApi(client),
    ...createPredictionsApi(client),
  });
  return openRemoteGatewayServices({
    calls,
    secretKey: target.kind === 'remote' ? target.secretKey : '',
    home: settings.paths.home,
    checkEgress: (host, port) => allowConnection({ offline, ledgerPath }, 'serving', host, port),
  });
}
