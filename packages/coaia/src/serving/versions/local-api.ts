/** The calls about served models over the embedded store, with the same checks as over HTTP. */
import type { Scope } from '#base';
import { parseRequest } from '#observability';
import type { DeploymentsApi } from '@coaia/client';
import type { DeploymentPorts } from './ports.ts';
import { announceGateway } from './announce-gateway.ts';
import { changeTraffic, getGate } from './change-traffic.ts';
import { getDeployment, listDeployments, registerVersion, rollBack } from './registry.ts';
import { gatewayBody, trafficBody, versionBody } from './schema.ts';

export function createLocalDeployments(ports: DeploymentPorts, scope: Scope): DeploymentsApi {
  return {
    listDeployments: () => listDeployments(ports, scope),
    getDeployment: (model) => getDeployment(ports, scope, model),
    registerVersion: async (input) => {
      parseRequest(versionBody, input);
      return registerVersion(ports, scope, input);
    },
    changeTraffic: async (model, input) => {
      parseRequest(trafficBody, input);
      return changeTraffic(ports, scope, model, input);
    },
    getGate: (model, version) => getGate(ports, scope, model, version),
    rollBack: async (model, input) => rollBack(ports, scope, model, input),
    announceGateway: async (id, input) => {
      parseRequest(gatewayBody, input);
      return announceGateway(ports, scope, id, input);
    },
  };
}
