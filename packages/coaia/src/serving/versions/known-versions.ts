/** Versions of a model that the store knows, before it may know the model at all. */
import type { DeploymentsApi, DeploymentVersion } from '@coaia/client';

/** Newest first; none for a model that is new. A store that does not answer is an error, not an empty list. */
export async function listKnownVersions(
  api: Pick<DeploymentsApi, 'listDeployments' | 'getDeployment'>,
  model: string,
): Promise<readonly DeploymentVersion[]> {
  const { data } = await api.listDeployments();
  if (data.every(({ name }) => name !== model)) return [];
  return (await api.getDeployment(model)).versions;
}
