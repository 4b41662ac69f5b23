import { useQuery } from '@tanstack/react-query';
import { sessionQuery } from './server.ts';

/** Address of this page's server as programs reach it, without a slash at the end. */
export function useServerUrl(): string {
  return useQuery(sessionQuery).data?.server.baseUrl ?? location.origin;
}
