/** SQL of traces: lists, point reads, removal. The table has the alias `t` everywhere. */
import type { Database, Dialect, TraceRow, Transaction } from '#store';
import type { CompiledFilter } from '../filter/compile-filter.ts';
import type { Fragment } from '../filter/fragment.ts';
import type { Order } from '../list-order.ts';
import type { StoredTrace } from './trace.ts';

const LIGHT_COLUMNS = [
  'project_id',
  'id',
  'timestamp',
  'name',
  'user_id',
  'session_id',
  'release',
  'version',
  'environment',
  'public',
  'bookmarked',
  'tags',
  'observation_count',
  'error_count',
  'warning_count',
  'start_time',
  'end_time',
  'open_count',
  'total_cost',
  'input_tokens',
  'output_tokens',
  'total_tokens',
  'created_at',
  'updated_at',
] as const satisfies readonly (keyof TraceRow)[];

const BIG_COLUMNS = ['metadata', 'input', 'output'] as const satisfies readonly (keyof TraceRow)[];

const LIGHT = LIGHT_COLUMNS.map((column) => `t.${column}`).join(', ');
const NO_BIG = BIG_COLUMNS.map((column) => `NULL AS ${column}`).join(', ');
const BIG = BIG_COLUMNS.map((column) => `t.${column}`).join(', ');

/** Sort fields of lists and their SQL. */
export const TRACE_ORDERS = {
  timestamp: 't.timestamp',
  id: 't.id',
  name: 't.name',
  userId: 't.user_id',
  sessionId: 't.session_id',
  release: 't.release',
  version: 't.version',
  public: 't.public',
  bookmarked: 't.bookmarked',
  latency: '(t.end_time - t.start_time)',
  totalCost: 't.total_cost',
  totalTokens: 't.total_tokens',
  observationCount: 't.observation_count',
} as const;

export type TraceOrderField = keyof typeof TRACE_ORDERS;
export type TraceOrder = Order<TraceOrderField>;

/** What a list asks the store for. */
export interface TraceSelection {
  readonly filter: CompiledFilter;
  readonly order: TraceOrder;
  readonly limit: number;
  readonly offset: number;
  /** How much of input, output and metadata: all, the beginning of input and output, or nothing. */
  readonly content: 'whole' | 'preview' | 'none';
}

/** Sorts without regard to how a database places missing values: they always come last. */
function toOrderBy(order: TraceOrder): string {
  const direction = order.direction === 'asc' ? 'ASC' : 'DESC';
  if (order.field === 'id') return `t.id ${direction}`;
  const nulls = order.field === 'timestamp' ? '' : ' NULLS LAST';
  return `${TRACE_ORDERS[order.field]} ${direction}${nulls}, t.id ${direction}`;
}

/** Whether a page may be read on the event loop: an index gives the rows in order. */
export function isQuickList(filter: CompiledFilter, order: TraceOrder): boolean {
  return filter.quick && (order.field === 'timestamp' || order.field === 'id');
}

/** One page of traces. The page's ids are found first, so that skipped rows never touch big columns. */
export function readTraces(
  db: Database,
  projectId: string,
  selection: TraceSelection,
): Promise<readonly StoredTrace[]> {
  const { filter, order } = selection;
  const source = toSource(db.dialect, projectId, filter);
  const orderBy = toOrderBy(order);
  const sql = `SELECT ${LIGHT}, ${toContent(db.dialect, selection.content)}
    FROM (SELECT t.id ${source.sql} ORDER BY ${orderBy} LIMIT ? OFFSET ?) p
    CROSS JOIN traces t WHERE t.project_id = ? AND t.id = p.id ORDER BY ${orderBy}`;
  const parameters = [...source.parameters, selection.limit, selection.offset, projectId];
  return isQuickList(filter, order) ? db.read(sql, parameters) : db.scan(sql, parameters);
}

/** FROM and WHERE of the matching traces. */
function toSource(dialect: Dialect, projectId: string, filter: CompiledFilter): Fragment {
  const { condition, ids } = filter;
  const where = `t.project_id = ?${condition === undefined ? '' : ` AND (${condition.sql})`}`;
  const values = [projectId, ...(condition?.parameters ?? [])];
  if (ids === undefined) return { sql: `FROM traces t WHERE ${where}`, parameters: values };
  const wanted = dialect.jsonArrayRows('?', 'wanted');
  return {
    sql: `FROM ${wanted} CROSS JOIN traces t WHERE t.id = wanted.value AND ${where}`,
    parameters: [JSON.stringify(ids), ...values],
  };
}

/** Stored characters that are enough for a preview of 200 after unescaping. */
const PREVIEW_STORED = 500;

function toContent(dialect: Dialect, content: TraceSelection['content']): string {
  if (content === 'whole') return BIG;
  if (content === 'none') return NO_BIG;
  const start = (column: string) => `${dialect.left(`t.${column}`, PREVIEW_STORED)} AS ${column}`;
  return `NULL AS metadata, ${start('input')}, ${start('output')}`;
}

/** How many traces match. */
export async function readTraceCount(
  db: Database,
  projectId: string,
  filter: CompiledFilter,
): Promise<number> {
  const source = toSource(db.dialect, projectId, filter);
  const [row] = await db.scan<{ readonly total: number | string }>(
    `SELECT count(*) AS total ${source.sql}`,
    source.parameters,
  );
  return Number(row?.total ?? 0);
}

/** One trace, or undefined. */
export async function readTrace(
  db: Database,
  projectId: string,
  traceId: string,
  io: boolean,
): Promise<StoredTrace | undefined> {
  const [row] = await db.read<StoredTrace>(
    `SELECT ${LIGHT}, ${io ? BIG : NO_BIG} FROM traces t WHERE t.project_id = ? AND t.id = ?`,
    [projectId, traceId],
  );
  return row;
}

/** All traces of a session, oldest first. */
export function readTracesOfSession(
  db: Database,
  projectId: string,
  sessionId: string,
): Promise<readonly StoredTrace[]> {
  return db.read(
    `SELECT ${LIGHT}, ${BIG} FROM traces t WHERE t.project_id = ? AND t.session_id = ? ORDER BY t.timestamp, t.id`,
    [projectId, sessionId],
  );
}

/** What a removal took away. */
export interface RemovedTraces {
  readonly ids: readonly string[];
  readonly observations: number;
  readonly scores: number;
  /** Sessions that nothing belongs to any more. */
  readonly sessions: number;
}

/** Removes traces with everything that hangs on them; ids that do not exist are passed over. */
export async function removeTraces(
  tx: Transaction,
  dialect: Dialect,
  projectId: string,
  traceIds: readonly string[],
): Promise<RemovedTraces> {
  const values = [projectId, JSON.stringify(traceIds)];
  const found = await tx.read<{ readonly id: string; readonly session_id: string | null }>(
    `SELECT id, session_id FROM traces WHERE project_id = ? AND ${dialect.inList('id')}`,
    values,
  );
  const observations = await tx.run(
    `DELETE FROM observations WHERE project_id = ? AND ${dialect.inList('trace_id')}`,
    values,
  );
  const scores = await tx.run(
    `DELETE FROM scores WHERE project_id = ? AND trace_id IS NOT NULL AND ${dialect.inList('trace_id')}`,
    values,
  );
  await tx.run(`DELETE FROM traces WHERE project_id = ? AND ${dialect.inList('id')}`, values);
  const sessionIds = new Set(found.map((trace) => trace.session_id).filter((id) => id !== null));
  const sessions = await removeEmptySessions(tx, dialect, projectId, [...sessionIds]);
  return { ids: found.map(({ id }) => id), observations, scores, sessions };
}

/** Removes those of the sessions that hold neither a trace nor a score; returns how many. */
export async function removeEmptySessions(
  tx: Transaction,
  dialect: Dialect,
  projectId: string,
  sessionIds: readonly string[],
): Promise<number> {
  if (sessionIds.length === 0) return 0;
  const holds = (table: string) =>
    `EXISTS (SELECT 1 FROM ${table} h WHERE h.project_id = sessions.project_id AND h.session_id = sessions.id)`;
  return tx.run(
    `DELETE FROM sessions WHERE project_id = ? AND ${dialect.inList('id')} AND NOT ${holds('traces')} AND NOT ${holds('scores')}`,
    [projectId, JSON.stringify(sessionIds)],
  );
}
