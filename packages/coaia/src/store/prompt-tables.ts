/** Rows of prompts: names, versions, labels, and what includes what. */

/** A prompt's name: what all its versions share. */
export interface PromptNameRow {
  project_id: string;
  name: string;
  /** `text` or `chat`, fixed by the first version. */
  type: string;
  /** JSON array of texts, sorted. */
  tags: string;
  created_at: number;
  updated_at: number;
}

/** One version of a prompt. */
export interface PromptRow {
  project_id: string;
  name: string;
  version: number;
  id: string;
  type: string;
  /** JSON array of texts, sorted; follows `prompt_labels`, so that a read needs one row. */
  labels: string;
  /** Those of the name, once more for the same reason. */
  tags: string;
  /** 1 when the text includes other prompts. */
  includes: number;
  commit_message: string | null;
  created_by: string;
  created_at: number;
  updated_at: number;
  config: string;
  prompt: string;
}

/** Where a label stands: on one version of a name. */
export interface PromptLabelRow {
  project_id: string;
  name: string;
  label: string;
  version: number;
}

/** What a version includes, by the version or the label it names. */
export interface PromptIncludeRow {
  project_id: string;
  name: string;
  version: number;
  position: number;
  child_name: string;
  child_version: number | null;
  child_label: string | null;
}

/** Labels that keys may not move. */
export interface ProtectedPromptLabelRow {
  project_id: string;
  label: string;
  created_at: number;
}

export interface PromptTables {
  prompt_names: PromptNameRow;
  prompts: PromptRow;
  prompt_labels: PromptLabelRow;
  prompt_includes: PromptIncludeRow;
  protected_prompt_labels: ProtectedPromptLabelRow;
}

export const PROMPT_KEYS = {
  prompt_names: ['project_id', 'name'],
  prompts: ['project_id', 'name', 'version'],
  prompt_labels: ['project_id', 'name', 'label'],
  prompt_includes: ['project_id', 'name', 'version', 'position'],
  protected_prompt_labels: ['project_id', 'label'],
} as const;
