import { useQueryClient } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useCallback } from 'react';
import { toDatasetsKey } from './queries.ts';
import type { DatasetSearch } from './search.ts';

const route = getRouteApi('/p/$project/datasets/$datasetName');

type Change = { readonly [K in keyof DatasetSearch]?: DatasetSearch[K] | undefined };

/** The address of one dataset, and how to change it. */
export function useDatasetView() {
  const { project, datasetName } = route.useParams();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const client = useQueryClient();
  return {
    project,
    name: datasetName,
    search,
    tab: search.tab ?? ('items' as const),
    update: (change: Change) =>
      void navigate({ search: (before) => ({ ...before, ...change }) as DatasetSearch }),
    /** Reads everything about datasets anew. */
    refresh: useCallback(
      () => client.invalidateQueries({ queryKey: toDatasetsKey(project) }),
      [client, project],
    ),
  };
}

/** What `useDatasetView` gives. */
export type DatasetView = ReturnType<typeof useDatasetView>;
