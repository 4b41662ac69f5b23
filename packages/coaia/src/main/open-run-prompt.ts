/** What running stored prompts takes, over the store in this home: prompts, models, datasets. */
import { systemClock } from '#base';
import type { Scope } from '#base';
import { openLocalDatasets, openLocalPrompts } from '#curation';
import { createEgress } from '#egress';
import { openLocalConnections } from '#models';
import type { Database } from '#store';
import { toModelPorts } from './open-evaluations.ts';
import type { OpenNeedOptions } from './open-options.ts';
import { openSecrets } from './open-secrets.ts';

export async function openLocalRunPrompt(
  db: Database,
  scope: Scope,
  { env, ledgerPath, offline, settings: { paths, values } }: OpenNeedOptions,
): Promise<unknown> {
  const ports = { db, clock: systemClock };
  const models = toModelPorts({
    db,
    egress: createEgress({ offline, ledgerPath, env }),
    secrets: openSecrets(paths.keys, values),
  });
  return {
    ...(await openLocalPrompts(ports, scope)),
    ...(await openLocalDatasets(ports, scope)),
    ...(await openLocalConnections(models, scope)),
  };
}
