/** What stands in the files: the columns of each table in their order, and when each belongs to an export. */
import type { ExportSource, FieldGroup } from './export.ts';

/** How a stored value is given out: JSON as a value, times in ISO 8601, seconds as numbers. */
export type ColumnKind = 'text' | 'number' | 'time' | 'json' | 'flag';

export interface ExportColumn {
  readonly name: string;
  readonly kind: ColumnKind;
  /** SQL over the aliases `r` (the record) and `t` (the trace of an observation). */
  readonly sql: string;
  readonly group?: FieldGroup;
}

export interface ExportTable {
  readonly name: 'traces' | 'observations' | 'observations_v2' | 'scores';
  readonly from: string;
  /** Column of `r` that puts a record into a window. */
  readonly time: 'timestamp' | 'start_time';
  readonly columns: readonly ExportColumn[];
}

const column =
  (group?: FieldGroup) =>
  (name: string, kind: ColumnKind = 'text', sql = `r.${name}`): ExportColumn => ({
    name,
    kind,
    sql,
    ...(group === undefined ? {} : { group }),
  });

const plain = column();
const seconds = (to: string, from: string) => `(${to} - ${from}) / 1000.0`;

const TRACES: ExportTable = {
  name: 'traces',
  from: 'traces r',
  time: 'timestamp',
  columns: [
    plain('id'),
    plain('timestamp', 'time'),
    plain('name'),
    plain('environment'),
    plain('project_id'),
    plain('metadata', 'json'),
    plain('user_id'),
    plain('session_id'),
    plain('release'),
    plain('version'),
    plain('public', 'flag'),
    plain('bookmarked', 'flag'),
    plain('tags', 'json'),
    plain('input', 'json'),
    plain('output', 'json'),
    plain('observation_count', 'number'),
    plain('latency', 'number', seconds('r.end_time', 'r.start_time')),
    plain('total_cost', 'number'),
    plain('created_at', 'time'),
    plain('updated_at', 'time'),
  ],
};

const SCORES: ExportTable = {
  name: 'scores',
  from: 'scores r',
  time: 'timestamp',
  columns: [
    plain('id'),
    plain('timestamp', 'time'),
    plain('project_id'),
    plain('environment'),
    plain('trace_id'),
    plain('observation_id'),
    plain('session_id'),
    plain('dataset_run_id'),
    plain('name'),
    plain('value', 'number'),
    plain('string_value'),
    plain('data_type'),
    plain('source'),
    plain('comment'),
    plain('metadata', 'json'),
    plain('config_id'),
    plain('queue_id'),
    plain('author_user_id'),
    plain('created_at', 'time'),
    plain('updated_at', 'time'),
  ],
};

const [core, basic, time, io, metadata, model] = [
  column('core'),
  column('basic'),
  column('time'),
  column('io'),
  column('metadata'),
  column('model'),
];
const [usage, prompt, metrics, context] = [
  column('usage'),
  column('prompt'),
  column('metrics'),
  column('trace_context'),
];

const OBSERVATION_COLUMNS: readonly ExportColumn[] = [
  core('id'),
  core('trace_id'),
  core('project_id'),
  core('type'),
  core('parent_observation_id'),
  core('start_time', 'time'),
  core('end_time', 'time'),
  basic('name'),
  basic('level'),
  basic('status_message'),
  basic('version'),
  basic('environment'),
  time('completion_start_time', 'time'),
  time('created_at', 'time'),
  time('updated_at', 'time'),
  io('input', 'json'),
  io('output', 'json'),
  metadata('metadata', 'json'),
  model('provided_model_name', 'text', 'r.model'),
  model('model_id'),
  model('model_parameters', 'json'),
  usage('usage_details', 'json'),
  usage('cost_details', 'json'),
  usage('total_cost', 'number'),
  prompt('prompt_id'),
  prompt('prompt_name'),
  prompt('prompt_version', 'number'),
  metrics('latency', 'number', seconds('r.end_time', 'r.start_time')),
  metrics('time_to_first_token', 'number', seconds('r.completion_start_time', 'r.start_time')),
];

const OBSERVATIONS: ExportTable = {
  name: 'observations',
  from: 'observations r',
  time: 'start_time',
  columns: OBSERVATION_COLUMNS,
};

const OBSERVATIONS_V2: ExportTable = {
  name: 'observations_v2',
  from: 'observations r LEFT JOIN traces t ON t.project_id = r.project_id AND t.id = r.trace_id',
  time: 'start_time',
  columns: [
    ...OBSERVATION_COLUMNS,
    context('trace_name', 'text', 't.name'),
    context('user_id', 'text', 't.user_id'),
    context('session_id', 'text', 't.session_id'),
    context('release', 'text', 't.release'),
    context('tags', 'json', 't.tags'),
  ],
};

const TABLES: Readonly<Record<ExportSource, readonly ExportTable[]>> = {
  LEGACY_TRACES_OBSERVATIONS: [TRACES, OBSERVATIONS, SCORES],
  OBSERVATIONS_V2: [OBSERVATIONS_V2, SCORES],
  LEGACY_TRACES_AND_ENRICHED_OBSERVATIONS: [TRACES, OBSERVATIONS, OBSERVATIONS_V2, SCORES],
};

/** The tables of a source; no groups, or an empty list of them, mean all columns. */
export function toTables(
  source: ExportSource,
  groups: readonly string[] | null,
): readonly ExportTable[] {
  if (groups === null || groups.length === 0) return TABLES[source];
  return TABLES[source].map((table) => ({
    ...table,
    columns: table.columns.filter(({ group }) => group === undefined || groups.includes(group)),
  }));
}
