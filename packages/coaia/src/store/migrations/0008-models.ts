/** Migration 8: what a project says about models and their prices. */
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
  ];
}

export const models: Migration = {
  version: 8,
  name: 'models',
  sqlite: toStatements(SQLITE_TYPES),
  postgres: toStatements(POSTGRES_TYPES),
};
