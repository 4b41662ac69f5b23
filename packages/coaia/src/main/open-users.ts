/** Users of traces on the command line, over the store in this home: erasing them removes their files too. */
import { systemClock } from '#base';
import type { Scope } from '#base';
import { createEgress } from '#egress';
import { openLocalUsers } from '#observability';
import type { Database } from '#store';
import type { UsersApi } from '@coaia/client';
import { openBlobs } from './open-blobs.ts';
import type { OpenNeedOptions } from './open-options.ts';

export function openLocalUsersNeed(
  db: Database,
  scope: Scope,
  { settings, offline, ledgerPath, env }: OpenNeedOptions,
): Promise<UsersApi> {
  const blobs = openBlobs({
    folder: settings.paths.blobs,
    values: settings.values,
    egress: () => createEgress({ offline, ledgerPath, env }),
  });
  return openLocalUsers({ db, clock: systemClock, blobs }, scope);
}
