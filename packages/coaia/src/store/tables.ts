/**
 * The typed schema, once for both databases. Times are epoch milliseconds; JSON is text; booleans are 0 and 1.
 * Every table that belongs to a project begins its primary key with `project_id`.
 */
import { ACCESS_KEYS } from './access-tables.ts';
import type { AccessTables } from './access-tables.ts';
import { ANNOTATION_KEYS } from './annotation-tables.ts';
import type { AnnotationTables } from './annotation-tables.ts';
import { CONNECTION_KEYS } from './connection-tables.ts';
import type { ConnectionTables } from './connection-tables.ts';
import { DASHBOARD_KEYS } from './dashboard-tables.ts';
import type { DashboardTables } from './dashboard-tables.ts';
import type {
  DatasetItemRow,
  DatasetRow,
  DatasetRunItemRow,
  DatasetRunRow,
} from './dataset-rows.ts';
import { EVALUATION_KEYS } from './evaluation-tables.ts';
import type { EvaluationTables } from './evaluation-tables.ts';
import { JOB_KEYS } from './job-tables.ts';
import type { JobTables } from './job-tables.ts';
import { PREDICTION_KEYS } from './prediction-tables.ts';
import type { PredictionTables } from './prediction-tables.ts';
import { PROMPT_KEYS } from './prompt-tables.ts';
import type { PromptTables } from './prompt-tables.ts';
import { RUN_KEYS } from './run-tables.ts';
import type { RunTables } from './run-tables.ts';
import { SERVING_KEYS } from './serving-tables.ts';
import type { ServingTables } from './serving-tables.ts';
import { STASH_KEYS } from './stash-tables.ts';
import type { StashTables } from './stash-tables.ts';
import { FINE_TUNING_KEYS } from './fine-tuning-tables.ts';
import type { FineTuningTables } from './fine-tuning-tables.ts';
import { TEMPLATE_KEYS } from './template-tables.ts';
import type { TemplateTables } from './template-tables.ts';
import { TRANSFER_KEYS } from './transfer-tables.ts';
import type { TransferTables } from './transfer-tables.ts';

export type * from './access-tables.ts';
export type * from './annotation-tables.ts';
export type * from './connection-tables.ts';
export type * from './dashboard-tables.ts';
export type * from './evaluation-tables.ts';
export type * from './job-tables.ts';
export type * from './prediction-tables.ts';
export type * from './prompt-tables.ts';
export type * from './run-tables.ts';
export type * from './serving-tables.ts';
export type * from './stash-tables.ts';
export type * from './template-tables.ts';
export type * from './fine-tuning-tables.ts';
export type * from './transfer-tables.ts';

export interface TraceRow {
  project_id: string;
  id: string;
  timestamp: number;
  name: string | null;
  user_id: string | null;
  session_id: string | null;
  release: string | null;
  version: string | null;
  environment: string;
  public: number;
  bookmarked: number;
  /** JSON array of texts, sorted. */
  tags: string;
  /** Kept up to date by ingestion, so that lists need no join. */
  observation_count: number;
  error_count: number;
  warning_count: number;
  /** Earliest start and latest end of its observations; NULL while there are none. */
  start_time: number | null;
  end_time: number | null;
  /** Observations without an end that are not events. */
  open_count: number;
  total_cost: number | null;
  input_tokens: number | null;
  output_tokens: number | null;
  total_tokens: number | null;
  /** Merge state: who wrote which field (observability/ingestion/merge.ts); NULL for a trace nobody sent. */
  writers: string | null;
  created_at: number;
  updated_at: number;
  metadata: string | null;
  input: string | null;
  output: string | null;
}

export interface ObservationRow {
  project_id: string;
  id: string;
  trace_id: string;
  type: string;
  name: string | null;
  start_time: number;
  end_time: number | null;
  completion_start_time: number | null;
  level: string;
  status_message: string | null;
  parent_observation_id: string | null;
  model: string | null;
  /** Id of the price entry that matched, NULL when none did. */
  model_id: string | null;
  prompt_id: string | null;
  prompt_name: string | null;
  prompt_version: number | null;
  version: string | null;
  environment: string;
  input_tokens: number | null;
  output_tokens: number | null;
  total_tokens: number | null;
  usage_unit: string | null;
  input_cost: number | null;
  output_cost: number | null;
  total_cost: number | null;
  pricing_tier: string | null;
  writers: string | null;
  created_at: number;
  updated_at: number;
  /** JSON object of counts by usage key, as sent (normalised). */
  usage_details: string | null;
  /** JSON object of USD by usage key: as sent, or computed from prices. */
  cost_details: string | null;
  /** JSON object of USD as the client sent it; NULL when computed. */
  provided_cost: string | null;
  model_parameters: string | null;
  metadata: string | null;
  input: string | null;
  output: string | null;
}

export interface SessionRow {
  project_id: string;
  id: string;
  created_at: number;
  environment: string;
  public: number;
  bookmarked: number;
}

export interface ScoreRow {
  project_id: string;
  id: string;
  trace_id: string | null;
  observation_id: string | null;
  session_id: string | null;
  dataset_run_id: string | null;
  name: string;
  value: number | null;
  string_value: string | null;
  data_type: string;
  source: string;
  comment: string | null;
  metadata: string | null;
  config_id: string | null;
  queue_id: string | null;
  author_user_id: string | null;
  environment: string;
  timestamp: number;
  writers: string | null;
  created_at: number;
  updated_at: number;
}

/** What scores of one kind may be: the range, or the categories (a JSON array of {label, value}). */
export interface ScoreConfigRow {
  project_id: string;
  id: string;
  name: string;
  data_type: string;
  is_archived: number;
  min_value: number | null;
  max_value: number | null;
  categories: string | null;
  description: string | null;
  created_at: number;
  updated_at: number;
}

/** A model as a project defines it; built-in ones are code (observability/prices). */
export interface ModelRow {
  project_id: string;
  id: string;
  model_name: string;
  /** Regular expression on model names, as the caller wrote it. */
  match_pattern: string;
  /** The prices hold for observations from this time on; NULL: always. */
  start_date: number | null;
  unit: string | null;
  tokenizer_id: string | null;
  tokenizer_config: string | null;
  /** JSON array of tiers, the default one included. */
  pricing_tiers: string;
  created_at: number;
  updated_at: number;
}

/** What users of the API said about the tools themselves. */
export interface FeedbackRow {
  project_id: string;
  id: string;
  target_type: string;
  target: string;
  feedback: string;
  goal: string | null;
  reference_url: string | null;
  created_at: number;
}

/** Totals per project. The value is the sum over `slot`, so that parallel writers need not wait for each other. */
export interface CounterRow {
  project_id: string;
  name: 'traces' | 'observations' | 'sessions' | 'scores';
  slot: number;
  value: number;
}

/** The event sequence that live updates follow; pruned to the newest rows. */
export interface ChangeRow {
  seq: number;
  project_id: string;
  kind: 'trace' | 'trace-deleted' | 'session' | 'score' | 'model';
  subject_id: string;
  at: number;
}

/** Facts about the store itself. */
export interface SettingRow {
  name: string;
  value: string;
}

export interface Tables
  extends
    AccessTables,
    AnnotationTables,
    ConnectionTables,
    DashboardTables,
    EvaluationTables,
    JobTables,
    PromptTables,
    RunTables,
    StashTables,
    TemplateTables,
    TransferTables,
    FineTuningTables,
    ServingTables,
    PredictionTables {
  traces: TraceRow;
  observations: ObservationRow;
  sessions: SessionRow;
  scores: ScoreRow;
  score_configs: ScoreConfigRow;
  models: ModelRow;
  feedback: FeedbackRow;
  counters: CounterRow;
  changes: ChangeRow;
  datasets: DatasetRow;
  dataset_items: DatasetItemRow;
  dataset_runs: DatasetRunRow;
  dataset_run_items: DatasetRunItemRow;
  store_settings: SettingRow;
}

/** Primary keys, for upserts. */
export const PRIMARY_KEYS = {
  ...ACCESS_KEYS,
  traces: ['project_id', 'id'],
  observations: ['project_id', 'id'],
  sessions: ['project_id', 'id'],
  scores: ['project_id', 'id'],
  score_configs: ['project_id', 'id'],
  models: ['project_id', 'id'],
  feedback: ['project_id', 'id'],
  ...PROMPT_KEYS,
  counters: ['project_id', 'name', 'slot'],
  changes: ['seq'],
  datasets: ['project_id', 'id'],
  dataset_items: ['project_id', 'id', 'valid_from'],
  dataset_runs: ['project_id', 'id'],
  dataset_run_items: ['project_id', 'id'],
  store_settings: ['name'],
  ...ANNOTATION_KEYS,
  ...CONNECTION_KEYS,
  ...DASHBOARD_KEYS,
  ...EVALUATION_KEYS,
  ...JOB_KEYS,
  ...RUN_KEYS,
  ...STASH_KEYS,
  ...TEMPLATE_KEYS,
  ...TRANSFER_KEYS,
  ...FINE_TUNING_KEYS,
  ...SERVING_KEYS,
  ...PREDICTION_KEYS,
} as const satisfies { readonly [T in keyof Tables]: readonly (keyof Tables[T] & string)[] };
