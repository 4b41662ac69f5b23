/** Served models for agents: what there is, and questions to it. */
import { systemClock } from '#base';
import type { Scope } from '#base';
import type { Egress } from '#egress';
import type { SecretBox } from '#models';
import { callServedModel, openLocalDeployments } from '#serving';
import type { Database } from '#store';
import type { CoaiaClient, DeploymentsApi } from '@coaia/client';

export interface McpModels extends Pick<DeploymentsApi, 'listDeployments' | 'getDeployment'> {
  predict(model: string, data: unknown): Promise<unknown>;
}

export async function openLocalMcpModels(
  db: Database,
  scope: Scope,
  { egress, secrets }: { readonly egress: Pick<Egress, 'fetch'>; readonly secrets: SecretBox },
): Promise<McpModels> {
  const ports = { db, clock: systemClock, secrets };
  const deployments = await openLocalDeployments(ports, scope);
  const fetch = (url: string, init: RequestInit) => egress.fetch('serving', url, init);
  return {
    listDeployments: () => deployments.listDeployments(),
    getDeployment: (model) => deployments.getDeployment(model),
    predict: (model, data) => callServedModel({ ...ports, fetch }, scope, { model, data }),
  };
}

export async function openRemoteMcpModels(client: CoaiaClient): Promise<McpModels> {
  const [{ createDeploymentsApi, createModelCallsApi }, { openRemoteCalls }] = await Promise.all([
    import('@coaia/client'),
    import('#observability'),
  ]);
  const deployments = createDeploymentsApi(client);
  const calls = createModelCallsApi(client);
  return openRemoteCalls({
    listDeployments: () => deployments.listDeployments(),
    getDeployment: (model: string) => deployments.getDeployment(model),
    predict: (model: string, data: unknown) => calls.predict(model, { data }),
  });
}
