/** Migration 16: durable runs with their steps and signals, paused queues, and schedules. */
import { POSTGRES_TYPES, SQLITE_TYPES } from './migration.ts';
import type { Migration, TypeNames } from './migration.ts';

function toTables(type: TypeNames): readonly string[] {
  return [
    `CREATE TABLE runs (
      project_id ${type.text} NOT NULL,
      id ${type.text} NOT NULL,
      workflow ${type.text} NOT NULL,
      name ${type.text} NOT NULL,
      state ${type.text} NOT NULL,
      priority ${type.integer} NOT NULL,
      due_at ${type.integer},
      deadline ${type.integer},
      concurrency_key ${type.text},
      concurrency_limit ${type.integer},
      attempt ${type.integer} NOT NULL,
      max_attempts ${type.integer} NOT NULL,
      crashes ${type.integer} NOT NULL,
      crash_steps ${type.integer} NOT NULL,
      fence ${type.integer} NOT NULL,
      nudges ${type.integer} NOT NULL,
      cancel_at ${type.integer},
      worker ${type.text},
      worker_key ${type.text},
      parent_run_id ${type.text},
      schedule_id ${type.text},
      trace_id ${type.text} NOT NULL,
      created_at ${type.integer} NOT NULL,
      started_at ${type.integer},
      ended_at ${type.integer},
      error ${type.text},
      scope ${type.text} NOT NULL,
      input ${type.text},
      output ${type.text},
      PRIMARY KEY (project_id, id)
    )${type.table}`,
    `CREATE TABLE run_steps (
      project_id ${type.text} NOT NULL,
      run_id ${type.text} NOT NULL,
      name ${type.text} NOT NULL,
      seq ${type.integer} NOT NULL,
      state ${type.text} NOT NULL,
      attempt ${type.integer} NOT NULL,
      run_attempt ${type.integer} NOT NULL,
      observation_id ${type.text},
      started_at ${type.integer} NOT NULL,
      ended_at ${type.integer},
      retry_at ${type.integer},
      error ${type.text},
      output ${type.text},
      PRIMARY KEY (project_id, run_id, name)
    )${type.table}`,
    `CREATE TABLE run_signals (
      project_id ${type.text} NOT NULL,
      run_id ${type.text} NOT NULL,
      seq ${type.integer} NOT NULL,
      name ${type.text} NOT NULL,
      created_at ${type.integer} NOT NULL,
      taken_at ${type.integer},
      value ${type.text},
      PRIMARY KEY (project_id, run_id, seq)
    )${type.table}`,
    `CREATE TABLE paused_queues (
      project_id ${type.text} NOT NULL,
      name ${type.text} NOT NULL,
      paused_at ${type.integer} NOT NULL,
      PRIMARY KEY (project_id, name)
    )${type.table}`,
    `CREATE TABLE schedules (
      project_id ${type.text} NOT NULL,
      id ${type.text} NOT NULL,
      name ${type.text} NOT NULL,
      state ${type.text} NOT NULL,
      cron ${type.text},
      every_ms ${type.integer},
      at ${type.integer},
      time_zone ${type.text} NOT NULL,
      overlap ${type.text} NOT NULL,
      missed ${type.text} NOT NULL,
      jitter_ms ${type.integer} NOT NULL,
      retries ${type.integer} NOT NULL,
      timeout_ms ${type.integer},
      workflow ${type.text} NOT NULL,
      run_name ${type.text} NOT NULL,
      due_at ${type.integer},
      fire_at ${type.integer},
      created_at ${type.integer} NOT NULL,
      updated_at ${type.integer} NOT NULL,
      scope ${type.text} NOT NULL,
      input ${type.text},
      metadata ${type.text},
      PRIMARY KEY (project_id, id)
    )${type.table}`,
    `CREATE TABLE schedule_fires (
      project_id ${type.text} NOT NULL,
      schedule_id ${type.text} NOT NULL,
      due_at ${type.integer} NOT NULL,
      fired_at ${type.integer} NOT NULL,
      outcome ${type.text} NOT NULL,
      run_id ${type.text},
      detail ${type.text},
      PRIMARY KEY (project_id, schedule_id, due_at)
    )${type.table}`,
  ];
}

const INDEXES = [
  // What is open is little, whatever lies in the history.
  `CREATE INDEX runs_due ON runs (priority, due_at) WHERE due_at IS NOT NULL`,
  `CREATE INDEX runs_open_by_key ON runs (project_id, concurrency_key) WHERE concurrency_key IS NOT NULL AND ended_at IS NULL`,
  `CREATE INDEX runs_by_worker ON runs (worker) WHERE worker IS NOT NULL`,
  `CREATE INDEX runs_by_time ON runs (project_id, created_at, id)`,
  `CREATE INDEX runs_by_state ON runs (project_id, state, created_at, id)`,
  `CREATE INDEX runs_by_name ON runs (project_id, name, created_at, id)`,
  `CREATE INDEX runs_by_schedule ON runs (project_id, schedule_id, created_at, id) WHERE schedule_id IS NOT NULL`,
  `CREATE INDEX runs_by_parent ON runs (project_id, parent_run_id) WHERE parent_run_id IS NOT NULL`,
  `CREATE INDEX runs_by_end ON runs (project_id, ended_at) WHERE ended_at IS NOT NULL`,
  `CREATE INDEX schedules_by_time ON schedules (project_id, created_at, id)`,
  `CREATE INDEX schedules_due ON schedules (fire_at) WHERE fire_at IS NOT NULL`,
];

export const runs: Migration = {
  version: 16,
  name: 'runs',
  sqlite: [...toTables(SQLITE_TYPES), ...INDEXES],
  postgres: [...toTables(POSTGRES_TYPES), ...INDEXES],
};
