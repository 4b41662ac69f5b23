/** Migration 4: datasets, every version of their items, runs over them, and a way to find observations of experiments. */
import { POSTGRES_TYPES, SQLITE_TYPES } from './migration.ts';
import type { Migration, TypeNames } from './migration.ts';

function toTables(type: TypeNames): readonly string[] {
  return [
    `CREATE TABLE datasets (
      project_id ${type.text} NOT NULL,
      id ${type.text} NOT NULL,
      name ${type.text} NOT NULL,
      description ${type.text},
      created_at ${type.integer} NOT NULL,
      updated_at ${type.integer} NOT NULL,
      metadata ${type.text},
      input_schema ${type.text},
      expected_output_schema ${type.text},
      PRIMARY KEY (project_id, id)
    )${type.table}`,
    `CREATE TABLE dataset_items (
      project_id ${type.text} NOT NULL,
      id ${type.text} NOT NULL,
      valid_from ${type.integer} NOT NULL,
      valid_to ${type.integer},
      dataset_id ${type.text} NOT NULL,
      status ${type.text} NOT NULL,
      source_trace_id ${type.text},
      source_observation_id ${type.text},
      created_at ${type.integer} NOT NULL,
      metadata ${type.text},
      input ${type.text},
      expected_output ${type.text},
      PRIMARY KEY (project_id, id, valid_from)
    )${type.table}`,
    `CREATE TABLE dataset_runs (
      project_id ${type.text} NOT NULL,
      id ${type.text} NOT NULL,
      dataset_id ${type.text} NOT NULL,
      name ${type.text} NOT NULL,
      description ${type.text},
      created_at ${type.integer} NOT NULL,
      updated_at ${type.integer} NOT NULL,
      metadata ${type.text},
      PRIMARY KEY (project_id, id)
    )${type.table}`,
    `CREATE TABLE dataset_run_items (
      project_id ${type.text} NOT NULL,
      id ${type.text} NOT NULL,
      run_id ${type.text} NOT NULL,
      dataset_item_id ${type.text} NOT NULL,
      trace_id ${type.text} NOT NULL,
      observation_id ${type.text},
      dataset_version ${type.integer},
      created_at ${type.integer} NOT NULL,
      updated_at ${type.integer} NOT NULL,
      PRIMARY KEY (project_id, id)
    )${type.table}`,
  ];
}

const INDEXES = [
  `CREATE UNIQUE INDEX datasets_by_name ON datasets (project_id, name)`,
  `CREATE INDEX datasets_by_time ON datasets (project_id, created_at, id)`,
  `CREATE UNIQUE INDEX dataset_items_current ON dataset_items (project_id, id) WHERE valid_to IS NULL`,
  `CREATE INDEX dataset_items_by_dataset ON dataset_items (project_id, dataset_id, created_at, id)`,
  `CREATE INDEX dataset_items_by_time ON dataset_items (project_id, created_at, id) WHERE valid_to IS NULL`,
  `CREATE INDEX dataset_items_by_source ON dataset_items (project_id, source_trace_id) WHERE source_trace_id IS NOT NULL`,
  `CREATE UNIQUE INDEX dataset_runs_by_name ON dataset_runs (project_id, dataset_id, name)`,
  `CREATE INDEX dataset_run_items_by_run ON dataset_run_items (project_id, run_id, created_at, id)`,
  `CREATE INDEX dataset_run_items_by_item ON dataset_run_items (project_id, dataset_item_id)`,
  `CREATE INDEX dataset_run_items_by_time ON dataset_run_items (project_id, created_at, id)`,
  // Spans of experiments carry this key in their metadata; without the index every experiment read scans a project.
  `CREATE INDEX observations_of_experiments ON observations (project_id, start_time, id) WHERE metadata LIKE '%"experiment":{%'`,
];

export const datasets: Migration = {
  version: 4,
  name: 'datasets',
  sqlite: [...toTables(SQLITE_TYPES), ...INDEXES],
  postgres: [...toTables(POSTGRES_TYPES), ...INDEXES],
};
