import { useQueryClient, type InfiniteData } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { toTracesKey } from '../traces/queries.ts';
import type { TracePage } from '../traces/trace-row.ts';

/** The traces before and after this one in the list it was opened from, if that list was read. */
export function useNeighbours(project: string, traceId: string) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const lists = client.getQueriesData<InfiniteData<TracePage>>({
    queryKey: [...toTracesKey(project), 'rows'],
  });
  for (const [, data] of lists.toReversed()) {
    const ids = (data?.pages ?? []).flatMap((page) => page.data.map((row) => row.id));
    const at = ids.indexOf(traceId);
    if (at === -1) continue;
    const toRun = (id: string | undefined) =>
      id === undefined
        ? undefined
        : () =>
            void navigate({ to: '/p/$project/traces/$traceId', params: { project, traceId: id } });
    return { previous: toRun(ids[at - 1]), next: toRun(ids[at + 1]) };
  }
  return { previous: undefined, next: undefined };
}
