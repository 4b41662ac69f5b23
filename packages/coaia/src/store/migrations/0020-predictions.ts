/** Migration 20: the log of predictions, their sketches and statistics, outcomes and evaluations. */
import { POSTGRES_TYPES, SQLITE_TYPES } from './migration.ts';
import type { Migration, TypeNames } from './migration.ts';

function toLogStatements(type: TypeNames): readonly string[] {
  return [
    `CREATE TABLE prediction_segments (
      project_id ${type.text} NOT NULL,
      id ${type.text} NOT NULL,
      model ${type.text} NOT NULL,
      version ${type.integer} NOT NULL,
      first_at ${type.integer} NOT NULL,
      last_at ${type.integer} NOT NULL,
      prediction_count ${type.integer} NOT NULL,
      failed_count ${type.integer} NOT NULL,
      flagged_count ${type.integer} NOT NULL,
      shadow_count ${type.integer} NOT NULL,
      data ${type.bytes} NOT NULL,
      PRIMARY KEY (project_id, id)
    )${type.table}`,
    'CREATE INDEX prediction_segments_by_time ON prediction_segments (project_id, last_at)',
    'CREATE INDEX prediction_segments_by_model ON prediction_segments (project_id, model, last_at)',
    `CREATE TABLE prediction_ids (
      project_id ${type.text} NOT NULL,
      request_id ${type.text} NOT NULL,
      segment_id ${type.text} NOT NULL,
      model ${type.text} NOT NULL,
      PRIMARY KEY (project_id, request_id, segment_id)
    )${type.table}`,
    'CREATE INDEX prediction_ids_by_segment ON prediction_ids (project_id, segment_id)',
    `CREATE TABLE prediction_sketches (
      project_id ${type.text} NOT NULL,
      model ${type.text} NOT NULL,
      version ${type.integer} NOT NULL,
      route ${type.text} NOT NULL,
      hour ${type.integer} NOT NULL,
      writer ${type.text} NOT NULL,
      sketch ${type.text} NOT NULL,
      PRIMARY KEY (project_id, model, version, route, hour, writer)
    )${type.table}`,
    `CREATE TABLE prediction_stats (
      project_id ${type.text} NOT NULL,
      model ${type.text} NOT NULL,
      version ${type.integer} NOT NULL,
      route ${type.text} NOT NULL,
      at ${type.integer} NOT NULL,
      writer ${type.text} NOT NULL,
      predictions ${type.integer} NOT NULL,
      row_count ${type.integer} NOT NULL,
      failed ${type.integer} NOT NULL,
      refused ${type.integer} NOT NULL,
      flagged ${type.integer} NOT NULL,
      dropped ${type.integer} NOT NULL,
      total_ms ${type.real} NOT NULL,
      latency ${type.text} NOT NULL,
      PRIMARY KEY (project_id, model, at, version, route, writer)
    )${type.table}`,
  ];
}

function toOutcomeStatements(type: TypeNames): readonly string[] {
  return [
    `CREATE TABLE prediction_outcomes (
      project_id ${type.text} NOT NULL,
      request_id ${type.text} NOT NULL,
      row_index ${type.integer} NOT NULL,
      model ${type.text} NOT NULL,
      version ${type.integer} NOT NULL,
      segment_id ${type.text},
      trace_id ${type.text} NOT NULL,
      predicted_at ${type.integer} NOT NULL,
      recorded_at ${type.integer} NOT NULL,
      revision ${type.integer} NOT NULL,
      actual ${type.text} NOT NULL,
      predicted ${type.text},
      loss ${type.real},
      PRIMARY KEY (project_id, request_id, row_index, model)
    )${type.table}`,
    'CREATE INDEX prediction_outcomes_by_time ON prediction_outcomes (project_id, model, predicted_at)',
    'CREATE INDEX prediction_outcomes_by_loss ON prediction_outcomes (project_id, model, loss)',
    `CREATE TABLE prediction_references (
      project_id ${type.text} NOT NULL,
      model ${type.text} NOT NULL,
      version ${type.integer} NOT NULL,
      source ${type.text} NOT NULL,
      row_count ${type.integer} NOT NULL,
      sketch ${type.text} NOT NULL,
      created_at ${type.integer} NOT NULL,
      PRIMARY KEY (project_id, model, version)
    )${type.table}`,
    `CREATE TABLE prediction_evaluations (
      project_id ${type.text} NOT NULL,
      id ${type.text} NOT NULL,
      model ${type.text} NOT NULL,
      version ${type.integer} NOT NULL,
      against ${type.integer},
      source ${type.text} NOT NULL,
      created_at ${type.integer} NOT NULL,
      result ${type.text} NOT NULL,
      PRIMARY KEY (project_id, id)
    )${type.table}`,
    'CREATE INDEX prediction_evaluations_by_model ON prediction_evaluations (project_id, model, created_at)',
  ];
}

const toStatements = (type: TypeNames): readonly string[] => [
  ...toLogStatements(type),
  ...toOutcomeStatements(type),
];

export const predictions: Migration = {
  version: 20,
  name: 'predictions',
  sqlite: toStatements(SQLITE_TYPES),
  postgres: toStatements(POSTGRES_TYPES),
};
