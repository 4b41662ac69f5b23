/** Migration 3: prompts, one row per version, with their labels, tags and what includes what. */
import { POSTGRES_TYPES, SQLITE_TYPES } from './migration.ts';
import type { Migration, TypeNames } from './migration.ts';

function toStatements(type: TypeNames): readonly string[] {
  return [
    `CREATE TABLE prompt_names (
      project_id ${type.text} NOT NULL,
      name ${type.text} NOT NULL,
      type ${type.text} NOT NULL,
      tags ${type.text} NOT NULL,
      created_at ${type.integer} NOT NULL,
      updated_at ${type.integer} NOT NULL,
      PRIMARY KEY (project_id, name)
    )${type.table}`,
    `CREATE TABLE prompts (
      project_id ${type.text} NOT NULL,
      name ${type.text} NOT NULL,
      version ${type.integer} NOT NULL,
      id ${type.text} NOT NULL,
      type ${type.text} NOT NULL,
      labels ${type.text} NOT NULL,
      tags ${type.text} NOT NULL,
      includes ${type.integer} NOT NULL,
      commit_message ${type.text},
      created_by ${type.text} NOT NULL,
      created_at ${type.integer} NOT NULL,
      updated_at ${type.integer} NOT NULL,
      config ${type.text} NOT NULL,
      prompt ${type.text} NOT NULL,
      PRIMARY KEY (project_id, name, version)
    )${type.table}`,
    `CREATE UNIQUE INDEX prompts_by_id ON prompts (project_id, id)`,
    `CREATE INDEX prompts_by_name ON prompts (project_id, name, version, updated_at)`,
    `CREATE TABLE prompt_labels (
      project_id ${type.text} NOT NULL,
      name ${type.text} NOT NULL,
      label ${type.text} NOT NULL,
      version ${type.integer} NOT NULL,
      PRIMARY KEY (project_id, name, label)
    )${type.table}`,
    `CREATE INDEX prompt_labels_by_name ON prompt_labels (project_id, name, label, version)`,
    `CREATE INDEX prompt_labels_by_label ON prompt_labels (project_id, label, name)`,
    `CREATE TABLE prompt_includes (
      project_id ${type.text} NOT NULL,
      name ${type.text} NOT NULL,
      version ${type.integer} NOT NULL,
      position ${type.integer} NOT NULL,
      child_name ${type.text} NOT NULL,
      child_version ${type.integer},
      child_label ${type.text},
      PRIMARY KEY (project_id, name, version, position)
    )${type.table}`,
    `CREATE INDEX prompt_includes_by_child ON prompt_includes (project_id, child_name)`,
    `CREATE TABLE protected_prompt_labels (
      project_id ${type.text} NOT NULL,
      label ${type.text} NOT NULL,
      created_at ${type.integer} NOT NULL,
      PRIMARY KEY (project_id, label)
    )${type.table}`,
  ];
}

export const prompts: Migration = {
  version: 3,
  name: 'prompts',
  sqlite: toStatements(SQLITE_TYPES),
  postgres: toStatements(POSTGRES_TYPES),
};
