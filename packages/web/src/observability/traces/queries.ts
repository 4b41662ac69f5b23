import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { sendRequest } from '../../lib/api.ts';
import { toProjectPath } from '../../lib/server.ts';
import { updateNow } from '../../lib/time.ts';
import type { FilterKey } from '../filter/keys.ts';
import type { TraceFacets, TraceHistogram, TracePage, TraceRow } from './trace-row.ts';
import type { ListScope } from './traces-search.ts';

const pageSize = 100;

/** Key of every list of a project's traces. */
export const toTracesKey = (project: string) => ['traces', project] as const;

/** The rows, page by page. */
export function tracesQuery(project: string, scope: ListScope, orderBy: string) {
  return infiniteQueryOptions({
    queryKey: [...toTracesKey(project), 'rows', scope, orderBy] as const,
    queryFn: async ({ pageParam, signal }) => {
      const query = { ...scope, orderBy, limit: pageSize, cursor: pageParam };
      const page = await sendRequest<TracePage>(toProjectPath(project, 'traces'), {
        query,
        signal,
      });
      if (pageParam === undefined) updateNow();
      return page;
    },
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.meta.cursor,
    staleTime: Infinity,
  });
}

/** Counts per value for the sidebar. */
export function facetsQuery(project: string, scope: ListScope) {
  return queryOptions({
    queryKey: [...toTracesKey(project), 'facets', scope] as const,
    queryFn: ({ signal }) =>
      sendRequest<TraceFacets>(toProjectPath(project, 'traces/facets'), {
        query: { ...scope },
        signal,
      }),
    staleTime: Infinity,
  });
}

/** Counts over time for the histogram. */
export function histogramQuery(project: string, scope: ListScope) {
  return queryOptions({
    queryKey: [...toTracesKey(project), 'histogram', scope] as const,
    queryFn: ({ signal }) =>
      sendRequest<TraceHistogram>(toProjectPath(project, 'traces/histogram'), {
        query: { ...scope, buckets: 60 },
        signal,
      }),
    staleTime: Infinity,
  });
}

/** Keys of the filter grammar. */
export const filterKeysQuery = queryOptions({
  queryKey: ['query-keys'],
  queryFn: ({ signal }) =>
    sendRequest<{ readonly keys: readonly FilterKey[] }>('/api/v1/query-keys', { signal }),
  staleTime: Infinity,
});

/** Rows among `ids` that match the scope; at most 100 are asked for. */
export async function findRows(
  project: string,
  scope: ListScope,
  ids: readonly string[],
): Promise<readonly TraceRow[]> {
  const list = ids.slice(0, pageSize).map((id) => `"${id.replaceAll(/["\\]/g, String.raw`\$&`)}"`);
  const q = `${scope.q ?? ''} id:(${list.join(' OR ')})`.trim();
  const query = { ...scope, q, limit: pageSize };
  return (await sendRequest<TracePage>(toProjectPath(project, 'traces'), { query })).data;
}

/** Every row of a scope, page by page up to `limit`; `onPage` hears how many are there. */
export async function listAllRows(
  project: string,
  scope: ListScope,
  orderBy: string,
  onPage: (count: number) => void,
  limit = 10_000,
): Promise<readonly TraceRow[]> {
  const rows: TraceRow[] = [];
  let cursor: string | undefined;
  do {
    const query = { ...scope, orderBy, limit: pageSize, cursor };
    const page = await sendRequest<TracePage>(toProjectPath(project, 'traces'), { query });
    rows.push(...page.data);
    cursor = page.meta.cursor;
    onPage(rows.length);
  } while (cursor !== undefined && rows.length < limit);
  return rows;
}

/** Deletes traces for good. */
export function deleteTraces(traceIds: readonly string[], keepalive = false): Promise<unknown> {
  return sendRequest('/api/public/traces', { method: 'DELETE', body: { traceIds }, keepalive });
}
