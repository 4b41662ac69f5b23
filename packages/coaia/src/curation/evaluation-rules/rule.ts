/** Evaluation rules as both spellings of the Langfuse API return them. */
import { toIso } from '#base';
import type { EvaluationRuleRow } from '#store';
import type { EvaluationRule, RuleAssignment, RuleFilter, VariableMapping } from '@coaia/client';
import { CODE_VARIABLES, toEffectiveMapping } from '../evaluators/definition.ts';
import { parseAssignments, parseDefinition } from '../evaluators/evaluator.ts';
import type { StoredEvaluator } from '../evaluators/evaluator.ts';

/** Milliseconds that a trace has to settle before it is evaluated: it may still be arriving. */
export const TRACE_DELAY_MS = 10_000;

/** The conditions of a rule as they are stored. */
export function parseFilter(row: Pick<EvaluationRuleRow, 'filter'>): readonly RuleFilter[] {
  return JSON.parse(row.filter) as readonly RuleFilter[];
}

/** The form of `/v2/evaluation-rules`. */
export function toRule(row: EvaluationRuleRow): EvaluationRule {
  return {
    id: row.id,
    name: row.name,
    createdBy: null,
    target: row.target,
    enabled: row.enabled === 1,
    sampling: row.sampling,
    filter: parseFilter(row),
    evaluatorAssignments: parseAssignments(row),
    createdAt: toIso(row.created_at),
    updatedAt: toIso(row.updated_at),
  };
}

/** The form of `/unstable/evaluation-rules`; rules over traces have the form of its legacy rules. */
export function toUnstableRule(
  row: EvaluationRuleRow,
  evaluators: ReadonlyMap<string, StoredEvaluator>,
) {
  const known = parseAssignments(row).flatMap((assignment) => {
    const evaluator = evaluators.get(assignment.evaluatorId);
    return evaluator === undefined ? [] : [{ assignment, evaluator }];
  });
  const [first] = known;
  const paused = known.find(({ evaluator }) => evaluator.paused_at !== null)?.evaluator;
  const isTrace = row.target === 'trace';
  const toForm = (mapping: readonly VariableMapping[]) =>
    isTrace ? mapping.map(toLegacyMapping) : mapping;
  return {
    id: row.id,
    name: row.name,
    evaluator: first === undefined ? null : toReference(first.evaluator),
    evaluators: known.map(({ assignment, evaluator }) => ({
      evaluator: toReference(evaluator),
      mapping: assignment.variableMapping === null ? null : toForm(assignment.variableMapping),
    })),
    target: row.target,
    enabled: row.enabled === 1,
    status: toStatus(row, paused),
    pausedReason: row.enabled === 1 ? (paused?.paused_reason ?? null) : null,
    pausedMessage: row.enabled === 1 ? (paused?.paused_message ?? null) : null,
    sampling: row.sampling,
    filter: parseFilter(row),
    mapping: first === undefined ? [] : toForm(toMapping(first.evaluator, first.assignment)),
    ...(isTrace ? { delay: TRACE_DELAY_MS, timeScope: ['NEW'] } : {}),
    createdAt: toIso(row.created_at),
    updatedAt: toIso(row.updated_at),
  };
}

function toReference({ id, name, type }: StoredEvaluator) {
  return { id, name, type };
}

function toStatus(row: EvaluationRuleRow, paused: StoredEvaluator | undefined) {
  if (row.enabled === 0) return 'inactive';
  return paused === undefined ? 'active' : 'paused';
}

/** What holds for the assignment; an evaluator whose prompt has changed since may leave variables over. */
function toMapping(
  evaluator: StoredEvaluator,
  { variableMapping }: RuleAssignment,
): readonly VariableMapping[] {
  if (evaluator.type === 'code')
    return CODE_VARIABLES.map((source) => ({ variable: source, source }));
  try {
    return toEffectiveMapping(parseDefinition(evaluator.definition), variableMapping);
  } catch {
    return variableMapping ?? [];
  }
}

function toLegacyMapping(mapping: VariableMapping) {
  return { ...mapping, langfuseObject: 'trace', objectName: null };
}
