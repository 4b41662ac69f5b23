import type { ConnectionTest, LlmConnection, LlmConnectionInput, Paged } from '@coaia/client';
import { queryOptions } from '@tanstack/react-query';
import { sendRequest } from '../../lib/api.ts';

const base = '/api/public/llm-connections';

/** Key of a project's connections. */
export function toConnectionsKey(project: string) {
  return ['connections', project] as const;
}

/** All connections, newest first. */
export function connectionsQuery(project: string) {
  return queryOptions({
    queryKey: toConnectionsKey(project),
    queryFn: ({ signal }) =>
      sendRequest<Paged<LlmConnection>>(base, { query: { limit: 100 }, signal }),
  });
}

/** Makes or replaces the connection of that name. */
export function writeConnection(body: LlmConnectionInput): Promise<LlmConnection> {
  return sendRequest<LlmConnection>(base, { method: 'PUT', body });
}

/** Forgets a connection. */
export async function deleteConnection(id: string, keepalive = false): Promise<void> {
  await sendRequest(`${base}/${encodeURIComponent(id)}`, { method: 'DELETE', keepalive });
}

/** Calls the server of a connection. */
export function testConnection(id: string): Promise<ConnectionTest> {
  return sendRequest<ConnectionTest>(`/api/v1/llm-connections/${encodeURIComponent(id)}/test`, {
    method: 'POST',
    body: {},
  });
}
