/** Versions of a model that the store knows, before it may know the model at all. */
import type { DeploymentsApi, DeploymentVersion } from '@coaia/client';

/** That there is no such model, by the store of this machine and over a server. */
const UNKNOWN: ReadonlySet<unknown> = new Set(['AO660', 'COAIA-0003']);

/** Newest first; none for a model that is new. A store that does not answer is an error, not an empty list. */
export async function listKnownVersions(
  api: Pick<DeploymentsApi, 'getDeployment'>,
  model: string,
): Promise<readonly DeploymentVersion[]> {
  try {
    return (await api.getDeployment(model)).versions;
  } catch (error) {
    if (UNKNOWN.has((error as { readonly code?: unknown }).code)) return [];
    throw error;
  }
}
