/** Migration 8: what a project says about models and their prices, what metrics read, and feedback. */
import { POSTGRES_TYPES, SQLITE_TYPES } from './migration.ts';
import type { Migration, TypeNames } from './migration.ts';

function toStatements(type: TypeNames): readonly string[] {
  return [
    `CREATE TABLE models (
      project_id ${type.text} NOT NULL,
      id ${type.text} NOT NULL,
      model_name ${type.text} NOT NULL,
      match_pattern ${type.text} NOT NULL,
      start_date ${type.integer},
      unit ${type.text},
      tokenizer_id ${type.text},
      tokenizer_config ${type.text},
      pricing_tiers ${type.text} NOT NULL,
      created_at ${type.integer} NOT NULL,
      updated_at ${type.integer} NOT NULL,
      PRIMARY KEY (project_id, id)
    )${type.table}`,
    `CREATE TABLE feedback (
      project_id ${type.text} NOT NULL,
      id ${type.text} NOT NULL,
      target_type ${type.text} NOT NULL,
      target ${type.text} NOT NULL,
      feedback ${type.text} NOT NULL,
      goal ${type.text},
      reference_url ${type.text},
      created_at ${type.integer} NOT NULL,
      PRIMARY KEY (project_id, id)
    )${type.table}`,
  ];
}

/**
 * On SQLite the index by time holds everything that metrics group and add up, so that a query over a million
 * observations reads a tenth of the store and no input or output. Postgres reads tables in parallel instead, and
 * there a wider index would make every update of an observation dearer.
 */
const METRICS_INDEX = [
  'DROP INDEX observations_by_time',
  `CREATE INDEX observations_by_time ON observations (
    project_id, start_time, trace_id, id, type, name, level, environment, version, model,
    prompt_name, prompt_version, end_time, completion_start_time,
    input_tokens, output_tokens, total_tokens, input_cost, output_cost, total_cost
  )`,
];

export const models: Migration = {
  version: 8,
  name: 'models',
  sqlite: [...toStatements(SQLITE_TYPES), ...METRICS_INDEX],
  postgres: toStatements(POSTGRES_TYPES),
};
