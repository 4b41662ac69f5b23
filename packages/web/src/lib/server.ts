import { queryOptions } from '@tanstack/react-query';
import { sendRequest } from './api.ts';

/** Who this page talks to and for which project. */
export interface ServerSession {
  readonly project: { readonly id: string; readonly name: string };
  readonly projects: readonly { readonly id: string; readonly name: string }[];
  readonly server: {
    readonly version: string;
    readonly coaia: string;
    readonly baseUrl: string;
    readonly store: 'sqlite' | 'postgres';
  };
  readonly credentials: { readonly publicKey: string; readonly secretKey: string | null };
  readonly sample: { readonly loaded: boolean };
}

/** `GET /api/v1/session`. */
export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: ({ signal }) => sendRequest<ServerSession>('/api/v1/session', { signal }),
  staleTime: 300_000,
});

/** Path of a project's own API. */
export function toProjectPath(project: string, rest: string): string {
  return `/api/v1/projects/${encodeURIComponent(project)}/${rest}`;
}
