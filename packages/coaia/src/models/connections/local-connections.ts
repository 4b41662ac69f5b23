/** The calls about connections over the embedded store. */
import { invalidRequest } from '#base';
import type { Scope } from '#base';
import type { ConnectionsApi, PlaygroundFailure } from '@coaia/client';
import type { ZodType, infer as Infer } from 'zod';
import type { ModelPorts } from '../ports.ts';
import { modelFailures } from '../errors.ts';
import { runPrompt, streamPrompt } from '../playground/runs.ts';
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
    followPrompt: async (run, onText, signal) => {
      const ends = AbortSignal.any([signal, AbortSignal.timeout(RUN_MS)]);
      for await (const event of streamPrompt(ports, scope, parse(runBody, run), ends)) {
        if (event.type === 'text') onText(event.text);
        else if (event.type === 'answer') return event.answer;
        else if (event.type === 'error') throw toError(event.failure);
      }
      ends.throwIfAborted();
      throw modelFailures.create('COAIA-4008', 'The answer of the model server broke off.');
    },
  };
}

/** A failure that was told as an event, as the error it was. */
function toError({ code, message, hint }: PlaygroundFailure): Error {
  const known = Object.hasOwn(modelFailures.table, code);
  if (!known) return new Error(message);
  return modelFailures.create(
    code as keyof typeof modelFailures.table,
    message,
    hint === null ? {} : { hint },
  );
}

function parse<S extends ZodType>(schema: S, value: unknown): Infer<S> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const where = issue === undefined ? '' : `${issue.path.map(String).join('.')}: `;
  throw invalidRequest(`${where}${issue?.message ?? 'invalid'}.`, result.error.issues);
}
