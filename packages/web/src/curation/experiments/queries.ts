import type { ExperimentComparison, ExperimentLines } from '@coaia/client';
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { sendRequest } from '../../lib/api.ts';
import { toProjectPath } from '../../lib/server.ts';
import type { CompareSearch } from './search.ts';

/** Key of everything that has been read about a project's experiments. */
export function toExperimentsKey(project: string) {
  return ['experiments', project] as const;
}

/** Runs with their sums, latest first; of one dataset when it is named. */
export function linesQuery(project: string, dataset: string | undefined) {
  return infiniteQueryOptions({
    queryKey: [...toExperimentsKey(project), 'list', dataset ?? ''],
    queryFn: ({ pageParam, signal }) =>
      sendRequest<ExperimentLines>(toProjectPath(project, 'experiments'), {
        query: { dataset, limit: 20, cursor: pageParam },
        signal,
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.meta.cursor,
  });
}

/** Rows of a comparison that one page shows. */
export const rowsPerPage = 100;

/** What the server is asked for a comparison. */
export function toCompareQuery(search: CompareSearch) {
  const { baseline, candidates, score, mode, slice, lower, page } = search;
  return { baseline, candidates, score, mode, slice, lower, page, limit: rowsPerPage };
}

/** Runs side by side. */
export function compareQuery(project: string, search: CompareSearch) {
  const query = toCompareQuery(search);
  return queryOptions({
    queryKey: [...toExperimentsKey(project), 'compare', query],
    queryFn: ({ signal }) =>
      sendRequest<ExperimentComparison>(toProjectPath(project, 'experiments/compare'), {
        query,
        signal,
      }),
    enabled: search.baseline !== undefined,
  });
}

/** Every row of a comparison, for a file. */
export async function readAllRows(
  project: string,
  search: CompareSearch,
): Promise<ExperimentComparison> {
  const read = (page: number) =>
    sendRequest<ExperimentComparison>(toProjectPath(project, 'experiments/compare'), {
      query: { ...toCompareQuery(search), page, limit: 500, preview: 20_000 },
    });
  const first = await read(1);
  const rows = [...first.rows];
  for (let page = 2; rows.length < first.meta.shownItems; page += 1) {
    const { rows: more } = await read(page);
    if (more.length === 0) break;
    rows.push(...more);
  }
  return { ...first, rows };
}
