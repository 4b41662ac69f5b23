/** Rows of evaluators, the rules that say what they evaluate, and the evaluations themselves. See `tables.ts`. */

export interface EvaluatorRow {
  project_id: string;
  id: string;
  name: string;
  type: 'llm_as_judge' | 'code';
  description: string | null;
  /** The newest version. */
  version: number;
  /** Why it does not run at the moment; NULL while it does. */
  paused_reason: string | null;
  paused_message: string | null;
  paused_at: number | null;
  created_at: number;
  updated_at: number;
}

export interface EvaluatorVersionRow {
  project_id: string;
  evaluator_id: string;
  version: number;
  id: string;
  created_at: number;
  /** JSON of the definition (curation/evaluators/definition.ts). */
  definition: string;
}

export interface EvaluationRuleRow {
  project_id: string;
  id: string;
  name: string;
  enabled: number;
  target: 'observation' | 'experiment' | 'trace';
  /** Fraction from 0 to 1. */
  sampling: number;
  /** What arrived before does not count; NULL while the rule is off. */
  active_since: number | null;
  created_at: number;
  updated_at: number;
  /** JSON array of conditions as they were sent. */
  filter: string;
  /** JSON array of {evaluatorId, variableMapping}. */
  assignments: string;
}

/** One evaluation of one subject by one evaluator. The id is made of these, so nothing is evaluated twice. */
export interface EvaluationRow {
  project_id: string;
  id: string;
  /** NULL when somebody asked for it. */
  rule_id: string | null;
  evaluator_id: string;
  /** The version that ran; NULL before. */
  evaluator_version: number | null;
  target: 'observation' | 'experiment' | 'trace';
  trace_id: string;
  observation_id: string | null;
  dataset_item_id: string | null;
  experiment_id: string | null;
  status: 'pending' | 'running' | 'done' | 'failed';
  attempts: number;
  /** Not before this time. */
  due_at: number;
  /** Who runs it and until when that is believed. */
  claim: string | null;
  claimed_until: number | null;
  error_code: string | null;
  error_message: string | null;
  /** Trace of the judge's call. */
  execution_trace_id: string | null;
  created_at: number;
  updated_at: number;
  finished_at: number | null;
  /** JSON array. */
  score_ids: string | null;
}

export interface EvaluationTables {
  evaluators: EvaluatorRow;
  evaluator_versions: EvaluatorVersionRow;
  evaluation_rules: EvaluationRuleRow;
  evaluations: EvaluationRow;
}

/** Primary keys, for upserts. */
export const EVALUATION_KEYS = {
  evaluators: ['project_id', 'id'],
  evaluator_versions: ['project_id', 'evaluator_id', 'version'],
  evaluation_rules: ['project_id', 'id'],
  evaluations: ['project_id', 'id'],
} as const;
