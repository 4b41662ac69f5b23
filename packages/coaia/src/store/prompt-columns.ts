/** Columns of the tables in `prompt-tables.ts`; see `columns.ts`. */

export const PROMPT_COLUMNS = {
  prompt_names: {
    project_id: 'text',
    name: 'text',
    type: 'text',
    tags: 'json',
    created_at: 'integer',
    updated_at: 'integer',
  },
  prompts: {
    project_id: 'text',
    name: 'text',
    version: 'integer',
    id: 'text',
    type: 'text',
    labels: 'json',
    tags: 'json',
    includes: 'integer',
    commit_message: 'text',
    created_by: 'text',
    created_at: 'integer',
    updated_at: 'integer',
    config: 'json',
    prompt: 'json',
  },
  prompt_labels: {
    project_id: 'text',
    name: 'text',
    label: 'text',
    version: 'integer',
  },
  prompt_includes: {
    project_id: 'text',
    name: 'text',
    version: 'integer',
    position: 'integer',
    child_name: 'text',
    child_version: 'integer',
    child_label: 'text',
  },
  protected_prompt_labels: {
    project_id: 'text',
    label: 'text',
    created_at: 'integer',
  },
} as const;
