/** The Transaction that callers see, on one client of the pool. */
import { hash } from 'node:crypto';
import type { PoolClient } from 'pg';
import type { SqlRow, SqlValue, Transaction } from '../database.ts';
import { runQuery } from './queries.ts';
import { renderUpsert, toRowsParameter } from './upsert.ts';

/** Totals are spread over this many rows, so that parallel writers seldom meet on one. */
const COUNTER_SLOTS = 16;
/** Keys share this many advisory locks: few enough for Postgres' lock table, many enough to seldom collide. */
const LOCK_BUCKETS = 4096;
/** First half of our advisory locks, so that other programs in the same database do not meet them. */
export const LOCK_CLASS = 0x436f6169;

export interface OpenTransaction extends Transaction {
  end(): void;
}

export function openTransaction(client: PoolClient): OpenTransaction {
  let isOpen = true;
  const query = async (sql: string, parameters: readonly unknown[]) => {
    if (!isOpen)
      throw new Error('this transaction is over; every statement must be awaited inside write()');
    return runQuery(client, sql, parameters);
  };
  return {
    end() {
      isOpen = false;
    },
    async read<Row = SqlRow>(sql: string, parameters: readonly SqlValue[] = []) {
      return (await query(sql, parameters)).rows as readonly Row[];
    },
    async run(sql, parameters = []) {
      return (await query(sql, parameters)).rowCount ?? 0;
    },
    async upsert(table, rows) {
      if (rows.length > 0) await query(renderUpsert(table), [toRowsParameter(table, rows)]);
    },
    async addChanges(projectId, entries) {
      if (entries.length === 0) return;
      await query(
        'INSERT INTO changes (project_id, kind, subject_id, at) SELECT ?, kind, id, ? FROM json_to_recordset(?::json) AS given (kind text, id text)',
        [projectId, Date.now(), JSON.stringify(entries.map(toSafeEntry))],
      );
    },
    async addToCounter(projectId, name, delta) {
      if (delta === 0) return;
      const slot = Math.floor(Math.random() * COUNTER_SLOTS);
      await query(
        'INSERT INTO counters (project_id, name, slot, value) VALUES (?, ?, ?, ?) ON CONFLICT (project_id, name, slot) DO UPDATE SET value = counters.value + excluded.value',
        [projectId, name, slot, delta],
      );
    },
    async lock(keys) {
      // Everybody takes them in ascending order, so two transactions cannot wait for each other.
      const wanted = new Set(Array.from(keys, toBucket));
      const buckets = [...wanted].toSorted((left, right) => left - right);
      if (buckets.length === 0) return;
      await query(
        `SELECT pg_advisory_xact_lock(${LOCK_CLASS}, bucket) FROM (SELECT bucket FROM unnest(?::int[]) WITH ORDINALITY AS given (bucket, place) ORDER BY place) AS ordered`,
        [buckets],
      );
    },
  };
}

function toSafeEntry(entry: { readonly kind: string; readonly id: string }) {
  return { kind: entry.kind, id: entry.id.replaceAll('\0', '�').toWellFormed() };
}

function toBucket(key: string): number {
  return Number.parseInt(hash('sha1', key, 'hex').slice(0, 8), 16) % LOCK_BUCKETS;
}
