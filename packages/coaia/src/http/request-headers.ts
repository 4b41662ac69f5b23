/** Headers and addresses of a request, from Node's message when there is one, else from the Request. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Context } from 'hono';
import type { HeaderSource } from '#access';

/** Node's side of a request; absent when a test calls the app without a socket. */
export interface NodeSide {
  readonly incoming: IncomingMessage;
  readonly outgoing: ServerResponse;
}

/** The message and the answer of a real connection. */
export function findNodeSide(c: Context): NodeSide | undefined {
  const env = c.env as Partial<NodeSide> | undefined;
  return env?.incoming === undefined || env.outgoing === undefined ? undefined : (env as NodeSide);
}

/** Reads single headers without building a `Headers` object. Names in lower case. */
export function toHeaderSource(c: Context): HeaderSource {
  const node = findNodeSide(c);
  if (node === undefined) return c.req.raw.headers;
  const { headers } = node.incoming;
  return {
    get(name) {
      const value = headers[name];
      return Array.isArray(value) ? value.join(', ') : value;
    },
  };
}
