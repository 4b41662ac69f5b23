import { queryOptions } from '@tanstack/react-query';
import type { Observation, Trace } from '@coaia/client';
import { sendRequest } from '../../lib/api.ts';

/** The trace itself with input and output, without its observations. */
export function traceDetailQuery(project: string, traceId: string) {
  return queryOptions({
    queryKey: ['trace', project, traceId, 'detail'] as const,
    queryFn: ({ signal }) =>
      sendRequest<Trace>(`/api/public/traces/${encodeURIComponent(traceId)}`, {
        query: { fields: 'core,io,metrics' },
        signal,
      }),
  });
}

/** One observation with everything. */
export function observationQuery(project: string, traceId: string, id: string) {
  return queryOptions({
    queryKey: ['trace', project, traceId, 'observation', id] as const,
    queryFn: ({ signal }) =>
      sendRequest<Observation>(`/api/public/observations/${encodeURIComponent(id)}`, { signal }),
  });
}
