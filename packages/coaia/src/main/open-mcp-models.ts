/** Served models for agents: what there is, and questions to it. */
import { systemClock } from '#base';
import type { Scope } from '#base';
import { callServedModel, openLocalDeployments } from '#serving';
import type { Database } from '#store';
import type { CoaiaClient, DeploymentsApi } from '@coaia/client';
import { toCallPorts } from './open-calls.ts';
import type { CallAccess } from './open-calls.ts';

export interface McpModels extends Pick<DeploymentsApi, 'listDeployments' | 'getDeployment'> {
  predict(model: string, data: unknown): Promise<unknown>;
}

export async function openLocalMcpModels(
  db: Database,
  scope: Scope,
  access: Pick<CallAccess, 'egress' | 'secrets' | 'gatewayHosts'>,
): Promise<McpModels> {
  const ports = toCallPorts({ db, clock: systemClock, ...access });
  const deployments = await openLocalDeployments(ports, scope);
  return {
    listDeployments: () => deployments.listDeployments(),
    getDeployment: (model) => deployments.getDeployment(model),
    predict: (model, data) => callServedModel(ports, scope, { model, data }),
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
