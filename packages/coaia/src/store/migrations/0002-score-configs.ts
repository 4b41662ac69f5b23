/** Migration 2: score configs, and the orders in which scores are listed. */
import { POSTGRES_TYPES, SQLITE_TYPES } from './migration.ts';
import type { Migration, TypeNames } from './migration.ts';

function toStatements(type: TypeNames): readonly string[] {
  return [
    `CREATE TABLE score_configs (
      project_id ${type.text} NOT NULL,
      id ${type.text} NOT NULL,
      name ${type.text} NOT NULL,
      data_type ${type.text} NOT NULL,
      is_archived ${type.integer} NOT NULL,
      min_value ${type.real},
      max_value ${type.real},
      categories ${type.text},
      description ${type.text},
      created_at ${type.integer} NOT NULL,
      updated_at ${type.integer} NOT NULL,
      PRIMARY KEY (project_id, id)
    )${type.table}`,
    `CREATE INDEX score_configs_by_time ON score_configs (project_id, created_at, id)`,
    `CREATE INDEX scores_by_time ON scores (project_id, timestamp, id)`,
    `CREATE INDEX scores_by_name ON scores (project_id, name, timestamp, id)`,
    `CREATE INDEX scores_by_config ON scores (project_id, config_id, timestamp, id) WHERE config_id IS NOT NULL`,
    `CREATE INDEX scores_by_run ON scores (project_id, dataset_run_id, timestamp, id) WHERE dataset_run_id IS NOT NULL`,
    // Lists are read newest first: without the time in it, the planner walks the index of times instead.
    `DROP INDEX scores_by_trace`,
    `CREATE INDEX scores_by_trace ON scores (project_id, trace_id, timestamp, id) WHERE trace_id IS NOT NULL`,
    `DROP INDEX scores_by_session`,
    `CREATE INDEX scores_by_session ON scores (project_id, session_id, timestamp, id) WHERE session_id IS NOT NULL`,
  ];
}

export const scoreConfigs: Migration = {
  version: 2,
  name: 'score-configs',
  sqlite: toStatements(SQLITE_TYPES),
  postgres: toStatements(POSTGRES_TYPES),
};
