/** An evaluation: its identity, and how it is shown. */
import { hash } from 'node:crypto';
import { toIso } from '#base';
import type { EvaluationRow } from '#store';
import type { Evaluation } from '@coaia/client';
import type { NamedEvaluation } from './storage.ts';

/** What is to be evaluated, by whom and why. */
export interface EvaluationInput {
  readonly projectId: string;
  readonly ruleId: string | null;
  readonly evaluatorId: string;
  readonly target: EvaluationRow['target'];
  readonly traceId: string;
  readonly observationId: string | null;
  readonly datasetItemId: string | null;
  readonly experimentId: string | null;
  readonly dueAt: number;
  /** Makes another evaluation of the same: the version for one that was asked for. */
  readonly salt?: string;
}

/** The row that notes it. The same rule, evaluator and subject always have the same id. */
export function toEvaluationRow(input: EvaluationInput, now: number): EvaluationRow {
  const { projectId, ruleId, evaluatorId, target, traceId, observationId } = input;
  const key = [
    ruleId,
    evaluatorId,
    target,
    traceId,
    observationId,
    // An observation is one whether or not it also belongs to an experiment, and an item of an experiment is one
    // whether a span or a link tells of it.
    target === 'experiment' ? input.datasetItemId : null,
    input.salt ?? '',
  ];
  return {
    project_id: projectId,
    id: toKey(JSON.stringify(key)),
    rule_id: ruleId,
    evaluator_id: evaluatorId,
    evaluator_version: null,
    target,
    trace_id: traceId,
    observation_id: observationId,
    dataset_item_id: input.datasetItemId,
    experiment_id: input.experimentId,
    status: 'pending',
    attempts: 0,
    due_at: input.dueAt,
    claim: null,
    claimed_until: null,
    error_code: null,
    error_message: null,
    execution_trace_id: null,
    created_at: now,
    updated_at: now,
    finished_at: null,
    score_ids: null,
  };
}

/** 32 hex digits that stand for a text: ids of evaluations, of their scores and of their traces. */
export function toKey(text: string): string {
  return hash('sha256', text, 'hex').slice(0, 32);
}

export function toEvaluation(row: NamedEvaluation): Evaluation {
  return {
    id: row.id,
    status: row.status,
    evaluatorId: row.evaluator_id,
    evaluatorName: row.evaluator_name,
    evaluatorVersion: row.evaluator_version,
    evaluationRuleId: row.rule_id,
    target: row.target,
    traceId: row.trace_id,
    observationId: row.observation_id,
    datasetItemId: row.dataset_item_id,
    experimentId: row.experiment_id,
    attempts: row.attempts,
    error:
      row.error_code === null ? null : { code: row.error_code, message: row.error_message ?? '' },
    executionTraceId: row.execution_trace_id,
    scoreIds: row.score_ids === null ? [] : (JSON.parse(row.score_ids) as readonly string[]),
    createdAt: toIso(row.created_at),
    updatedAt: toIso(row.updated_at),
    finishedAt: row.finished_at === null ? null : toIso(row.finished_at),
  };
}
