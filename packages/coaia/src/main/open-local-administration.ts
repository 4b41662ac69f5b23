/** Administration for commands on the store of this home. */
import { openLocalAdministration } from '#access';
import { systemClock } from '#base';
import type { Scope } from '#base';
import { createEgress } from '#egress';
import type { Egress } from '#egress';
import { toBlobName } from '#observability';
import type { Database } from '#store';
import type { AdministrationApi } from '@coaia/client';
import { openBlobs } from './open-blobs.ts';
import type { OpenNeedOptions } from './open-options.ts';

/** Storage and the way out are opened when a project with files is deleted. */
export function openAdministrationNeed(
  db: Database,
  scope: Scope,
  { settings, offline, ledgerPath, env }: OpenNeedOptions,
): Promise<AdministrationApi> {
  let egress: Egress | undefined;
  const open = () => (egress ??= createEgress({ offline, ledgerPath, env }));
  return openLocalAdministration({ db, clock: systemClock }, scope, async (projectId, sha256) => {
    const { values, paths } = settings;
    const blobs = openBlobs({ folder: paths.blobs, values, egress: open });
    await blobs.remove(toBlobName(projectId, sha256));
  });
}
