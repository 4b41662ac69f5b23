/** Migration 15: texts that people and agents keep under a key. */
import { POSTGRES_TYPES, SQLITE_TYPES } from './migration.ts';
import type { Migration, TypeNames } from './migration.ts';

function toStatements(type: TypeNames): readonly string[] {
  return [
    `CREATE TABLE stash_entries (
      project_id ${type.text} NOT NULL,
      key ${type.text} NOT NULL,
      value ${type.text} NOT NULL,
      created_at ${type.integer} NOT NULL,
      updated_at ${type.integer} NOT NULL,
      expires_at ${type.integer},
      PRIMARY KEY (project_id, key)
    )${type.table}`,
  ];
}

export const stash: Migration = {
  version: 15,
  name: 'stash',
  sqlite: toStatements(SQLITE_TYPES),
  postgres: toStatements(POSTGRES_TYPES),
};
