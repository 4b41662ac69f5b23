/** Migration 17: pipeline templates kept with a project, every saved text as a revision. */
import { POSTGRES_TYPES, SQLITE_TYPES } from './migration.ts';
import type { Migration, TypeNames } from './migration.ts';

function toStatements(type: TypeNames): readonly string[] {
  return [
    `CREATE TABLE pipeline_templates (
      project_id ${type.text} NOT NULL,
      name ${type.text} NOT NULL,
      revision ${type.integer} NOT NULL,
      version ${type.text} NOT NULL,
      format ${type.text} NOT NULL,
      text ${type.text} NOT NULL,
      digest ${type.text} NOT NULL,
      created_at ${type.integer} NOT NULL,
      PRIMARY KEY (project_id, name, revision)
    )${type.table}`,
  ];
}

export const pipelineTemplates: Migration = {
  version: 17,
  name: 'pipeline-templates',
  sqlite: toStatements(SQLITE_TYPES),
  postgres: toStatements(POSTGRES_TYPES),
};
