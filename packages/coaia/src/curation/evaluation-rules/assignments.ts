/** Evaluators of a rule: found, and checked against what the rule gives them. */
import { notFound } from '#base';
import type { Transaction } from '#store';
import type { EvaluationTarget, RuleAssignment, VariableMapping } from '@coaia/client';
import { listVariables, requireMapping, toEffectiveMapping } from '../evaluators/definition.ts';
import { evaluatorFailures } from '../evaluators/errors.ts';
import { parseDefinition } from '../evaluators/evaluator.ts';
import type { StoredEvaluator } from '../evaluators/evaluator.ts';
import { requireRunnable } from '../evaluators/preflight.ts';
import { readEvaluator, readEvaluatorByName } from '../evaluators/storage.ts';

type Reader = Pick<Transaction, 'read'>;

/** An evaluator by its id, as `/v2` has it. */
export interface AssignmentInput {
  readonly evaluatorId: string;
  readonly variableMapping?: readonly VariableMapping[] | null | undefined;
}

/** An evaluator by its name, as `/unstable` has it. */
export interface NamedAssignment {
  readonly evaluator: {
    readonly name: string;
    readonly type?: 'llm_as_judge' | 'code' | null | undefined;
  };
  readonly mapping?: readonly VariableMapping[] | null | undefined;
}

interface CheckOptions {
  /** Restricts the sources of mappings. */
  readonly target?: EvaluationTarget | undefined;
  /** Also asks whether each evaluator could run. */
  readonly isEnabled: boolean;
}

/** Assignments by id. Fails with COAIA-0003, 2250 to 2254. */
export async function toAssignments(
  db: Reader,
  projectId: string,
  inputs: readonly AssignmentInput[],
  options: CheckOptions,
): Promise<readonly RuleAssignment[]> {
  const made: RuleAssignment[] = [];
  for (const [index, { evaluatorId, variableMapping = null }] of inputs.entries()) {
    const evaluator = await readEvaluator(db, projectId, evaluatorId);
    if (evaluator === undefined) throw notFound('Evaluator', evaluatorId);
    const field = `evaluatorAssignments[${index}].variableMapping`;
    await requireFitting(db, evaluator, variableMapping, { ...options, field });
    made.push({ evaluatorId, variableMapping });
  }
  return made;
}

/** Assignments by name; the type is a judge unless it is said. Fails like the above. */
export async function toNamedAssignments(
  db: Reader,
  projectId: string,
  inputs: readonly NamedAssignment[],
  options: CheckOptions,
): Promise<readonly RuleAssignment[]> {
  const made: RuleAssignment[] = [];
  for (const [index, { evaluator: wanted, mapping = null }] of inputs.entries()) {
    const type = wanted.type ?? 'llm_as_judge';
    const evaluator = await readEvaluatorByName(db, projectId, { name: wanted.name, type });
    if (evaluator === undefined) throw notFound('Evaluator', wanted.name);
    const field = inputs.length === 1 ? 'mapping' : `evaluators[${index}].mapping`;
    await requireFitting(db, evaluator, mapping, { ...options, field });
    made.push({ evaluatorId: evaluator.id, variableMapping: mapping });
  }
  return made;
}

async function requireFitting(
  db: Reader,
  evaluator: StoredEvaluator,
  mapping: readonly VariableMapping[] | null,
  { field, isEnabled, target }: CheckOptions & { readonly field: string },
): Promise<void> {
  const definition = parseDefinition(evaluator.definition);
  if (definition.type === 'code' && mapping !== null && mapping.length > 0)
    throw evaluatorFailures.create(
      'COAIA-2253',
      `The evaluator "${evaluator.name}" is code, which gets everything; leave the mapping away.`,
      { details: { field } },
    );
  if (mapping !== null && definition.type !== 'code')
    requireMapping(mapping, listVariables(definition), { target, field });
  toEffectiveMapping(definition, mapping);
  if (isEnabled)
    await requireRunnable(db, evaluator.project_id, { name: evaluator.name, definition });
}
