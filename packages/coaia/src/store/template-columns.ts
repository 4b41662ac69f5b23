/** Columns of the tables in `template-tables.ts`; see `columns.ts`. */

export const TEMPLATE_COLUMNS = {
  pipeline_templates: {
    project_id: 'text',
    name: 'text',
    revision: 'integer',
    version: 'text',
    format: 'text',
    text: 'text',
    digest: 'text',
    created_at: 'integer',
  },
} as const;
