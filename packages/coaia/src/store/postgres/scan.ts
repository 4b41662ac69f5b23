/** Heavy reads with a time limit of their own. */
import type { PoolClient } from 'pg';
import type { ScanOptions, SqlRow } from '../database.ts';
import { storeErrors } from '../errors.ts';
import { isCancelled } from './engine-errors.ts';
import type { Pools } from './pools.ts';
import { toNumbered } from './placeholders.ts';
import { toParameters } from './values.ts';

const DEFAULT_TIMEOUT_MS = 10_000;

/** Rejects with COAIA-0107 when the time is over, with the signal's reason when it is aborted. */
export async function runScan(
  pools: Pools,
  sql: string,
  parameters: readonly unknown[],
  options: ScanOptions = {},
): Promise<readonly SqlRow[]> {
  const limit = Math.max(1, Math.trunc(options.timeoutMs ?? DEFAULT_TIMEOUT_MS));
  options.signal?.throwIfAborted();
  const client = await pools.scans.connect();
  const onAbort = (): void => cancel(pools, client);
  options.signal?.addEventListener('abort', onAbort);
  try {
    await client.query(`BEGIN READ ONLY; SET LOCAL statement_timeout = ${limit}`);
    const result = await client.query(toNumbered(sql), toParameters(parameters));
    return result.rows as readonly SqlRow[];
  } catch (error) {
    options.signal?.throwIfAborted();
    if (!isCancelled(error)) throw error;
    throw storeErrors.create(
      'COAIA-0107',
      `The query took longer than ${limit} ms and was stopped; narrow the time range or the filter.`,
      { cause: error },
    );
  } finally {
    options.signal?.removeEventListener('abort', onAbort);
    await client.query('ROLLBACK').then(
      () => client.release(),
      () => client.release(true),
    );
  }
}

/** Asks the server, over another connection, to stop what this client runs. */
function cancel(pools: Pools, client: PoolClient): void {
  const processId = (client as unknown as { readonly processID: number }).processID;
  pools.main.query('SELECT pg_cancel_backend($1)', [processId]).catch(() => {});
}
