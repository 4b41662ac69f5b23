import { queryOptions } from '@tanstack/react-query';
import { sendRequest } from '../../lib/api.ts';
import { toProjectPath } from '../../lib/server.ts';
import type { TraceTreeAnswer } from './node.ts';

/** The light tree of a trace. */
export function treeQuery(project: string, traceId: string) {
  return queryOptions({
    queryKey: ['trace', project, traceId, 'tree'] as const,
    queryFn: ({ signal }) =>
      sendRequest<TraceTreeAnswer>(
        toProjectPath(project, `traces/${encodeURIComponent(traceId)}/tree`),
        { signal },
      ),
  });
}
