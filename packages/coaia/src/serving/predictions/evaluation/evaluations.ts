/** Evaluations as they are kept. */
import { createId, toIso } from '#base';
import type { Scope } from '#base';
import type { PredictionEvaluationRow } from '#store';
import type { VersionEvaluation } from '@coaia/client';
import type { PredictionPorts } from '../ports.ts';

const MOST = 100;

export async function saveEvaluation(
  { db, clock }: Pick<PredictionPorts, 'db' | 'clock'>,
  { projectId }: Scope,
  model: string,
  input: Omit<VersionEvaluation, 'id' | 'createdAt'>,
): Promise<VersionEvaluation> {
  const now = clock();
  const evaluation: VersionEvaluation = { ...input, model, id: createId(), createdAt: toIso(now) };
  const row: PredictionEvaluationRow = {
    project_id: projectId,
    id: evaluation.id,
    model,
    version: input.version,
    against: input.against,
    source: input.source,
    created_at: now,
    result: JSON.stringify(evaluation),
  };
  await db.write(async (tx) => {
    await tx.upsert('prediction_evaluations', [row]);
    await tx.addChanges(projectId, [{ kind: 'model', id: model }]);
  });
  return evaluation;
}

/** Newest first. */
export async function listEvaluations(
  { db }: Pick<PredictionPorts, 'db'>,
  { projectId }: Scope,
  model: string,
): Promise<{ readonly data: readonly VersionEvaluation[] }> {
  const rows = await db.read<PredictionEvaluationRow>(
    `SELECT * FROM prediction_evaluations WHERE project_id = ? AND model = ? ORDER BY created_at DESC, id LIMIT ${MOST}`,
    [projectId, model],
  );
  return { data: rows.map(({ result }) => JSON.parse(result) as VersionEvaluation) };
}
