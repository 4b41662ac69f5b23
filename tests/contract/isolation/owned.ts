/** What project A owns, read from the store itself: its rows, and the words by which they are found. */
import { TABLE_COLUMNS } from '../../../packages/coaia/src/store/columns.ts';
import { listProjectTables, PRIMARY_KEYS } from '../../../packages/coaia/src/store/index.ts';
import type { Database } from '../../../packages/coaia/src/store/index.ts';

/** A word that addresses something of A. */
export interface OwnedId {
  readonly table: string;
  readonly column: string;
  readonly value: string;
}

/** Columns besides the key by which people address rows. */
const NAMES: ReadonlySet<string> = new Set(['name', 'model_name', 'provider']);
/** Of each column so many, the newest ones. */
const PER_COLUMN = 2;

/** Rows that say what happened and change by themselves. */
const MOVING: ReadonlySet<string> = new Set(['changes', 'counters', 'sign_ins']);

/** Everything of A as text, table by table; what is used by the way is left out. */
export async function readRows(
  db: Database,
  projectId: string,
): Promise<ReadonlyMap<string, string>> {
  const rows = new Map<string, string>();
  for (const table of listProjectTables()) {
    if (MOVING.has(table)) continue;
    const found = await db.read<Record<string, unknown>>(
      `SELECT * FROM ${table} WHERE project_id = ? ORDER BY ${PRIMARY_KEYS[table].join(', ')}`,
      [projectId],
    );
    const kept = found.map(({ last_used_at: _used, ...row }) => row);
    rows.set(table, JSON.stringify(kept));
  }
  return rows;
}

/** Ids and names of A that B does not have as well, and those of the people and keys of A's organization. */
export async function readOwnedIds(db: Database, projectId: string): Promise<readonly OwnedId[]> {
  const found: OwnedId[] = [{ table: 'projects', column: 'id', value: projectId }];
  for (const table of listProjectTables()) {
    if (MOVING.has(table)) continue;
    const columns = listWords(table, Object.entries(TABLE_COLUMNS[table]));
    for (const column of columns) {
      const rows = await db.read<{ value: string }>(
        `SELECT DISTINCT ${column} AS value FROM ${table} WHERE project_id = ? AND ${column} IS NOT NULL
         ORDER BY value DESC LIMIT ${PER_COLUMN}`,
        [projectId],
      );
      found.push(...rows.map(({ value }) => ({ table, column, value })));
    }
  }
  for (const table of ['users', 'organization_keys'] as const) {
    const rows = await db.read<{ value: string }>(`SELECT id AS value FROM ${table} LIMIT 3`);
    found.push(...rows.map(({ value }) => ({ table, column: 'id', value })));
  }
  return found.filter(({ value }) => value.length >= 5);
}

function listWords(table: keyof typeof PRIMARY_KEYS, columns: readonly [string, string][]) {
  const key = new Set<string>(PRIMARY_KEYS[table]);
  const isId = (name: string) => key.has(name) && /(?:^|_)id$/.test(name) && name !== 'project_id';
  return columns
    .filter(([name, type]) => type === 'text' && (isId(name) || NAMES.has(name)))
    .map(([name]) => name);
}

/** Tables of which A has no row, so that nothing about them can be tried. */
export function listEmptyTables(rows: ReadonlyMap<string, string>): readonly string[] {
  return [...rows].filter(([, text]) => text === '[]').map(([table]) => table);
}
