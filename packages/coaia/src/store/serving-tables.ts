/** Rows of served models. See `tables.ts`. */

/** A version as it was frozen. Times are epoch milliseconds. */
export interface ServingVersionRow {
  project_id: string;
  model: string;
  version: number;
  digest: string;
  language: string;
  /** Folder of the version on the machine that made it. */
  folder: string;
  /** JSON. */
  manifest: string;
  created_at: number;
  created_by: string | null;
  notes: string | null;
}

/** Traffic of a model from this revision on; the highest counts. */
export interface ServingTrafficRow {
  project_id: string;
  model: string;
  revision: number;
  /** JSON. */
  traffic: string;
  /** deploy, rollback, canary, shadow, reload. */
  action: string;
  reason: string | null;
  changed_at: number;
  changed_by: string | null;
}

/** A running gateway; `seen_at` is its last sign of life. */
export interface ServingGatewayRow {
  project_id: string;
  id: string;
  name: string;
  url: string;
  folder: string;
  host: string;
  process_id: number;
  state: string;
  /** JSON: models with their state, link, workers. */
  detail: string;
  started_at: number;
  seen_at: number;
}

export interface ServingTables {
  serving_versions: ServingVersionRow;
  serving_traffic: ServingTrafficRow;
  serving_gateways: ServingGatewayRow;
}

/** Primary keys, for upserts. */
export const SERVING_KEYS = {
  serving_versions: ['project_id', 'model', 'version'],
  serving_traffic: ['project_id', 'model', 'revision'],
  serving_gateways: ['project_id', 'id'],
} as const;

/** Columns in stored order; see `columns.ts`. */
export const SERVING_COLUMNS = {
  serving_versions: {
    project_id: 'text',
    model: 'text',
    version: 'integer',
    digest: 'text',
    language: 'text',
    folder: 'text',
    manifest: 'json',
    created_at: 'integer',
    created_by: 'text',
    notes: 'text',
  },
  serving_traffic: {
    project_id: 'text',
    model: 'text',
    revision: 'integer',
    traffic: 'json',
    action: 'text',
    reason: 'text',
    changed_at: 'integer',
    changed_by: 'text',
  },
  serving_gateways: {
    project_id: 'text',
    id: 'text',
    name: 'text',
    url: 'text',
    folder: 'text',
    host: 'text',
    process_id: 'integer',
    state: 'text',
    detail: 'json',
    started_at: 'integer',
    seen_at: 'integer',
  },
} as const;
