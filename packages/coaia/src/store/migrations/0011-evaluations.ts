/** Migration 11: evaluators with their versions, evaluation rules and evaluations. */
import { POSTGRES_TYPES, SQLITE_TYPES } from './migration.ts';
import type { Migration, TypeNames } from './migration.ts';

function toTables(type: TypeNames): readonly string[] {
  return [
    `CREATE TABLE evaluators (
      project_id ${type.text} NOT NULL,
      id ${type.text} NOT NULL,
      name ${type.text} NOT NULL,
      type ${type.text} NOT NULL,
      description ${type.text},
      version ${type.integer} NOT NULL,
      paused_reason ${type.text},
      paused_message ${type.text},
      paused_at ${type.integer},
      created_at ${type.integer} NOT NULL,
      updated_at ${type.integer} NOT NULL,
      PRIMARY KEY (project_id, id)
    )${type.table}`,
    `CREATE TABLE evaluator_versions (
      project_id ${type.text} NOT NULL,
      evaluator_id ${type.text} NOT NULL,
      version ${type.integer} NOT NULL,
      id ${type.text} NOT NULL,
      created_at ${type.integer} NOT NULL,
      definition ${type.text} NOT NULL,
      PRIMARY KEY (project_id, evaluator_id, version)
    )${type.table}`,
    `CREATE TABLE evaluation_rules (
      project_id ${type.text} NOT NULL,
      id ${type.text} NOT NULL,
      name ${type.text} NOT NULL,
      enabled ${type.integer} NOT NULL,
      target ${type.text} NOT NULL,
      sampling ${type.real} NOT NULL,
      active_since ${type.integer},
      created_at ${type.integer} NOT NULL,
      updated_at ${type.integer} NOT NULL,
      filter ${type.text} NOT NULL,
      assignments ${type.text} NOT NULL,
      PRIMARY KEY (project_id, id)
    )${type.table}`,
    `CREATE TABLE evaluations (
      project_id ${type.text} NOT NULL,
      id ${type.text} NOT NULL,
      rule_id ${type.text},
      evaluator_id ${type.text} NOT NULL,
      evaluator_version ${type.integer},
      target ${type.text} NOT NULL,
      trace_id ${type.text} NOT NULL,
      observation_id ${type.text},
      dataset_item_id ${type.text},
      experiment_id ${type.text},
      status ${type.text} NOT NULL,
      attempts ${type.integer} NOT NULL,
      due_at ${type.integer} NOT NULL,
      claim ${type.text},
      claimed_until ${type.integer},
      error_code ${type.text},
      error_message ${type.text},
      execution_trace_id ${type.text},
      created_at ${type.integer} NOT NULL,
      updated_at ${type.integer} NOT NULL,
      finished_at ${type.integer},
      score_ids ${type.text},
      PRIMARY KEY (project_id, id)
    )${type.table}`,
  ];
}

const INDEXES = [
  `CREATE INDEX evaluators_by_time ON evaluators (project_id, created_at, id)`,
  `CREATE INDEX evaluators_by_name ON evaluators (project_id, name, created_at)`,
  `CREATE INDEX evaluation_rules_by_time ON evaluation_rules (project_id, created_at, id)`,
  `CREATE INDEX evaluation_rules_enabled ON evaluation_rules (project_id) WHERE enabled = 1`,
  `CREATE INDEX evaluations_by_time ON evaluations (project_id, created_at, id)`,
  `CREATE INDEX evaluations_by_status ON evaluations (project_id, status, created_at, id)`,
  `CREATE INDEX evaluations_by_trace ON evaluations (project_id, trace_id)`,
  `CREATE INDEX evaluations_open ON evaluations (due_at, created_at) WHERE status IN ('pending', 'running')`,
  // Rules over experiments ask which items a trace was linked to.
  `CREATE INDEX dataset_run_items_by_trace ON dataset_run_items (project_id, trace_id)`,
];

export const evaluations: Migration = {
  version: 11,
  name: 'evaluations',
  sqlite: [...toTables(SQLITE_TYPES), ...INDEXES],
  postgres: [...toTables(POSTGRES_TYPES), ...INDEXES],
};
