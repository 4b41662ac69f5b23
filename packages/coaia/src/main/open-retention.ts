/** Retention on the store of this home, for the command line. */
import { systemClock } from '#base';
import type { ResolvedSettings } from '#config';
import { createEgress } from '#egress';
import { openRetention } from '#observability';
import type { ProjectRetention, RetentionRequest } from '#observability';
import type { Database } from '#store';
import { openBlobs } from './open-blobs.ts';

export type { ProjectRetention } from '#observability';

/** Runs it; connections to a bucket are closed afterwards. */
export async function runRetentionHere(
  db: Database,
  { values, paths, env }: Pick<ResolvedSettings, 'values' | 'paths' | 'env'>,
  request: RetentionRequest,
): Promise<readonly ProjectRetention[]> {
  const egress = createEgress({ offline: values.offline, ledgerPath: paths.egressLedger, env });
  try {
    const blobs = openBlobs({ folder: paths.blobs, values, egress: () => egress });
    return await openRetention({ db, clock: systemClock, blobs }).run(request);
  } finally {
    egress.close();
  }
}
