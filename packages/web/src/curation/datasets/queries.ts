import type {
  Dataset,
  DatasetChange,
  DatasetDiff,
  DatasetImport,
  DatasetImportReport,
  DatasetInput,
  DatasetItem,
  DatasetItemInput,
  DatasetLine,
  Paged,
} from '@coaia/client';
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { sendRequest } from '../../lib/api.ts';
import { toProjectPath } from '../../lib/server.ts';

/** Address of one dataset in the Langfuse API. */
export function toDatasetPath(name: string): string {
  return `/api/public/v2/datasets/${encodeURIComponent(name)}`;
}

/** Key of everything that has been read about a project's datasets. */
export function toDatasetsKey(project: string) {
  return ['datasets', project] as const;
}

/** Every dataset with its counts, by name. */
export function linesQuery(project: string) {
  return queryOptions({
    queryKey: [...toDatasetsKey(project), 'list'],
    queryFn: async ({ signal }) => {
      const rows: DatasetLine[] = [];
      for (let page = 1; ; page += 1) {
        const path = toProjectPath(project, 'datasets');
        const answer = await sendRequest<Paged<DatasetLine>>(path, {
          query: { page, limit: 500 },
          signal,
        });
        rows.push(...answer.data);
        if (page >= answer.meta.totalPages) return rows;
      }
    },
  });
}

/** One dataset with its schemas. */
export function datasetQuery(project: string, name: string) {
  return queryOptions({
    queryKey: [...toDatasetsKey(project), 'one', name],
    queryFn: ({ signal }) => sendRequest<Dataset>(toDatasetPath(name), { signal }),
  });
}

/** The items, page by page, as they are or were at `version`. */
export function itemsQuery(
  project: string,
  name: string,
  version: string | undefined,
  archived: boolean,
) {
  return infiniteQueryOptions({
    queryKey: [...toDatasetsKey(project), 'items', name, version ?? 'now', archived],
    queryFn: ({ pageParam, signal }) =>
      sendRequest<Paged<DatasetItem>>('/api/public/dataset-items', {
        query: {
          datasetName: name,
          version,
          includeArchived: archived ? 'true' : undefined,
          page: pageParam,
          limit: 100,
        },
        signal,
      }),
    initialPageParam: 1,
    getNextPageParam: ({ meta }) => (meta.page < meta.totalPages ? meta.page + 1 : undefined),
  });
}

/** Moments at which items changed. */
export function changesQuery(project: string, name: string) {
  return queryOptions({
    queryKey: [...toDatasetsKey(project), 'changes', name],
    queryFn: ({ signal }) =>
      sendRequest<{ readonly data: readonly DatasetChange[] }>(
        toProjectPath(project, 'dataset-changes'),
        { query: { name }, signal },
      ),
  });
}

/** What two moments have differently. */
export function diffQuery(project: string, name: string, from: string, to: string | undefined) {
  return queryOptions({
    queryKey: [...toDatasetsKey(project), 'diff', name, from, to ?? 'now'],
    queryFn: ({ signal }) =>
      sendRequest<DatasetDiff>(toProjectPath(project, 'dataset-diff'), {
        query: { name, from, to },
        signal,
      }),
  });
}

/** Creates a dataset or changes the one with this name. */
export function writeDataset(input: DatasetInput): Promise<Dataset> {
  return sendRequest<Dataset>('/api/public/v2/datasets', { method: 'POST', body: input });
}

/** Creates an item or changes the one with this id; absent members stay. */
export function writeItem(input: DatasetItemInput): Promise<DatasetItem> {
  return sendRequest<DatasetItem>('/api/public/dataset-items', { method: 'POST', body: input });
}

/** Stores items together or not at all; with `dryRun` only checks them. */
export function importItems(project: string, input: DatasetImport): Promise<DatasetImportReport> {
  return sendRequest<DatasetImportReport>(toProjectPath(project, 'dataset-imports'), {
    method: 'POST',
    body: input,
  });
}

/** Makes items of traces, or of one observation. */
export function addTraces(
  project: string,
  input: {
    readonly datasetName: string;
    readonly traceIds: readonly string[];
    readonly observationId?: string | undefined;
    readonly withOutput: boolean;
    readonly create: boolean;
  },
): Promise<DatasetImportReport> {
  return sendRequest<DatasetImportReport>(toProjectPath(project, 'dataset-trace-imports'), {
    method: 'POST',
    body: input,
  });
}

/** Ids of the newest traces that match a filter. */
export async function findTraceIds(
  project: string,
  q: string,
  most: number,
): Promise<readonly string[]> {
  const ids: string[] = [];
  let cursor: string | undefined;
  do {
    const answer: TracePage = await sendRequest<TracePage>(toProjectPath(project, 'traces'), {
      query: { q, cursor, limit: Math.min(100, most - ids.length) },
    });
    ids.push(...answer.data.map(({ id }) => id));
    cursor = answer.meta.cursor;
  } while (cursor !== undefined && ids.length < most);
  return ids.slice(0, most);
}

interface TracePage {
  readonly data: readonly { readonly id: string }[];
  readonly meta: { readonly cursor?: string; readonly total?: number };
}
