/** Migration 19: versions of served models, their traffic, the gateways that serve them, and keys for nothing else. */
import { POSTGRES_TYPES, SQLITE_TYPES } from './migration.ts';
import type { Migration, TypeNames } from './migration.ts';

function toStatements(type: TypeNames): readonly string[] {
  return [
    `CREATE TABLE serving_versions (
      project_id ${type.text} NOT NULL,
      model ${type.text} NOT NULL,
      version ${type.integer} NOT NULL,
      digest ${type.text} NOT NULL,
      language ${type.text} NOT NULL,
      folder ${type.text} NOT NULL,
      manifest ${type.text} NOT NULL,
      created_at ${type.integer} NOT NULL,
      created_by ${type.text},
      notes ${type.text},
      PRIMARY KEY (project_id, model, version)
    )${type.table}`,
    'CREATE UNIQUE INDEX serving_versions_by_digest ON serving_versions (project_id, model, digest)',
    `CREATE TABLE serving_traffic (
      project_id ${type.text} NOT NULL,
      model ${type.text} NOT NULL,
      revision ${type.integer} NOT NULL,
      traffic ${type.text} NOT NULL,
      action ${type.text} NOT NULL,
      reason ${type.text},
      changed_at ${type.integer} NOT NULL,
      changed_by ${type.text},
      PRIMARY KEY (project_id, model, revision)
    )${type.table}`,
    `CREATE TABLE serving_gateways (
      project_id ${type.text} NOT NULL,
      id ${type.text} NOT NULL,
      name ${type.text} NOT NULL,
      url ${type.text} NOT NULL,
      folder ${type.text} NOT NULL,
      host ${type.text} NOT NULL,
      process_id ${type.integer} NOT NULL,
      state ${type.text} NOT NULL,
      detail ${type.text} NOT NULL,
      started_at ${type.integer} NOT NULL,
      seen_at ${type.integer} NOT NULL,
      PRIMARY KEY (project_id, id)
    )${type.table}`,
    `ALTER TABLE api_keys ADD COLUMN scopes ${type.text}`,
  ];
}

export const deployments: Migration = {
  version: 19,
  name: 'deployments',
  sqlite: toStatements(SQLITE_TYPES),
  postgres: toStatements(POSTGRES_TYPES),
};
