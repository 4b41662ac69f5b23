/** Migration 13: dashboards and their widgets. */
import { POSTGRES_TYPES, SQLITE_TYPES } from './migration.ts';
import type { Migration, TypeNames } from './migration.ts';

function toStatements(type: TypeNames): readonly string[] {
  return [
    `CREATE TABLE dashboards (
      project_id ${type.text} NOT NULL,
      id ${type.text} NOT NULL,
      name ${type.text} NOT NULL,
      description ${type.text} NOT NULL,
      definition ${type.text} NOT NULL,
      filters ${type.text} NOT NULL,
      created_at ${type.integer} NOT NULL,
      updated_at ${type.integer} NOT NULL,
      PRIMARY KEY (project_id, id)
    )${type.table}`,
    `CREATE INDEX dashboards_by_update ON dashboards (project_id, updated_at, id)`,
    `CREATE TABLE dashboard_widgets (
      project_id ${type.text} NOT NULL,
      id ${type.text} NOT NULL,
      name ${type.text} NOT NULL,
      description ${type.text} NOT NULL,
      view ${type.text} NOT NULL,
      dimensions ${type.text} NOT NULL,
      metrics ${type.text} NOT NULL,
      filters ${type.text} NOT NULL,
      chart_type ${type.text} NOT NULL,
      chart_config ${type.text} NOT NULL,
      created_at ${type.integer} NOT NULL,
      updated_at ${type.integer} NOT NULL,
      PRIMARY KEY (project_id, id)
    )${type.table}`,
    `CREATE INDEX dashboard_widgets_by_update ON dashboard_widgets (project_id, updated_at, id)`,
  ];
}

export const dashboards: Migration = {
  version: 13,
  name: 'dashboards',
  sqlite: toStatements(SQLITE_TYPES),
  postgres: toStatements(POSTGRES_TYPES),
};
