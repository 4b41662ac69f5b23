/** Versions of a model that the store knows, before it may know the model at all. */
import type { DeploymentsApi, DeploymentVersion } from '@coaia/client';

/** Newest first; none for a model that is new. A store that does not answer is an error, not an empty list. */
export async function listKnownVersions(
  api: Pick<DeploymentsApi, 'getDeployment'>,
  model: string,
): Promise<readonly DeploymentVersion[]> {
  try {
    return (await api.getDeployment(model)).versions;
  } catch (error) {
    if ((error as { readonly code?: unknown }).code === 'AO660') return [];
    throw error;
  }
}
