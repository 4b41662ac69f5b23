/** Migration 7: annotation queues, what stands in them and who works on them. */
import { POSTGRES_TYPES, SQLITE_TYPES } from './migration.ts';
import type { Migration, TypeNames } from './migration.ts';

function toStatements(type: TypeNames): readonly string[] {
  return [
    `CREATE TABLE annotation_queues (
      project_id ${type.text} NOT NULL,
      id ${type.text} NOT NULL,
      name ${type.text} NOT NULL,
      description ${type.text},
      score_config_ids ${type.text} NOT NULL,
      created_at ${type.integer} NOT NULL,
      updated_at ${type.integer} NOT NULL,
      PRIMARY KEY (project_id, id)
    )${type.table}`,
    `CREATE UNIQUE INDEX annotation_queues_by_name ON annotation_queues (project_id, name)`,
    `CREATE TABLE annotation_queue_items (
      project_id ${type.text} NOT NULL,
      id ${type.text} NOT NULL,
      queue_id ${type.text} NOT NULL,
      object_type ${type.text} NOT NULL,
      object_id ${type.text} NOT NULL,
      status ${type.text} NOT NULL,
      completed_at ${type.integer},
      created_at ${type.integer} NOT NULL,
      updated_at ${type.integer} NOT NULL,
      PRIMARY KEY (project_id, id)
    )${type.table}`,
    `CREATE INDEX annotation_queue_items_by_queue ON annotation_queue_items (project_id, queue_id, created_at, id)`,
    `CREATE TABLE annotation_queue_assignments (
      project_id ${type.text} NOT NULL,
      queue_id ${type.text} NOT NULL,
      user_id ${type.text} NOT NULL,
      created_at ${type.integer} NOT NULL,
      PRIMARY KEY (project_id, queue_id, user_id)
    )${type.table}`,
  ];
}

export const annotationQueues: Migration = {
  version: 7,
  name: 'annotation-queues',
  sqlite: toStatements(SQLITE_TYPES),
  postgres: toStatements(POSTGRES_TYPES),
};
