import type { DeploymentVersion, PredictionDetail } from '@coaia/client';
import { words } from '../../messages.ts';

const part = words.again;

/** Another version than the one that answered, the newest first. */
export function toFirst(answered: number, versions: readonly DeploymentVersion[]): number {
  return versions.find(({ version }) => version !== answered)?.version ?? answered;
}

/** Why the same input cannot be sent again; undefined where it can. */
export function toObstacle(
  { inputs, rows, version }: Pick<PredictionDetail, 'inputs' | 'rows' | 'version'>,
  versions: readonly DeploymentVersion[],
): string | undefined {
  if (inputs === null) return part.notKept;
  if (inputs.length < rows) return part.notWhole(inputs.length, rows);
  const fields = versions.find((one) => one.version === version)?.signature.inputs ?? [];
  const hidden = fields.filter(
    ({ name, required, sensitive }) =>
      (required || sensitive === true) && inputs.some((row) => !(name in row)),
  );
  return hidden.length === 0 ? undefined : part.hidden(hidden.map(({ name }) => name).join(', '));
}
