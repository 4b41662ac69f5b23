import type { Observation, PlaygroundModels } from '@coaia/client';
import { queryOptions } from '@tanstack/react-query';
import { sendRequest } from '../../lib/api.ts';
import { toProjectPath } from '../../lib/server.ts';

/** Key of what the playground knows about connections; a change of one makes it stale. */
export function toModelsKey(project: string) {
  return ['models', project] as const;
}

/** Connections and their models. Servers are asked, so it is not asked again before a minute is over. */
export function modelsQuery(project: string) {
  return queryOptions({
    queryKey: toModelsKey(project),
    queryFn: ({ signal }) =>
      sendRequest<PlaygroundModels>(toProjectPath(project, 'playground/models'), { signal }),
    staleTime: 60_000,
  });
}

/** One recorded call with everything. */
export function callQuery(project: string, observation: string) {
  return queryOptions({
    queryKey: ['playground-call', project, observation] as const,
    queryFn: ({ signal }) =>
      sendRequest<Observation>(`/api/public/observations/${encodeURIComponent(observation)}`, {
        signal,
      }),
  });
}
