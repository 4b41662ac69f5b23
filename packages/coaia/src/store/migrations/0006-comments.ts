/** Migration 6: comments on traces, observations, sessions and prompts. */
import { POSTGRES_TYPES, SQLITE_TYPES } from './migration.ts';
import type { Migration, TypeNames } from './migration.ts';

function toStatements(type: TypeNames): readonly string[] {
  return [
    `CREATE TABLE comments (
      project_id ${type.text} NOT NULL,
      id ${type.text} NOT NULL,
      object_type ${type.text} NOT NULL,
      object_id ${type.text} NOT NULL,
      author_user_id ${type.text},
      created_at ${type.integer} NOT NULL,
      updated_at ${type.integer} NOT NULL,
      content ${type.text} NOT NULL,
      PRIMARY KEY (project_id, id)
    )${type.table}`,
    `CREATE INDEX comments_by_time ON comments (project_id, created_at, id)`,
    `CREATE INDEX comments_by_object ON comments (project_id, object_type, object_id, created_at, id)`,
  ];
}

export const comments: Migration = {
  version: 6,
  name: 'comments',
  sqlite: toStatements(SQLITE_TYPES),
  postgres: toStatements(POSTGRES_TYPES),
};
