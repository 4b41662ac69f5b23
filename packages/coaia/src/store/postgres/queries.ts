/** Statements on a client or pool: placeholders, values, and prepared names for those that come often. */
import { hash } from 'node:crypto';
import type { Pool, PoolClient, QueryResult } from 'pg';
import { toNumbered } from './placeholders.ts';
import { toParameters } from './values.ts';

/** A text seen this often is prepared under a name on each connection that runs it. */
const HOT_AFTER = 3;
/** Names are never given back by a connection, so there is a limit to them. */
const MAX_NAMES = 200;
const MAX_COUNTED = 5000;

const seen = new Map<string, number>();
const names = new Map<string, string>();

export async function runQuery(
  runner: Pool | PoolClient,
  sql: string,
  parameters: readonly unknown[],
): Promise<QueryResult> {
  const text = toNumbered(sql);
  const name = findName(text);
  const values = toParameters(parameters);
  return runner.query(name === undefined ? { text, values } : { name, text, values });
}

function findName(text: string): string | undefined {
  const known = names.get(text);
  if (known !== undefined) return known;
  const count = (seen.get(text) ?? 0) + 1;
  if (seen.size > MAX_COUNTED) seen.clear();
  seen.set(text, count);
  if (count < HOT_AFTER || names.size >= MAX_NAMES) return undefined;
  const name = `coaia_${hash('sha1', text, 'hex').slice(0, 16)}`;
  names.set(text, name);
  seen.delete(text);
  return name;
}
