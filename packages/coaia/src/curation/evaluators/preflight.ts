/** Whether an evaluator can run here and now: its model, or the sandbox for its code. */
import { isCoaiaError } from '#base';
import { requirePython } from '#sandbox';
import type { Transaction } from '#store';
import type { EvaluatorDefinition, EvaluatorModel } from '@coaia/client';
import { preflightFailed } from './errors.ts';
import { readConnections } from './storage.ts';

type Reader = Pick<Transaction, 'read'>;

/**
 * The model that judges: the one that the evaluator names, else the default of the project, which is the first
 * model that its oldest connection lists. Fails with COAIA-2250.
 */
export async function findModel(
  db: Reader,
  projectId: string,
  evaluator: { readonly name: string; readonly modelConfig: EvaluatorModel | null },
): Promise<EvaluatorModel> {
  const { modelConfig: wanted, name } = evaluator;
  const connections = await readConnections(db, projectId);
  const details = {
    evaluatorName: name,
    ...(wanted === null ? {} : { provider: wanted.provider, model: wanted.model }),
  };
  const hint = 'coaia models connections set';
  if (connections.length === 0)
    throw preflightFailed(
      `The evaluator "${name}" cannot run: this project has no connection to a model server.`,
      details,
      hint,
    );
  if (wanted !== null) {
    if (connections.some(({ provider }) => provider === wanted.provider)) return wanted;
    const known = connections.map(({ provider }) => provider).join(', ');
    throw preflightFailed(
      `The evaluator "${name}" cannot run: there is no connection "${wanted.provider}" in this project; there is ${known}.`,
      details,
      hint,
    );
  }
  for (const { provider, custom_models: models } of connections) {
    const [model] = JSON.parse(models) as readonly string[];
    if (model !== undefined) return { provider, model };
  }
  throw preflightFailed(
    `The evaluator "${name}" names no model, and no connection of this project lists one in customModels.`,
    details,
    hint,
  );
}

/** Fails with COAIA-2250 when the evaluator could not run. Nothing is sent to a model. */
export async function requireRunnable(
  db: Reader,
  projectId: string,
  evaluator: { readonly name: string; readonly definition: EvaluatorDefinition },
): Promise<void> {
  const { name, definition } = evaluator;
  if (definition.type === 'llm_as_judge') {
    await findModel(db, projectId, { name, modelConfig: definition.modelConfig });
    return;
  }
  if (definition.sourceCodeLanguage === 'TYPESCRIPT') return;
  try {
    await requirePython();
  } catch (error) {
    if (!isCoaiaError(error)) throw error;
    throw preflightFailed(
      `The evaluator "${name}" cannot run: ${error.message}`,
      { evaluatorName: name },
      error.hint,
    );
  }
}
