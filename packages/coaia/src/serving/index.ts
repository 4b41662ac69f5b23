/** The door of the serving room: models behind REST and gRPC. Nothing loads before it is used. */
import type { Scope } from '#base';
import type { Route } from '#surface';
import type { DeploymentsApi, DeploymentSignature, PredictionsApi } from '@coaia/client';
import type { ModelCall } from './calls/call-model.ts';
import type { CallPorts } from './calls/ports.ts';
import type { PredictionPorts } from './predictions/ports.ts';
import type { Signature } from './signatures/signature.ts';
import type { LocalServicePorts } from './processes/local-services.ts';
import type { RemoteServiceParts } from './processes/remote-services.ts';
import type { GatewayServices } from './processes/gateway-services.ts';
import type { DeploymentPorts } from './versions/ports.ts';

export type { CheckAssistant } from './checks/ports.ts';
export type { PredictionObserver, PredictionRecord } from './predictions/observer.ts';
export { predictionPorts, predictionsApi } from './predictions/ports.ts';
export type { PredictionPorts } from './predictions/ports.ts';
export type { GatewayServices } from './processes/gateway-services.ts';
export type { LocalServicePorts } from './processes/local-services.ts';
export type { RemoteServiceParts } from './processes/remote-services.ts';
export { callPorts } from './calls/ports.ts';
export type { CallPorts } from './calls/ports.ts';
export { toProgramLine } from './running/child-contract.ts';
export { deskPorts } from './desk/desk.ts';
export type { DeskPorts } from './desk/desk.ts';
export { deploymentPorts, deploymentsApi } from './versions/ports.ts';
export type { DeploymentPorts } from './versions/ports.ts';

/** Every route of this room. */
export async function loadServingRoutes(): Promise<readonly Route[]> {
  const { servingRoutes } = await import('./routes.ts');
  return servingRoutes;
}

/** Versions and traffic over the store in this home, for commands. */
export async function openLocalDeployments(
  ports: DeploymentPorts,
  scope: Scope,
): Promise<DeploymentsApi> {
  const { createLocalDeployments } = await import('./versions/local-api.ts');
  return createLocalDeployments(ports, scope);
}

/** What a gateway of this machine takes from the workbench, over the store in this home. */
export async function openLocalGatewayServices(
  ports: LocalServicePorts,
  scope: Scope,
): Promise<GatewayServices> {
  const { createLocalServices } = await import('./processes/local-services.ts');
  return createLocalServices(ports, scope);
}

/** The same over a server. */
export async function openRemoteGatewayServices(
  parts: RemoteServiceParts,
): Promise<GatewayServices> {
  const { createRemoteServices } = await import('./processes/remote-services.ts');
  return createRemoteServices(parts);
}

/** Asks a served model; AO660, AO668, AO669. */
export async function callServedModel(
  ports: CallPorts,
  scope: Scope,
  call: ModelCall,
): Promise<unknown> {
  const { callModel, requireAnswer } = await import('./calls/call-model.ts');
  return requireAnswer(await callModel(ports, scope, call));
}

/** What one row looks like, as JSON Schema. */
export async function toRowSchema(signature: DeploymentSignature): Promise<object> {
  const { toJsonSchema } = await import('./signatures/json-schema.ts');
  return toJsonSchema(signature as Signature);
}

/** The log of predictions and all that is made of it, over the store in this home, for commands. */
export async function openLocalPredictions(
  ports: PredictionPorts,
  scope: Scope,
): Promise<PredictionsApi> {
  const { createLocalPredictions } = await import('./predictions/local-predictions.ts');
  return createLocalPredictions(ports, scope);
}
