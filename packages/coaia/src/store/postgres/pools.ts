/** The connections of one open Postgres store. */
import { Pool, types } from 'pg';
import type { OpenOptions } from '../open-options.ts';
import { openTypes } from './values.ts';

/** Scans have connections of their own, so that heavy reads never take those that requests wait for. */
export interface Pools {
  readonly main: Pool;
  readonly scans: Pool;
}

/** Connects when first used. */
export function openPools(url: string, options: OpenOptions): Pools {
  const isServer = options.mode === 'server';
  const open = (max: number): Pool => {
    const pool = new Pool({
      connectionString: url,
      max,
      application_name: 'coaia',
      connectionTimeoutMillis: 10_000,
      keepAlive: true,
      allowExitOnIdle: !isServer,
      types: openTypes(types),
      // The pool hands a connection out only after this is done.
      onConnect: async (client) => {
        await client.query(toSessionSettings(options));
      },
    });
    pool.on('connect', (client) => {
      client.on('error', () => {});
    });
    // A server that goes away closes idle clients; the next query opens a new one or says what is wrong.
    pool.on('error', () => {});
    return pool;
  };
  return { main: open(isServer ? 16 : 2), scans: open(isServer ? 3 : 1) };
}

function toSessionSettings(options: OpenOptions): string {
  const commit = `SET synchronous_commit = ${options.durability === 'relaxed' ? 'off' : 'on'}`;
  return options.readOnly === true ? `${commit}; SET default_transaction_read_only = on` : commit;
}
