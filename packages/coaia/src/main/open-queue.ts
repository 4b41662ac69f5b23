/** What brings due runs to the workers of a server: Redis where several processes share a Postgres, else the store. */
import { systemClock } from '#base';
import { allowConnection } from '#egress';
import { openRedisDispatcher } from '#queue';
import type { Dispatcher } from '#queue';
import type { Database } from '#store';

export interface QueuePlace {
  readonly redisUrl: string | undefined;
  readonly isPostgres: boolean;
  readonly offline: boolean;
  readonly ledgerPath: string;
}

/** Undefined: the embedded one. Rejects with COAIA-0601 and COAIA-0950; a Redis that is away is waited for. */
export async function openQueue(
  db: Database,
  { redisUrl, isPostgres, offline, ledgerPath }: QueuePlace,
): Promise<Dispatcher | undefined> {
  if (redisUrl === undefined || redisUrl === '' || !isPostgres) return undefined;
  return openRedisDispatcher({
    db,
    clock: systemClock,
    url: redisUrl,
    allow: (host, port) => allowConnection({ offline, ledgerPath }, 'queue', host, port),
  });
}
