/** SQL of observations: lists and point reads. The table has the alias `o`, its trace `t`. */
import type { Database, Dialect, ObservationRow } from '#store';
import type { CompiledFilter } from '../filter/compile-filter.ts';
import type { Fragment } from '../filter/fragment.ts';
import { IS_ROOT } from '../filter/observation-fields.ts';
import type { StoredObservation } from './observation.ts';

const COLUMNS = [
  'project_id',
  'id',
  'trace_id',
  'type',
  'name',
  'start_time',
  'end_time',
  'completion_start_time',
  'level',
  'status_message',
  'parent_observation_id',
  'model',
  'model_id',
  'prompt_id',
  'prompt_name',
  'prompt_version',
  'version',
  'environment',
  'input_tokens',
  'output_tokens',
  'total_tokens',
  'usage_unit',
  'input_cost',
  'output_cost',
  'total_cost',
  'pricing_tier',
  'created_at',
  'updated_at',
  'usage_details',
  'cost_details',
  'model_parameters',
  'metadata',
  'input',
  'output',
] as const satisfies readonly (keyof ObservationRow)[];

/** The id of the prompt version is looked up, so that it is there whichever of the two was stored first. */
const PROMPT_ID =
  'COALESCE(o.prompt_id, (SELECT p.id FROM prompts p WHERE p.project_id = o.project_id AND p.name = o.prompt_name AND p.version = o.prompt_version)) AS prompt_id';

function toColumn(name: (typeof COLUMNS)[number]): string {
  return name === 'prompt_id' ? PROMPT_ID : `o.${name}`;
}

const ALL = COLUMNS.map(toColumn).join(', ');
const BIG: ReadonlySet<string> = new Set(['metadata', 'input', 'output']);
const TRACE_JOIN = 'LEFT JOIN traces t ON t.project_id = o.project_id AND t.id = o.trace_id';

/** What its trace and its parent add to an observation in the v2 form. */
export interface TraceContext {
  readonly is_root: number;
  readonly trace_name: string | null;
  readonly user_id: string | null;
  readonly session_id: string | null;
  readonly tags: string | null;
  readonly release: string | null;
  readonly public: number | null;
  readonly bookmarked: number | null;
}

const CONTEXT = `t.name AS trace_name, t.user_id, t.session_id, t.tags, t.release, t.public, t.bookmarked, ${IS_ROOT} AS is_root`;

/** All observations of one trace by start. */
export function readObservationsOfTrace(
  db: Database,
  projectId: string,
  traceId: string,
): Promise<readonly StoredObservation[]> {
  return db.read(
    `SELECT ${ALL} FROM observations o WHERE o.project_id = ? AND o.trace_id = ? ORDER BY o.start_time, o.id`,
    [projectId, traceId],
  );
}

/** Ids of the observations of several traces, each trace's by start; the index alone answers. */
export function readObservationIds(
  db: Database,
  projectId: string,
  traceIds: readonly string[],
): Promise<readonly { readonly trace_id: string; readonly id: string }[]> {
  if (traceIds.length === 0) return Promise.resolve([]);
  return db.read(
    `SELECT trace_id, id FROM observations WHERE project_id = ? AND ${db.dialect.inList('trace_id')} ORDER BY trace_id, start_time, id`,
    [projectId, JSON.stringify(traceIds)],
  );
}

/** One observation, or undefined. */
export async function readObservation(
  db: Database,
  projectId: string,
  observationId: string,
): Promise<StoredObservation | undefined> {
  const [row] = await db.read<StoredObservation>(
    `SELECT ${ALL} FROM observations o WHERE o.project_id = ? AND o.id = ?`,
    [projectId, observationId],
  );
  return row;
}

/** What a list asks the store for; newest first. */
export interface ObservationSelection {
  readonly filter: CompiledFilter;
  readonly limit: number;
  readonly offset: number;
}

/** One numbered page, newest first. */
export function readObservations(
  db: Database,
  projectId: string,
  selection: ObservationSelection,
): Promise<readonly StoredObservation[]> {
  const { filter } = selection;
  const source = toSource(db.dialect, projectId, filter);
  const sql = `SELECT ${ALL} FROM (${toPage(source)} LIMIT ? OFFSET ?) p
    CROSS JOIN observations o WHERE o.project_id = ? AND o.id = p.id
    ORDER BY o.start_time DESC, o.trace_id DESC, o.id DESC`;
  const { limit, offset } = selection;
  const parameters = [...source.parameters, limit, offset, projectId];
  return filter.quick ? db.read(sql, parameters) : db.scan(sql, parameters);
}

/** A page after a cursor, newest first, with what trace and parent add; big columns only when asked for. */
export function readObservationsAfter(
  db: Database,
  projectId: string,
  selection: Omit<ObservationSelection, 'offset'> & { readonly big: boolean },
): Promise<readonly (StoredObservation & TraceContext)[]> {
  const { filter, limit, big } = selection;
  const source = toSource(db.dialect, projectId, filter);
  const columns = COLUMNS.map((name) =>
    !big && BIG.has(name) ? `NULL AS ${name}` : toColumn(name),
  );
  const sql = `SELECT ${columns.join(', ')}, ${CONTEXT} FROM (${toPage(source)} LIMIT ?) p
    CROSS JOIN observations o ${TRACE_JOIN} WHERE o.project_id = ? AND o.id = p.id
    ORDER BY o.start_time DESC, o.trace_id DESC, o.id DESC`;
  const parameters = [...source.parameters, limit, projectId];
  return filter.quick ? db.read(sql, parameters) : db.scan(sql, parameters);
}

/** How many observations match. */
export async function readObservationCount(
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

function toPage(source: Fragment): string {
  return `SELECT o.id ${source.sql} ORDER BY o.start_time DESC, o.trace_id DESC, o.id DESC`;
}

/** FROM and WHERE of the matching observations; the trace is joined only for filters that look at it. */
function toSource(dialect: Dialect, projectId: string, filter: CompiledFilter): Fragment {
  const { condition, ids } = filter;
  const join = condition !== undefined && /\bt\.\w/.test(condition.sql) ? ` ${TRACE_JOIN}` : '';
  const where = `o.project_id = ?${condition === undefined ? '' : ` AND (${condition.sql})`}`;
  const values = [projectId, ...(condition?.parameters ?? [])];
  if (ids === undefined)
    return { sql: `FROM observations o${join} WHERE ${where}`, parameters: values };
  const wanted = dialect.jsonArrayRows('?', 'wanted');
  return {
    sql: `FROM ${wanted} CROSS JOIN observations o${join} WHERE o.id = wanted.value AND ${where}`,
    parameters: [JSON.stringify(ids), ...values],
  };
}
