/**
 * SQL of experiments. An experiment's item is a link of a dataset run, or the root span that carries
 * `langfuse.experiment.*` attributes (kept by the OTLP reader in `metadata.experiment`); where both tell of the
 * same item and trace, the link counts.
 */
import type { Database, Dialect, SqlValue } from '#store';

/** One item with its experiment; times in epoch milliseconds. */
export interface StoredExperimentItem {
  readonly experiment_id: string;
  readonly experiment_name: string | null;
  readonly dataset_id: string | null;
  readonly item_id: string;
  /** Root observation, or the trace when the link names no observation. */
  readonly id: string;
  readonly trace_id: string;
  readonly observation_id: string | null;
  readonly start_time: number;
  readonly end_time: number | null;
  readonly level: string | null;
  readonly environment: string | null;
  readonly version: number | string | null;
}

/** An experiment as its items add up to. */
export interface StoredExperiment {
  readonly experiment_id: string;
  readonly experiment_name: string | null;
  readonly dataset_id: string | null;
  readonly start_time: number;
  readonly end_time: number;
  readonly item_count: number | string;
  /** A root observation of it, when spans tell of it. */
  readonly observation_id: string | null;
}

/** A condition on the columns of an item. */
export interface Condition {
  readonly sql: string;
  readonly parameters: readonly SqlValue[];
}

export interface ExperimentSelection {
  readonly from: number;
  readonly to?: number | undefined;
  readonly conditions: readonly Condition[];
  /** Where the last page ended. */
  readonly after?: { readonly time: number; readonly id: string } | undefined;
  readonly limit: number;
  /** Leaves dataset runs out. */
  readonly onlySpans?: boolean;
}

/** One page of experiments, latest activity first. */
export function readExperiments(
  db: Database,
  projectId: string,
  selection: ExperimentSelection,
): Promise<readonly StoredExperiment[]> {
  const items = toItems(db.dialect, projectId, selection);
  const { after, limit } = selection;
  const having =
    after === undefined ? '' : 'WHERE end_time < ? OR (end_time = ? AND experiment_id < ?)';
  const place = after === undefined ? [] : [after.time, after.time, after.id];
  return db.scan(
    `SELECT * FROM (
       SELECT experiment_id, MIN(experiment_name) AS experiment_name, MIN(dataset_id) AS dataset_id,
         MIN(start_time) AS start_time, MAX(COALESCE(end_time, start_time)) AS end_time,
         count(*) AS item_count, MIN(observation_id) AS observation_id
       FROM (${items.sql}) i GROUP BY experiment_id
     ) e ${having} ORDER BY end_time DESC, experiment_id DESC LIMIT ?`,
    [...items.parameters, ...place, limit],
  );
}

/** One page of items, newest first. */
export function readExperimentItems(
  db: Database,
  projectId: string,
  selection: ExperimentSelection,
): Promise<readonly StoredExperimentItem[]> {
  const items = toItems(db.dialect, projectId, selection);
  const { after, limit } = selection;
  const where = after === undefined ? '' : 'WHERE start_time < ? OR (start_time = ? AND place < ?)';
  const place = after === undefined ? [] : [after.time, after.time, after.id];
  return db.scan(
    `SELECT * FROM (SELECT i.*, ${PLACE} AS place FROM (${items.sql}) i) p ${where}
     ORDER BY start_time DESC, place DESC LIMIT ?`,
    [...items.parameters, ...place, limit],
  );
}

/** Orders items that began in the same millisecond. */
const PLACE = `i.experiment_id || '/' || i.item_id || '/' || i.id`;

/** What follows the last row in the order of items. */
export function toItemPlace(row: StoredExperimentItem): string {
  return `${row.experiment_id}/${row.item_id}/${row.id}`;
}

/** Both kinds of items within the times and conditions. */
function toItems(dialect: Dialect, projectId: string, selection: ExperimentSelection): Condition {
  const { from, to, conditions, onlySpans = false } = selection;
  const bounds = ['start_time >= ?', ...(to === undefined ? [] : ['start_time < ?'])];
  const times = to === undefined ? [from] : [from, to];
  const extra = conditions.map(({ sql }) => `(${sql})`);
  const spans = toSpans(dialect, to !== undefined);
  return {
    sql: `SELECT * FROM (${onlySpans ? spans : `${LINKS} UNION ALL ${spans}`}) b
      WHERE ${[...bounds, ...extra].join(' AND ')}`,
    parameters: [
      ...(onlySpans ? [] : [projectId]),
      projectId,
      ...times,
      ...times,
      ...conditions.flatMap(({ parameters }) => parameters),
    ],
  };
}

const LINKS = `SELECT r.id AS experiment_id, r.name AS experiment_name, r.dataset_id,
    l.dataset_item_id AS item_id, COALESCE(l.observation_id, l.trace_id) AS id, l.trace_id, l.observation_id,
    COALESCE(o.start_time, t.start_time, t.timestamp, l.created_at) AS start_time,
    CASE WHEN l.observation_id IS NULL THEN t.end_time ELSE o.end_time END AS end_time,
    o.level, COALESCE(o.environment, t.environment) AS environment,
    CAST(l.dataset_version AS TEXT) AS version
  FROM dataset_run_items l
  JOIN dataset_runs r ON r.project_id = l.project_id AND r.id = l.run_id
  LEFT JOIN observations o ON o.project_id = l.project_id AND o.id = l.observation_id
  LEFT JOIN traces t ON t.project_id = l.project_id AND t.id = l.trace_id
  WHERE l.project_id = ?`;

function toSpans(dialect: Dialect, hasEnd: boolean): string {
  const text = (...path: readonly string[]) =>
    dialect.jsonText('o.metadata', ['experiment', ...path]);
  const root = text('item', 'root_observation_id');
  return `SELECT ${text('id')} AS experiment_id, ${text('name')} AS experiment_name,
      ${text('dataset', 'id')} AS dataset_id, COALESCE(${text('item', 'id')}, o.id) AS item_id, o.id, o.trace_id,
      o.id AS observation_id, o.start_time, o.end_time, o.level, o.environment,
      ${text('item', 'version')} AS version
    FROM observations o
    WHERE o.project_id = ? AND o.metadata LIKE '%"experiment":{%'
      AND o.start_time >= ?${hasEnd ? ' AND o.start_time < ?' : ''}
      AND ${text('id')} IS NOT NULL
      AND (${root} = o.id OR (${root} IS NULL AND o.parent_observation_id IS NULL))
      AND NOT EXISTS (SELECT 1 FROM dataset_run_items l WHERE l.project_id = o.project_id
        AND l.dataset_item_id = ${text('item', 'id')} AND l.trace_id = o.trace_id)`;
}
