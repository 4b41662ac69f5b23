/** Records of a window, page by page and away from the event loop. */
import type { Database, SqlRow, SqlValue } from '#store';
import { toIso } from '#base';
import type { ExportColumn, ExportTable } from './export-columns.ts';

/** Records of the first page; later pages follow the size of records, so that none holds others up. */
const FIRST_PAGE = 100;
const LARGEST_PAGE = 2000;
/** Characters that a page should have. */
const PAGE_SIZE = 300_000;
const SCAN_MS = 60_000;

export interface Window {
  readonly from: number;
  /** Not included. */
  readonly to: number;
}

/** A record as JSON has it: texts, numbers, booleans, null, and parsed JSON. */
export type ExportRecord = Readonly<Record<string, unknown>>;

/** The records of a project whose time lies in the window, in order of time and id. */
export async function* readRows(
  db: Database,
  projectId: string,
  table: ExportTable,
  window: Window,
): AsyncGenerator<ExportRecord> {
  const selected = table.columns.map(({ sql, name }) => `${sql} AS "${name}"`).join(', ');
  let after: readonly SqlValue[] = [window.from, ''];
  let limit = FIRST_PAGE;
  for (;;) {
    const rows = await db.scan(
      `SELECT r.${table.time} AS at_time, r.id AS at_id, ${selected} FROM ${table.from}
       WHERE r.project_id = ? AND r.${table.time} >= ? AND r.${table.time} < ?
         AND (r.${table.time}, r.id) > (?, ?)
       ORDER BY r.${table.time}, r.id LIMIT ${limit}`,
      [projectId, after[0] ?? window.from, window.to, ...after],
      { timeoutMs: SCAN_MS },
    );
    for (const row of rows) yield toRecord(row, table.columns);
    const last = rows.at(-1);
    if (last === undefined || rows.length < limit) return;
    limit = toNextLimit(rows);
    after = [last['at_time'] ?? window.from, last['at_id'] ?? ''];
  }
}

/** As many records as had the wanted size in the page before. */
function toNextLimit(rows: readonly SqlRow[]): number {
  let size = 0;
  for (const row of rows)
    for (const value of Object.values(row)) size += typeof value === 'string' ? value.length : 8;
  const fitting = Math.floor((PAGE_SIZE / size) * rows.length);
  return Math.min(LARGEST_PAGE, Math.max(1, fitting));
}

function toRecord(row: SqlRow, columns: readonly ExportColumn[]): ExportRecord {
  return Object.fromEntries(
    columns.map(({ name, kind }) => [name, toValue(kind, row[name] ?? null)]),
  );
}

function toValue(kind: ExportColumn['kind'], value: SqlValue): unknown {
  if (value === null) return null;
  switch (kind) {
    case 'time':
      return toIso(Number(value));
    case 'flag':
      return Number(value) === 1;
    case 'number':
      return Number(value);
    case 'json':
      return parseJson(String(value));
    case 'text':
      return String(value);
  }
}

/** Stored JSON always parses; a store that was changed by hand must not stop an export. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

/** Time of the first record at or after `from`, over all tables; undefined when there is none. */
export async function findFirstTime(
  db: Database,
  projectId: string,
  tables: readonly ExportTable[],
  from: number,
): Promise<number | undefined> {
  const times: number[] = [];
  for (const { from: source, time } of tables) {
    const [row] = await db.read<{ readonly first: number | null }>(
      `SELECT min(r.${time}) AS first FROM ${source.split(' ')[0]} r WHERE r.project_id = ? AND r.${time} >= ?`,
      [projectId, from],
    );
    if (row?.first !== null && row?.first !== undefined) times.push(row.first);
  }
  return times.length === 0 ? undefined : Math.min(...times);
}
