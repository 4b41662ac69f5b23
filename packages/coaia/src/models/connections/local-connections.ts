/** The calls about connections over the embedded store. */
import { invalidRequest } from '#base';
import type { Scope } from '#base';
import type { ConnectionsApi } from '@coaia/client';
import type { ZodType, infer as Infer } from 'zod';
import type { ModelPorts } from '../ports.ts';
import { runPrompt } from '../playground/runs.ts';
import { runBody } from '../playground/schema.ts';
import { testConnection } from './check-server.ts';
import { deleteConnection, listConnections, updateConnection } from './connections.ts';
import { connectionBody, connectionListQuery, connectionTestBody } from './schema.ts';

/** As long as a conversation may take. */
const RUN_MS = 600_000;

/** The same checks as over HTTP. */
export function createLocalConnections(ports: ModelPorts, scope: Scope): ConnectionsApi {
  return {
    listConnections: async (query) =>
      listConnections(ports, scope, parse(connectionListQuery, query)),
    writeConnection: async (input) => updateConnection(ports, scope, parse(connectionBody, input)),
    deleteConnection: (id) => deleteConnection(ports, scope, id),
    testConnection: async (id, input) =>
      testConnection(ports, scope, id, parse(connectionTestBody, input)),
    runPrompt: async (run) =>
      runPrompt(ports, scope, parse(runBody, run), AbortSignal.timeout(RUN_MS)),
  };
}

function parse<S extends ZodType>(schema: S, value: unknown): Infer<S> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const where = issue === undefined ? '' : `${issue.path.map(String).join('.')}: `;
  throw invalidRequest(`${where}${issue?.message ?? 'invalid'}.`, result.error.issues);
}
