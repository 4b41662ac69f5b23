/** Rows of what served models predicted. See `tables.ts`. Times are epoch milliseconds. */

/** Predictions of one version, some hundred at a time, as compressed columns; see `serving/predictions/log/segment.ts`. */
export interface PredictionSegmentRow {
  project_id: string;
  id: string;
  model: string;
  version: number;
  /** Earliest and latest time of a prediction or of a request id made here. */
  first_at: number;
  last_at: number;
  prediction_count: number;
  failed_count: number;
  flagged_count: number;
  shadow_count: number;
  data: Uint8Array;
}

/** Where a request id lies that its own time does not lead to. */
export interface PredictionIdRow {
  project_id: string;
  request_id: string;
  segment_id: string;
  model: string;
}

/** Counts of one version in one hour by one gateway. */
export interface PredictionSketchRow {
  project_id: string;
  model: string;
  version: number;
  /** `live` or `shadow`. */
  route: string;
  hour: number;
  writer: string;
  /** JSON: see `serving/predictions/sketches/sketch.ts`. */
  sketch: string;
}

/** Ten seconds of one version by one gateway. */
export interface PredictionStatRow {
  project_id: string;
  model: string;
  version: number;
  route: string;
  at: number;
  writer: string;
  predictions: number;
  row_count: number;
  /** Answered with 500 and above. */
  failed: number;
  /** Answered with 400 to 499. */
  refused: number;
  flagged: number;
  /** Not kept because there was no room; counted everywhere else. */
  dropped: number;
  total_ms: number;
  /** JSON: count by bin of the duration; see `serving/predictions/sketches/latency.ts`. */
  latency: string;
}

/** What really happened with one predicted row. */
export interface PredictionOutcomeRow {
  project_id: string;
  request_id: string;
  row_index: number;
  model: string;
  version: number;
  segment_id: string | null;
  trace_id: string;
  predicted_at: number;
  recorded_at: number;
  /** Counts the different values that arrived. */
  revision: number;
  /** JSON. */
  actual: string;
  /** JSON: the predicted row. NULL where outputs are not kept. */
  predicted: string | null;
  /** What `worst` orders by; larger is worse. */
  loss: number | null;
}

/** What drift is measured against. */
export interface PredictionReferenceRow {
  project_id: string;
  model: string;
  version: number;
  source: string;
  row_count: number;
  /** JSON. */
  sketch: string;
  created_at: number;
}

export interface PredictionEvaluationRow {
  project_id: string;
  id: string;
  model: string;
  version: number;
  against: number | null;
  source: string;
  created_at: number;
  /** JSON. */
  result: string;
}

export interface PredictionTables {
  prediction_segments: PredictionSegmentRow;
  prediction_ids: PredictionIdRow;
  prediction_sketches: PredictionSketchRow;
  prediction_stats: PredictionStatRow;
  prediction_outcomes: PredictionOutcomeRow;
  prediction_references: PredictionReferenceRow;
  prediction_evaluations: PredictionEvaluationRow;
}

/** Primary keys, for upserts. */
export const PREDICTION_KEYS = {
  prediction_segments: ['project_id', 'id'],
  prediction_ids: ['project_id', 'request_id', 'segment_id'],
  prediction_sketches: ['project_id', 'model', 'version', 'route', 'hour', 'writer'],
  prediction_stats: ['project_id', 'model', 'at', 'version', 'route', 'writer'],
  prediction_outcomes: ['project_id', 'request_id', 'row_index', 'model'],
  prediction_references: ['project_id', 'model', 'version'],
  prediction_evaluations: ['project_id', 'id'],
} as const;

/** Columns in stored order; see `columns.ts`. */
export const PREDICTION_COLUMNS = {
  prediction_segments: {
    project_id: 'text',
    id: 'text',
    model: 'text',
    version: 'integer',
    first_at: 'integer',
    last_at: 'integer',
    prediction_count: 'integer',
    failed_count: 'integer',
    flagged_count: 'integer',
    shadow_count: 'integer',
    data: 'bytes',
  },
  prediction_ids: { project_id: 'text', request_id: 'text', segment_id: 'text', model: 'text' },
  prediction_sketches: {
    project_id: 'text',
    model: 'text',
    version: 'integer',
    route: 'text',
    hour: 'integer',
    writer: 'text',
    sketch: 'json',
  },
  prediction_stats: {
    project_id: 'text',
    model: 'text',
    version: 'integer',
    route: 'text',
    at: 'integer',
    writer: 'text',
    predictions: 'integer',
    row_count: 'integer',
    failed: 'integer',
    refused: 'integer',
    flagged: 'integer',
    dropped: 'integer',
    total_ms: 'real',
    latency: 'json',
  },
  prediction_outcomes: {
    project_id: 'text',
    request_id: 'text',
    row_index: 'integer',
    model: 'text',
    version: 'integer',
    segment_id: 'text',
    trace_id: 'text',
    predicted_at: 'integer',
    recorded_at: 'integer',
    revision: 'integer',
    actual: 'json',
    predicted: 'json',
    loss: 'real',
  },
  prediction_references: {
    project_id: 'text',
    model: 'text',
    version: 'integer',
    source: 'text',
    row_count: 'integer',
    sketch: 'json',
    created_at: 'integer',
  },
  prediction_evaluations: {
    project_id: 'text',
    id: 'text',
    model: 'text',
    version: 'integer',
    against: 'integer',
    source: 'text',
    created_at: 'integer',
    result: 'json',
  },
} as const;
