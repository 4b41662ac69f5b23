/** The door of the models room: connections to model servers, conversations with models, the playground. */
import type { Scope } from '#base';
import type { Route } from '#surface';
import type { ConnectionsApi } from '@coaia/client';
import type { ChatModels } from './chat/chat.ts';
import type { ModelServer } from './connections/call-server.ts';
import type { ModelPorts } from './ports.ts';

export type * from './chat/chat.ts';
export type { ModelServer } from './connections/call-server.ts';
export { toModelBase } from './chat/model-base.ts';
export { modelFailures } from './errors.ts';
export { modelPorts, type ModelPorts, type SettingsServer } from './ports.ts';
export { openSecretBox, type SealedSecret, type SecretBox } from './secrets/secret-box.ts';

/** Conversations with the models that projects are connected to; the code that holds them loads on first use. */
export function openChat(ports: ModelPorts): ChatModels {
  const load = async () => (await import('./chat/open-chat.ts')).openChat(ports);
  return {
    send: async (request, options) => (await load()).send(request, options),
    async *stream(request, options) {
      yield* (await load()).stream(request, options);
    },
  };
}

/** A connected server for calls beside chats; see connections/call-server.ts. */
export async function openModelServer(
  ports: ModelPorts,
  scope: Scope,
  wanted: { readonly provider?: string | undefined; readonly model: string },
): Promise<ModelServer> {
  const { openModelServer: open } = await import('./connections/call-server.ts');
  return open(ports, scope, wanted);
}

/** Every route of the room; they bring their schemas, which only the server needs. */
export async function loadModelRoutes(): Promise<readonly Route[]> {
  const { modelRoutes } = await import('./routes.ts');
  return modelRoutes;
}

/** The calls about connections over the store in this home. */
export async function openLocalConnections(
  ports: ModelPorts,
  scope: Scope,
): Promise<ConnectionsApi> {
  const { createLocalConnections } = await import('./connections/local-connections.ts');
  return createLocalConnections(ports, scope);
}
