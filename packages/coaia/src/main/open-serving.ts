/** Gateways over the store in this home. */
import { openAccess } from '#access';
import { systemClock } from '#base';
import type { Scope } from '#base';
import { allowConnection } from '#egress';
import { createRecorder } from '#observability';
import { openLocalGatewayServices } from '#serving';
import type { GatewayServices } from '#serving';
import type { Database } from '#store';
import type { OpenNeedOptions } from './open-options.ts';

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
    home: settings.paths.home,
    checkEgress: (host: string, port: number) =>
      allowConnection({ offline, ledgerPath }, 'serving', host, port),
  };
  return openLocalGatewayServices(ports, scope);
}
