/** Migration 5: media records, and where in traces and dataset items they stand. */
import { POSTGRES_TYPES, SQLITE_TYPES } from './migration.ts';
import type { Migration, TypeNames } from './migration.ts';

function toStatements(type: TypeNames): readonly string[] {
  return [
    `CREATE TABLE media (
      project_id ${type.text} NOT NULL,
      id ${type.text} NOT NULL,
      sha256 ${type.text} NOT NULL,
      content_type ${type.text} NOT NULL,
      content_length ${type.integer} NOT NULL,
      stored_at ${type.integer},
      uploaded_at ${type.integer},
      upload_status ${type.integer},
      upload_error ${type.text},
      upload_ms ${type.integer},
      created_at ${type.integer} NOT NULL,
      updated_at ${type.integer} NOT NULL,
      PRIMARY KEY (project_id, id)
    )${type.table}`,
    `CREATE TABLE media_links (
      project_id ${type.text} NOT NULL,
      subject_type ${type.text} NOT NULL,
      parent_id ${type.text} NOT NULL,
      subject_id ${type.text} NOT NULL,
      field ${type.text} NOT NULL,
      media_id ${type.text} NOT NULL,
      created_at ${type.integer} NOT NULL,
      PRIMARY KEY (project_id, subject_type, parent_id, subject_id, field, media_id)
    )${type.table}`,
    `CREATE INDEX media_links_by_media ON media_links (project_id, media_id)`,
  ];
}

export const media: Migration = {
  version: 5,
  name: 'media',
  sqlite: toStatements(SQLITE_TYPES),
  postgres: toStatements(POSTGRES_TYPES),
};
