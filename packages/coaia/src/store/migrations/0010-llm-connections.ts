/** Migration 10: connections to model servers. */
import { POSTGRES_TYPES, SQLITE_TYPES } from './migration.ts';
import type { Migration, TypeNames } from './migration.ts';

function toStatements(type: TypeNames): readonly string[] {
  return [
    `CREATE TABLE llm_connections (
      project_id ${type.text} NOT NULL,
      id ${type.text} NOT NULL,
      provider ${type.text} NOT NULL,
      adapter ${type.text} NOT NULL,
      base_url ${type.text},
      custom_models ${type.text} NOT NULL,
      with_default_models ${type.integer} NOT NULL,
      config ${type.text},
      display_secret ${type.text} NOT NULL,
      extra_header_keys ${type.text} NOT NULL,
      key_id ${type.text} NOT NULL,
      sealed ${type.text} NOT NULL,
      created_at ${type.integer} NOT NULL,
      updated_at ${type.integer} NOT NULL,
      PRIMARY KEY (project_id, id)
    )${type.table}`,
    `CREATE UNIQUE INDEX llm_connections_by_provider ON llm_connections (project_id, provider)`,
  ];
}

export const llmConnections: Migration = {
  version: 10,
  name: 'llm-connections',
  sqlite: toStatements(SQLITE_TYPES),
  postgres: toStatements(POSTGRES_TYPES),
};
