/** Evaluators as both spellings of the Langfuse API return them. */
import { toIso } from '#base';
import type { EvaluationRuleRow, EvaluatorRow, EvaluatorVersionRow } from '#store';
import type {
  Evaluator,
  EvaluatorDefinition,
  EvaluatorOutput,
  EvaluatorVersion,
  RuleAssignment,
} from '@coaia/client';
import { CODE_VARIABLES, listVariables } from './definition.ts';
import type { EvaluatorBody, EvaluatorPatch } from './schema.ts';
import type { NestedOutput, UnstableEvaluatorBody } from './unstable-schema.ts';

/** An evaluator with its newest version. */
export interface StoredEvaluator extends EvaluatorRow {
  readonly version_id: string;
  readonly version_created_at: number;
  readonly definition: string;
}

/** The definition in a complete body of `/v2/evaluators`; undefined when the body has none. */
export function toDefinition(
  body: EvaluatorBody | EvaluatorPatch,
): EvaluatorDefinition | undefined {
  if (!('type' in body)) return undefined;
  if (body.type === 'code') {
    const { type, sourceCode, sourceCodeLanguage } = body;
    return { type, sourceCode, sourceCodeLanguage };
  }
  const { type, prompt, outputDefinition, modelConfig = null, variableMapping = null } = body;
  return { type, prompt, modelConfig, variableMapping, outputDefinition };
}

/** The definition in a body of `/unstable/evaluators`. */
export function toUnstableDefinition(body: UnstableEvaluatorBody): EvaluatorDefinition {
  if (body.type === 'code') {
    const { type, sourceCode, sourceCodeLanguage } = body;
    return { type, sourceCode, sourceCodeLanguage };
  }
  return {
    type: body.type,
    prompt: [{ role: 'user', content: body.prompt }],
    modelConfig: body.modelConfig ?? null,
    variableMapping: body.mapping ?? null,
    outputDefinition: toFlat(body.outputDefinition),
  };
}

function toFlat({ dataType, reasoning, score }: NestedOutput): EvaluatorOutput {
  const words = {
    ...(reasoning.description === '' ? {} : { scoreReasoningInstructions: reasoning.description }),
    ...(score.description === '' ? {} : { scoreValueInstructions: score.description }),
  };
  if (dataType === 'BOOLEAN') return { dataType, ...words };
  if (dataType === 'CATEGORICAL') {
    const { categories, shouldAllowMultipleMatches } = score;
    return { dataType, ...words, categories, shouldAllowMultipleMatches };
  }
  const { minValue, maxValue } = score;
  return {
    dataType,
    ...words,
    ...(typeof minValue === 'number' ? { minValue } : {}),
    ...(typeof maxValue === 'number' ? { maxValue } : {}),
  };
}

function toNested(output: EvaluatorOutput) {
  const { scoreReasoningInstructions = '', scoreValueInstructions = '', ...rest } = output;
  const { dataType, ...limits } = rest;
  return {
    dataType,
    reasoning: { description: scoreReasoningInstructions },
    score: { description: scoreValueInstructions, ...limits },
  };
}

function withVariables(definition: EvaluatorDefinition) {
  return definition.type === 'code'
    ? definition
    : { ...definition, variables: listVariables(definition) };
}

/** The definition as it is stored. */
export function parseDefinition(text: string): EvaluatorDefinition {
  return JSON.parse(text) as EvaluatorDefinition;
}

/** The form of `/v2/evaluators`. `rules` are those of the project, newest first. */
export function toEvaluator(row: StoredEvaluator, rules: readonly EvaluationRuleRow[]): Evaluator {
  return {
    id: row.id,
    name: row.name,
    description: row.description,
    createdBy: null,
    status: row.paused_at === null ? 'active' : 'paused',
    pausedAt: row.paused_at === null ? null : toIso(row.paused_at),
    pausedReason: row.paused_reason,
    pausedMessage: row.paused_message,
    evaluationRuleAssignments: listAssignments(row.id, rules),
    createdAt: toIso(row.created_at),
    updatedAt: toIso(row.updated_at),
    versionId: row.version_id,
    version: row.version,
    versionCreatedAt: toIso(row.version_created_at),
    versionCreatedBy: null,
    ...withVariables(parseDefinition(row.definition)),
  };
}

function listAssignments(evaluatorId: string, rules: readonly EvaluationRuleRow[]) {
  return rules.flatMap((rule) =>
    parseAssignments(rule)
      .filter((assignment) => assignment.evaluatorId === evaluatorId)
      .map(({ variableMapping }) => ({
        evaluationRuleId: rule.id,
        ...(variableMapping === null ? {} : { variableMappingOverride: variableMapping }),
      })),
  );
}

/** The assignments of a rule as they are stored. */
export function parseAssignments(row: Pick<EvaluationRuleRow, 'assignments'>): RuleAssignment[] {
  return JSON.parse(row.assignments) as RuleAssignment[];
}

/** One entry of a version list. */
export function toEvaluatorVersion(row: EvaluatorVersionRow): EvaluatorVersion {
  return {
    id: row.id,
    version: row.version,
    createdAt: toIso(row.created_at),
    createdBy: null,
    ...withVariables(parseDefinition(row.definition)),
  };
}

/** The form of `/unstable/evaluators`. */
export function toUnstableEvaluator(row: StoredEvaluator, rules: readonly EvaluationRuleRow[]) {
  const definition = parseDefinition(row.definition);
  const head = {
    id: row.id,
    name: row.name,
    version: row.version,
    evaluationRuleCount: listAssignments(row.id, rules).length,
    createdAt: toIso(row.created_at),
    updatedAt: toIso(row.updated_at),
  };
  if (definition.type === 'code') {
    const mapping = CODE_VARIABLES.map((source) => ({ variable: source, source }));
    return { ...head, ...definition, variables: [...CODE_VARIABLES], mapping };
  }
  const { prompt, outputDefinition, modelConfig, variableMapping, type } = definition;
  return {
    ...head,
    type,
    variables: listVariables(definition),
    mapping: variableMapping,
    prompt: prompt.map(({ content }) => content).join('\n\n'),
    outputDefinition: toNested(outputDefinition),
    modelConfig,
  };
}
