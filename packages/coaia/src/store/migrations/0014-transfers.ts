/** Migration 14: how far copying from another server has come, and what could not be copied. */
import { POSTGRES_TYPES, SQLITE_TYPES } from './migration.ts';
import type { Migration, TypeNames } from './migration.ts';

function toStatements(type: TypeNames): readonly string[] {
  return [
    `CREATE TABLE transfer_steps (
      project_id ${type.text} NOT NULL,
      source ${type.text} NOT NULL,
      kind ${type.text} NOT NULL,
      position ${type.text},
      options ${type.text} NOT NULL,
      read_count ${type.integer} NOT NULL,
      written_count ${type.integer} NOT NULL,
      started_at ${type.integer} NOT NULL,
      updated_at ${type.integer} NOT NULL,
      done_at ${type.integer},
      PRIMARY KEY (project_id, source, kind)
    )${type.table}`,
    `CREATE TABLE transfer_gaps (
      project_id ${type.text} NOT NULL,
      source ${type.text} NOT NULL,
      kind ${type.text} NOT NULL,
      subject_id ${type.text} NOT NULL,
      reason ${type.text} NOT NULL,
      created_at ${type.integer} NOT NULL,
      PRIMARY KEY (project_id, source, kind, subject_id)
    )${type.table}`,
  ];
}

export const transfers: Migration = {
  version: 14,
  name: 'transfers',
  sqlite: toStatements(SQLITE_TYPES),
  postgres: toStatements(POSTGRES_TYPES),
};
