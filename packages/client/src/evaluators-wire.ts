/** Evaluators, evaluation rules and evaluations as they cross the wire. */

export type EvaluatorType = 'llm_as_judge' | 'code';
export type EvaluatorDataType = 'NUMERIC' | 'BOOLEAN' | 'CATEGORICAL';
export type EvaluationTarget = 'observation' | 'experiment' | 'trace';

export type MappingSource =
  | 'input'
  | 'output'
  | 'metadata'
  | 'tool_calls'
  | 'expected_output'
  | 'experiment_item_metadata';

/** Where the value of a prompt's variable comes from. */
export interface VariableMapping {
  readonly variable: string;
  readonly source: MappingSource;
  /** JSONPath into the source. */
  readonly jsonPath?: string | undefined;
}

export interface EvaluatorMessage {
  readonly role: 'system' | 'user' | 'assistant';
  /** Variables stand as `{{name}}`. */
  readonly content: string;
}

export interface EvaluatorModel {
  /** Name of the connection. */
  readonly provider: string;
  readonly model: string;
}

/** What a judge has to return. */
export interface EvaluatorOutput {
  readonly dataType: EvaluatorDataType;
  readonly scoreReasoningInstructions?: string | undefined;
  readonly scoreValueInstructions?: string | undefined;
  /** NUMERIC only; inclusive. */
  readonly minValue?: number | undefined;
  readonly maxValue?: number | undefined;
  /** CATEGORICAL only. */
  readonly categories?: readonly string[] | undefined;
  readonly shouldAllowMultipleMatches?: boolean | undefined;
}

export interface JudgeDefinition {
  readonly type: 'llm_as_judge';
  readonly prompt: readonly EvaluatorMessage[];
  /** Null: the default model of the project. */
  readonly modelConfig: EvaluatorModel | null;
  readonly variableMapping: readonly VariableMapping[] | null;
  readonly outputDefinition: EvaluatorOutput;
}

export interface CodeDefinition {
  readonly type: 'code';
  readonly sourceCode: string;
  readonly sourceCodeLanguage: 'PYTHON' | 'TYPESCRIPT';
}

export type EvaluatorDefinition = JudgeDefinition | CodeDefinition;

/** What both kinds of evaluators carry beside their definition. */
export interface EvaluatorHead {
  readonly id: string;
  readonly name: string;
  readonly description: string | null;
  readonly createdBy: null;
  readonly status: 'active' | 'paused';
  readonly pausedAt: string | null;
  readonly pausedReason: string | null;
  readonly pausedMessage: string | null;
  readonly evaluationRuleAssignments: readonly {
    readonly evaluationRuleId: string;
    readonly variableMappingOverride?: readonly VariableMapping[];
  }[];
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly versionId: string;
  readonly version: number;
  readonly versionCreatedAt: string;
  readonly versionCreatedBy: null;
}

export type Evaluator = EvaluatorHead &
  ((JudgeDefinition & { readonly variables: readonly string[] }) | CodeDefinition);

export type EvaluatorVersion = {
  readonly id: string;
  readonly version: number;
  readonly createdAt: string;
  readonly createdBy: null;
} & ((JudgeDefinition & { readonly variables: readonly string[] }) | CodeDefinition);

/** Body of `POST /v2/evaluators`. */
export type EvaluatorInput = {
  readonly name: string;
  readonly description?: string | null | undefined;
} & (
  | {
      readonly type: 'llm_as_judge';
      readonly prompt: string | readonly EvaluatorMessage[];
      readonly modelConfig?: EvaluatorModel | null | undefined;
      readonly variableMapping?: readonly VariableMapping[] | null | undefined;
      readonly outputDefinition: EvaluatorOutput;
    }
  | CodeDefinition
);

/** A condition as it was sent: `{type, column, operator, value, key?}`. */
export interface RuleFilter {
  readonly type: string;
  readonly column: string;
  readonly operator: string;
  readonly key?: string | undefined;
  readonly value?: unknown;
}

export interface RuleAssignment {
  readonly evaluatorId: string;
  /** Null: the evaluator's own mapping. */
  readonly variableMapping: readonly VariableMapping[] | null;
}

export interface EvaluationRule {
  readonly id: string;
  readonly name: string;
  readonly createdBy: null;
  /** Coaia only. */
  readonly target: EvaluationTarget;
  readonly enabled: boolean;
  /** Fraction of what matches, from 0 to 1. */
  readonly sampling: number;
  readonly filter: readonly RuleFilter[];
  readonly evaluatorAssignments: readonly RuleAssignment[];
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** Body of `POST /v2/evaluation-rules`. */
export interface EvaluationRuleInput {
  readonly name: string;
  /** Coaia only; observations when absent. */
  readonly target?: EvaluationTarget | undefined;
  readonly enabled: boolean;
  readonly sampling?: number | undefined;
  readonly filter?: readonly RuleFilter[] | undefined;
  readonly evaluatorAssignments: readonly {
    readonly evaluatorId: string;
    readonly variableMapping?: readonly VariableMapping[] | null | undefined;
  }[];
}

export type EvaluationStatus = 'pending' | 'running' | 'done' | 'failed';

/** One evaluation of one subject by one evaluator: what is to be done, was done, or failed and why. */
export interface Evaluation {
  readonly id: string;
  readonly status: EvaluationStatus;
  readonly evaluatorId: string;
  readonly evaluatorName: string | null;
  readonly evaluatorVersion: number | null;
  /** Null when somebody asked for it. */
  readonly evaluationRuleId: string | null;
  readonly target: EvaluationTarget;
  readonly traceId: string;
  readonly observationId: string | null;
  readonly datasetItemId: string | null;
  readonly experimentId: string | null;
  readonly attempts: number;
  readonly error: { readonly code: string; readonly message: string } | null;
  /** Trace of the judge's call. */
  readonly executionTraceId: string | null;
  readonly scoreIds: readonly string[];
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly finishedAt: string | null;
}

/** A score as an evaluator gives it. */
export interface GivenScore {
  readonly name: string;
  readonly dataType: EvaluatorDataType | 'TEXT';
  readonly value: number | string | boolean;
  readonly comment: string | null;
}

/** What a trial of an evaluator came to; nothing is stored but the trace of the judge's call. */
export interface EvaluationTrial {
  readonly scores: readonly GivenScore[];
  readonly executionTraceId: string | null;
}
