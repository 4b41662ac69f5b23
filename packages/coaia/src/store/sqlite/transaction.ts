/** The Transaction that callers see, on the writer connection. */
import type { SqlRow, SqlValue, Transaction } from '../database.ts';
import { listColumns } from '../columns.ts';
import { PRIMARY_KEYS } from '../tables.ts';
import type { ChangeRow, CounterRow, Tables } from '../tables.ts';
import type { Connection } from './connection.ts';

/** `end` makes the handle useless, so that a forgotten await cannot write into somebody else's transaction. */
export interface OpenTransaction extends Transaction {
  end(): void;
}

export function openTransaction(connection: Connection): OpenTransaction {
  let isOpen = true;
  const use = (): Connection => {
    if (!isOpen)
      throw new Error('this transaction is over; every statement must be awaited inside write()');
    return connection;
  };
  return {
    end() {
      isOpen = false;
    },
    async read<Row = SqlRow>(sql: string, parameters: readonly SqlValue[] = []) {
      return use().all(sql, parameters) as readonly Row[];
    },
    async run(sql, parameters = []) {
      return use().run(sql, parameters);
    },
    async upsert(table, rows) {
      writeRows(use(), table, rows);
    },
    async addChanges(projectId, entries) {
      addChanges(use(), projectId, entries);
    },
    async addToCounter(projectId, name, delta) {
      addToCounter(use(), projectId, name, delta);
    },
    async lock() {
      use();
    },
  };
}

/** SQL that inserts one whole row or replaces the one with the same primary key; columns in stored order. */
export function renderUpsert(table: keyof Tables): string {
  const columns = listColumns(table);
  const keys: readonly string[] = PRIMARY_KEYS[table];
  const updates = columns
    .filter((column) => !keys.includes(column))
    .map((column) => `"${column}" = excluded."${column}"`);
  return `INSERT INTO ${table} (${columns.map((column) => `"${column}"`).join(', ')}) VALUES (${columns.map(() => '?').join(', ')}) ON CONFLICT (${keys.join(', ')}) DO UPDATE SET ${updates.join(', ')}`;
}

const plans = new Map<
  keyof Tables,
  { readonly sql: string; readonly columns: readonly string[] }
>();

function writeRows<T extends keyof Tables>(
  connection: Connection,
  table: T,
  rows: readonly Tables[T][],
): void {
  let plan = plans.get(table);
  if (plan === undefined)
    plans.set(table, (plan = { sql: renderUpsert(table), columns: listColumns(table) }));
  const statement = connection.prepare(plan.sql);
  const columns = plan.columns;
  const values: SqlValue[] = Array.from({ length: columns.length }, () => null);
  for (const row of rows) {
    const cells = row as unknown as Record<string, SqlValue | undefined>;
    for (let index = 0; index < columns.length; index++)
      values[index] = cells[columns[index] as string] ?? null;
    statement.run(...values);
  }
}

function addChanges(
  connection: Connection,
  projectId: string,
  entries: readonly { readonly kind: ChangeRow['kind']; readonly id: string }[],
): void {
  const statement = connection.prepare(
    'INSERT INTO changes (project_id, kind, subject_id, at) VALUES (?, ?, ?, ?)',
  );
  const at = Date.now();
  for (const entry of entries) statement.run(projectId, entry.kind, entry.id, at);
}

function addToCounter(
  connection: Connection,
  projectId: string,
  name: CounterRow['name'],
  delta: number,
): void {
  if (delta === 0) return;
  connection
    .prepare(
      'INSERT INTO counters (project_id, name, slot, value) VALUES (?, ?, 0, ?) ON CONFLICT (project_id, name, slot) DO UPDATE SET value = value + excluded.value',
    )
    .run(projectId, name, delta);
}
