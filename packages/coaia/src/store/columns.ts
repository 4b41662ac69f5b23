/**
 * Columns of every table in stored order, with the type both databases give them. Upserts, dumps and the
 * Postgres array parameters are made from this list; the migrations say the same in SQL and a test compares them.
 */
import { ACCESS_COLUMNS } from './access-columns.ts';
import { ANNOTATION_COLUMNS } from './annotation-columns.ts';
import { CONNECTION_COLUMNS } from './connection-tables.ts';
import { EVALUATION_COLUMNS } from './evaluation-columns.ts';
import { DASHBOARD_COLUMNS } from './dashboard-tables.ts';
import { JOB_COLUMNS } from './job-columns.ts';
import { PREDICTION_COLUMNS } from './prediction-tables.ts';
import { PROMPT_COLUMNS } from './prompt-columns.ts';
import { RUN_COLUMNS } from './run-columns.ts';
import { SERVING_COLUMNS } from './serving-tables.ts';
import { STASH_COLUMNS } from './stash-tables.ts';
import { FINE_TUNING_COLUMNS } from './fine-tuning-columns.ts';
import { TEMPLATE_COLUMNS } from './template-columns.ts';
import { TRANSFER_COLUMNS } from './transfer-columns.ts';
import type { Tables } from './tables.ts';

/** `integer`: whole number (64 bit). `real`: double. `json`: text that is parsed as JSON by queries. `bytes`: Uint8Array. */
export type ColumnType = 'text' | 'json' | 'integer' | 'real' | 'bytes';

export const TABLE_COLUMNS = {
  ...ACCESS_COLUMNS,
  traces: {
    project_id: 'text',
    id: 'text',
    timestamp: 'integer',
    name: 'text',
    user_id: 'text',
    session_id: 'text',
    release: 'text',
    version: 'text',
    environment: 'text',
    public: 'integer',
    bookmarked: 'integer',
    tags: 'json',
    observation_count: 'integer',
    error_count: 'integer',
    warning_count: 'integer',
    start_time: 'integer',
    end_time: 'integer',
    open_count: 'integer',
    total_cost: 'real',
    input_tokens: 'real',
    output_tokens: 'real',
    total_tokens: 'real',
    writers: 'json',
    created_at: 'integer',
    updated_at: 'integer',
    metadata: 'json',
    input: 'json',
    output: 'json',
  },
  observations: {
    project_id: 'text',
    id: 'text',
    trace_id: 'text',
    type: 'text',
    name: 'text',
    start_time: 'integer',
    end_time: 'integer',
    completion_start_time: 'integer',
    level: 'text',
    status_message: 'text',
    parent_observation_id: 'text',
    model: 'text',
    model_id: 'text',
    prompt_id: 'text',
    prompt_name: 'text',
    prompt_version: 'integer',
    version: 'text',
    environment: 'text',
    input_tokens: 'real',
    output_tokens: 'real',
    total_tokens: 'real',
    usage_unit: 'text',
    input_cost: 'real',
    output_cost: 'real',
    total_cost: 'real',
    pricing_tier: 'text',
    writers: 'json',
    created_at: 'integer',
    updated_at: 'integer',
    usage_details: 'json',
    cost_details: 'json',
    provided_cost: 'json',
    model_parameters: 'json',
    metadata: 'json',
    input: 'json',
    output: 'json',
  },
  sessions: {
    project_id: 'text',
    id: 'text',
    created_at: 'integer',
    environment: 'text',
    public: 'integer',
    bookmarked: 'integer',
  },
  scores: {
    project_id: 'text',
    id: 'text',
    trace_id: 'text',
    observation_id: 'text',
    session_id: 'text',
    dataset_run_id: 'text',
    name: 'text',
    value: 'real',
    string_value: 'text',
    data_type: 'text',
    source: 'text',
    comment: 'text',
    metadata: 'json',
    config_id: 'text',
    queue_id: 'text',
    author_user_id: 'text',
    environment: 'text',
    timestamp: 'integer',
    writers: 'json',
    created_at: 'integer',
    updated_at: 'integer',
  },
  score_configs: {
    project_id: 'text',
    id: 'text',
    name: 'text',
    data_type: 'text',
    is_archived: 'integer',
    min_value: 'real',
    max_value: 'real',
    categories: 'json',
    description: 'text',
    created_at: 'integer',
    updated_at: 'integer',
  },
  models: {
    project_id: 'text',
    id: 'text',
    model_name: 'text',
    match_pattern: 'text',
    start_date: 'integer',
    unit: 'text',
    tokenizer_id: 'text',
    tokenizer_config: 'json',
    pricing_tiers: 'json',
    created_at: 'integer',
    updated_at: 'integer',
  },
  ...PROMPT_COLUMNS,
  feedback: {
    project_id: 'text',
    id: 'text',
    target_type: 'text',
    target: 'text',
    feedback: 'text',
    goal: 'text',
    reference_url: 'text',
    created_at: 'integer',
  },
  counters: {
    project_id: 'text',
    name: 'text',
    slot: 'integer',
    value: 'integer',
  },
  changes: {
    seq: 'integer',
    project_id: 'text',
    kind: 'text',
    subject_id: 'text',
    at: 'integer',
  },
  datasets: {
    project_id: 'text',
    id: 'text',
    name: 'text',
    description: 'text',
    created_at: 'integer',
    updated_at: 'integer',
    metadata: 'json',
    input_schema: 'json',
    expected_output_schema: 'json',
  },
  dataset_items: {
    project_id: 'text',
    id: 'text',
    valid_from: 'integer',
    valid_to: 'integer',
    dataset_id: 'text',
    status: 'text',
    source_trace_id: 'text',
    source_observation_id: 'text',
    created_at: 'integer',
    metadata: 'json',
    input: 'json',
    expected_output: 'json',
  },
  dataset_runs: {
    project_id: 'text',
    id: 'text',
    dataset_id: 'text',
    name: 'text',
    description: 'text',
    created_at: 'integer',
    updated_at: 'integer',
    metadata: 'json',
  },
  dataset_run_items: {
    project_id: 'text',
    id: 'text',
    run_id: 'text',
    dataset_item_id: 'text',
    trace_id: 'text',
    observation_id: 'text',
    dataset_version: 'integer',
    created_at: 'integer',
    updated_at: 'integer',
  },
  store_settings: {
    name: 'text',
    value: 'text',
  },
  ...ANNOTATION_COLUMNS,
  ...DASHBOARD_COLUMNS,
  ...CONNECTION_COLUMNS,
  ...EVALUATION_COLUMNS,
  ...JOB_COLUMNS,
  ...RUN_COLUMNS,
  ...STASH_COLUMNS,
  ...TEMPLATE_COLUMNS,
  ...TRANSFER_COLUMNS,
  ...FINE_TUNING_COLUMNS,
  ...SERVING_COLUMNS,
  ...PREDICTION_COLUMNS,
} as const satisfies {
  readonly [T in keyof Tables]: { readonly [C in keyof Tables[T]]: ColumnType };
};

/** Column names of a table in stored order. */
export function listColumns(table: keyof Tables): readonly string[] {
  return Object.keys(TABLE_COLUMNS[table]);
}

/** Tables whose rows belong to a project. */
export function listProjectTables(): readonly (keyof Tables)[] {
  const tables = Object.keys(TABLE_COLUMNS) as (keyof Tables)[];
  return tables.filter((table) => 'project_id' in TABLE_COLUMNS[table]);
}
