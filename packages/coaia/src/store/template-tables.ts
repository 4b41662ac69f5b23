/** Rows of pipeline templates kept with a project. See `tables.ts`. */

/** One saved text; the highest revision of a name is what counts. Times are epoch milliseconds. */
export interface PipelineTemplateRow {
  project_id: string;
  name: string;
  /** From 1. */
  revision: number;
  /** What the text says. */
  version: string;
  format: 'json' | 'yaml';
  text: string;
  /** `sha256:` and the hex digest of the text. */
  digest: string;
  created_at: number;
}

export interface TemplateTables {
  pipeline_templates: PipelineTemplateRow;
}

/** Primary keys, for upserts. */
export const TEMPLATE_KEYS = {
  pipeline_templates: ['project_id', 'name', 'revision'],
} as const;
