/** Rows of connections to model servers. See `tables.ts`. */

export interface LlmConnectionRow {
  project_id: string;
  id: string;
  /** The name people use; unique in a project. */
  provider: string;
  adapter: string;
  base_url: string | null;
  /** JSON array of model names. */
  custom_models: string;
  with_default_models: number;
  /** JSON object of the adapter's own settings. */
  config: string | null;
  /** `...abcd` for lists. */
  display_secret: string;
  /** JSON array of header names; their values are in `sealed`. */
  extra_header_keys: string;
  /** Id of the key that `sealed` was encrypted under. */
  key_id: string;
  /** The secret key and the header values, encrypted (models/secrets). */
  sealed: string;
  created_at: number;
  updated_at: number;
}

export interface ConnectionTables {
  llm_connections: LlmConnectionRow;
}

/** Primary keys, for upserts. */
export const CONNECTION_KEYS = { llm_connections: ['project_id', 'id'] } as const;

/** Columns; see `columns.ts`. */
export const CONNECTION_COLUMNS = {
  llm_connections: {
    project_id: 'text',
    id: 'text',
    provider: 'text',
    adapter: 'text',
    base_url: 'text',
    custom_models: 'json',
    with_default_models: 'integer',
    config: 'json',
    display_secret: 'text',
    extra_header_keys: 'json',
    key_id: 'text',
    sealed: 'text',
    created_at: 'integer',
    updated_at: 'integer',
  },
} as const;
