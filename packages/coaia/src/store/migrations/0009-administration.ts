/** Migration 9: people and what they may do, keys of organizations, and projects on their way out. */
import { POSTGRES_TYPES, SQLITE_TYPES } from './migration.ts';
import type { Migration, TypeNames } from './migration.ts';

function toPeopleTables(type: TypeNames): readonly string[] {
  return [
    `CREATE TABLE users (
      id ${type.text} NOT NULL,
      email ${type.text} NOT NULL,
      name ${type.text},
      external_id ${type.text},
      password_hash ${type.text},
      active ${type.integer} NOT NULL,
      created_at ${type.integer} NOT NULL,
      updated_at ${type.integer} NOT NULL,
      last_sign_in_at ${type.integer},
      PRIMARY KEY (id)
    )${type.table}`,
    `CREATE UNIQUE INDEX users_by_email ON users (email)`,
    `CREATE TABLE organization_memberships (
      organization_id ${type.text} NOT NULL,
      user_id ${type.text} NOT NULL,
      role ${type.text} NOT NULL,
      created_at ${type.integer} NOT NULL,
      updated_at ${type.integer} NOT NULL,
      PRIMARY KEY (organization_id, user_id)
    )${type.table}`,
    `CREATE INDEX organization_memberships_by_user ON organization_memberships (user_id)`,
    `CREATE TABLE project_memberships (
      project_id ${type.text} NOT NULL,
      user_id ${type.text} NOT NULL,
      role ${type.text} NOT NULL,
      created_at ${type.integer} NOT NULL,
      updated_at ${type.integer} NOT NULL,
      PRIMARY KEY (project_id, user_id)
    )${type.table}`,
    `CREATE INDEX project_memberships_by_user ON project_memberships (user_id)`,
  ];
}

function toStatements(type: TypeNames): readonly string[] {
  return [
    ...toPeopleTables(type),
    `CREATE TABLE organization_keys (
      id ${type.text} NOT NULL,
      organization_id ${type.text} NOT NULL,
      public_key ${type.text} NOT NULL,
      secret_hash ${type.text} NOT NULL,
      display_secret ${type.text} NOT NULL,
      note ${type.text},
      created_at ${type.integer} NOT NULL,
      last_used_at ${type.integer},
      expires_at ${type.integer},
      PRIMARY KEY (id)
    )${type.table}`,
    `CREATE UNIQUE INDEX organization_keys_by_public_key ON organization_keys (public_key)`,
    `CREATE INDEX organization_keys_by_secret ON organization_keys (secret_hash)`,
    `CREATE INDEX organization_keys_by_organization ON organization_keys (organization_id)`,
    `CREATE TABLE project_deletions (
      project_id ${type.text} NOT NULL,
      organization_id ${type.text} NOT NULL,
      name ${type.text} NOT NULL,
      requested_by ${type.text} NOT NULL,
      requested_at ${type.integer} NOT NULL,
      step ${type.text},
      row_count ${type.integer} NOT NULL,
      finished_at ${type.integer},
      PRIMARY KEY (project_id)
    )${type.table}`,
    `CREATE INDEX project_deletions_by_organization ON project_deletions (organization_id, requested_at)`,
    `CREATE INDEX projects_by_organization ON projects (organization_id, created_at, id)`,
    `ALTER TABLE projects ADD COLUMN strict ${type.integer}`,
    `ALTER TABLE api_keys ADD COLUMN role ${type.text}`,
    `ALTER TABLE api_keys ADD COLUMN requests_per_minute ${type.integer}`,
    `ALTER TABLE sign_ins ADD COLUMN user_id ${type.text}`,
    `CREATE INDEX sign_ins_by_user ON sign_ins (user_id) WHERE user_id IS NOT NULL`,
  ];
}

export const administration: Migration = {
  version: 9,
  name: 'administration',
  sqlite: toStatements(SQLITE_TYPES),
  postgres: toStatements(POSTGRES_TYPES),
};
