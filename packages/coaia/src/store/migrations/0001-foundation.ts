/** Migration 1: every table of the observability core. Big columns stand last, so that lists do not read them. */
import { POSTGRES_TYPES, SQLITE_TYPES } from './migration.ts';
import type { Migration, TypeNames } from './migration.ts';

function toAccessTables(type: TypeNames): readonly string[] {
  return [
    `CREATE TABLE organizations (
      id ${type.text} NOT NULL,
      name ${type.text} NOT NULL,
      created_at ${type.integer} NOT NULL,
      PRIMARY KEY (id)
    )${type.table}`,
    `CREATE TABLE projects (
      id ${type.text} NOT NULL,
      organization_id ${type.text} NOT NULL REFERENCES organizations (id),
      name ${type.text} NOT NULL,
      metadata ${type.text} NOT NULL,
      retention_days ${type.integer},
      created_at ${type.integer} NOT NULL,
      updated_at ${type.integer} NOT NULL,
      PRIMARY KEY (id)
    )${type.table}`,
    `CREATE TABLE api_keys (
      id ${type.text} NOT NULL,
      project_id ${type.text} NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
      public_key ${type.text} NOT NULL,
      secret_hash ${type.text} NOT NULL,
      display_secret ${type.text} NOT NULL,
      note ${type.text},
      created_at ${type.integer} NOT NULL,
      last_used_at ${type.integer},
      expires_at ${type.integer},
      PRIMARY KEY (id)
    )${type.table}`,
    `CREATE UNIQUE INDEX api_keys_by_public_key ON api_keys (public_key)`,
    `CREATE INDEX api_keys_by_secret ON api_keys (secret_hash)`,
    `CREATE INDEX api_keys_by_project ON api_keys (project_id)`,
    `CREATE TABLE sign_ins (
      token_hash ${type.text} NOT NULL,
      kind ${type.text} NOT NULL,
      project_id ${type.text} NOT NULL,
      created_at ${type.integer} NOT NULL,
      expires_at ${type.integer} NOT NULL,
      used_at ${type.integer},
      PRIMARY KEY (token_hash)
    )${type.table}`,
  ];
}

function toRecordTables(type: TypeNames): readonly string[] {
  return [
    `CREATE TABLE traces (
      project_id ${type.text} NOT NULL,
      id ${type.text} NOT NULL,
      timestamp ${type.integer} NOT NULL,
      name ${type.text},
      user_id ${type.text},
      session_id ${type.text},
      release ${type.text},
      version ${type.text},
      environment ${type.text} NOT NULL,
      public ${type.integer} NOT NULL,
      bookmarked ${type.integer} NOT NULL,
      tags ${type.text} NOT NULL,
      observation_count ${type.integer} NOT NULL,
      error_count ${type.integer} NOT NULL,
      warning_count ${type.integer} NOT NULL,
      start_time ${type.integer},
      end_time ${type.integer},
      open_count ${type.integer} NOT NULL,
      total_cost ${type.real},
      input_tokens ${type.real},
      output_tokens ${type.real},
      total_tokens ${type.real},
      writers ${type.text},
      created_at ${type.integer} NOT NULL,
      updated_at ${type.integer} NOT NULL,
      metadata ${type.text},
      input ${type.text},
      output ${type.text},
      PRIMARY KEY (project_id, id)
    )${type.table}`,
    `CREATE TABLE observations (
      project_id ${type.text} NOT NULL,
      id ${type.text} NOT NULL,
      trace_id ${type.text} NOT NULL,
      type ${type.text} NOT NULL,
      name ${type.text},
      start_time ${type.integer} NOT NULL,
      end_time ${type.integer},
      completion_start_time ${type.integer},
      level ${type.text} NOT NULL,
      status_message ${type.text},
      parent_observation_id ${type.text},
      model ${type.text},
      model_id ${type.text},
      prompt_id ${type.text},
      prompt_name ${type.text},
      prompt_version ${type.integer},
      version ${type.text},
      environment ${type.text} NOT NULL,
      input_tokens ${type.real},
      output_tokens ${type.real},
      total_tokens ${type.real},
      usage_unit ${type.text},
      input_cost ${type.real},
      output_cost ${type.real},
      total_cost ${type.real},
      pricing_tier ${type.text},
      writers ${type.text},
      created_at ${type.integer} NOT NULL,
      updated_at ${type.integer} NOT NULL,
      usage_details ${type.text},
      cost_details ${type.text},
      provided_cost ${type.text},
      model_parameters ${type.text},
      metadata ${type.text},
      input ${type.text},
      output ${type.text},
      PRIMARY KEY (project_id, id)
    )${type.table}`,
    `CREATE TABLE sessions (
      project_id ${type.text} NOT NULL,
      id ${type.text} NOT NULL,
      created_at ${type.integer} NOT NULL,
      environment ${type.text} NOT NULL,
      public ${type.integer} NOT NULL,
      bookmarked ${type.integer} NOT NULL,
      PRIMARY KEY (project_id, id)
    )${type.table}`,
    `CREATE TABLE scores (
      project_id ${type.text} NOT NULL,
      id ${type.text} NOT NULL,
      trace_id ${type.text},
      observation_id ${type.text},
      session_id ${type.text},
      dataset_run_id ${type.text},
      name ${type.text} NOT NULL,
      value ${type.real},
      string_value ${type.text},
      data_type ${type.text} NOT NULL,
      source ${type.text} NOT NULL,
      comment ${type.text},
      metadata ${type.text},
      config_id ${type.text},
      queue_id ${type.text},
      author_user_id ${type.text},
      environment ${type.text} NOT NULL,
      timestamp ${type.integer} NOT NULL,
      writers ${type.text},
      created_at ${type.integer} NOT NULL,
      updated_at ${type.integer} NOT NULL,
      PRIMARY KEY (project_id, id)
    )${type.table}`,
  ];
}

function toBookkeepingTables(type: TypeNames): readonly string[] {
  return [
    `CREATE TABLE counters (
      project_id ${type.text} NOT NULL,
      name ${type.text} NOT NULL,
      slot ${type.integer} NOT NULL,
      value ${type.integer} NOT NULL,
      PRIMARY KEY (project_id, name, slot)
    )${type.table}`,
    `CREATE TABLE changes (
      seq ${type.sequence},
      project_id ${type.text} NOT NULL,
      kind ${type.text} NOT NULL,
      subject_id ${type.text} NOT NULL,
      at ${type.integer} NOT NULL
    )${type.table}`,
    `CREATE TABLE store_settings (
      name ${type.text} NOT NULL,
      value ${type.text} NOT NULL,
      PRIMARY KEY (name)
    )${type.table}`,
  ];
}

const INDEXES = [
  `CREATE INDEX traces_by_time ON traces (project_id, timestamp, id)`,
  `CREATE INDEX traces_by_session ON traces (project_id, session_id, timestamp, id) WHERE session_id IS NOT NULL`,
  `CREATE INDEX traces_by_user ON traces (project_id, user_id, timestamp, id) WHERE user_id IS NOT NULL`,
  `CREATE INDEX traces_by_name ON traces (project_id, name, timestamp, id) WHERE name IS NOT NULL`,
  `CREATE INDEX traces_with_errors ON traces (project_id, timestamp, id) WHERE error_count > 0`,
  `CREATE INDEX observations_by_trace ON observations (project_id, trace_id, start_time, id)`,
  `CREATE INDEX observations_by_time ON observations (project_id, start_time, trace_id, id)`,
  `CREATE INDEX scores_by_trace ON scores (project_id, trace_id) WHERE trace_id IS NOT NULL`,
  `CREATE INDEX scores_by_session ON scores (project_id, session_id) WHERE session_id IS NOT NULL`,
  `CREATE INDEX sessions_by_time ON sessions (project_id, created_at, id)`,
];

function toStatements(type: TypeNames): readonly string[] {
  return [
    ...toAccessTables(type),
    ...toRecordTables(type),
    ...toBookkeepingTables(type),
    ...INDEXES,
  ];
}

export const foundation: Migration = {
  version: 1,
  name: 'foundation',
  sqlite: toStatements(SQLITE_TYPES),
  postgres: toStatements(POSTGRES_TYPES),
};
