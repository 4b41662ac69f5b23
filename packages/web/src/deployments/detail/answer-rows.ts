import type { DeploymentSignature } from '@coaia/client';
import type { ModelAnswer } from '../queries.ts';

/** The rows of an answer by the names of the outputs; a gateway leaves the name out where there is one output. */
export function toAnswerRows(
  { predictions }: Pick<ModelAnswer, 'predictions'>,
  signature: Pick<DeploymentSignature, 'outputs'> | undefined,
): readonly Readonly<Record<string, unknown>>[] {
  const name = signature?.outputs[0]?.name ?? 'prediction';
  return predictions.map((one) =>
    typeof one === 'object' && one !== null && !Array.isArray(one)
      ? (one as Readonly<Record<string, unknown>>)
      : { [name]: one },
  );
}
