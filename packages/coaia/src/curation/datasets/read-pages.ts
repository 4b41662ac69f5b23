/** Lists of the API as commands read them: one page, or as many as it takes. */
import type { DatasetItem, DatasetItemQuery, DatasetsApi, PageQuery, Paged } from '@coaia/client';

/** The largest page a Langfuse server gives. */
const LARGEST_PAGE = 100;

/** What `--page`, `--limit` and `--all` say. */
export interface PageOptions {
  readonly page: number | undefined;
  readonly limit: number | undefined;
  readonly all: boolean | undefined;
}

export const pageOptions = {
  page: { type: 'number', placeholder: 'N', summary: 'Page to show, from 1' },
  limit: {
    type: 'number',
    placeholder: 'N',
    summary: 'Entries per page, at most 100 (default 50)',
  },
  all: { type: 'boolean', summary: 'Every page' },
} as const;

/** One page as the API answers it; with `all` every page joined under the meta of the whole. */
export async function readPage<T extends { readonly id: string }>(
  read: (query: PageQuery) => Promise<Paged<T>>,
  options: PageOptions,
): Promise<Paged<T>> {
  if (options.all !== true) {
    const given = { page: options.page, limit: options.limit };
    return read(
      Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)),
    );
  }
  const data = await readAll(read);
  const meta = { page: 1, limit: data.length, totalItems: data.length, totalPages: 1 };
  return { data, meta };
}

/** Every entry of a list; one that moves to the next page meanwhile comes once. */
export async function readAll<T extends { readonly id: string }>(
  read: (query: PageQuery) => Promise<Paged<T>>,
): Promise<readonly T[]> {
  const found = new Map<string, T>();
  for (let page = 1; ; page++) {
    const { data, meta } = await read({ page, limit: LARGEST_PAGE });
    for (const one of data) found.set(one.id, one);
    if (data.length === 0 || page >= meta.totalPages) return [...found.values()];
  }
}

/**
 * Every item of one dataset. A server that does not know `datasetName` answers with all items of the project,
 * so what belongs to another dataset is left out here as well.
 */
export async function readDatasetItems(
  api: Pick<DatasetsApi, 'listDatasetItems'>,
  query: DatasetItemQuery & { readonly datasetName: string },
): Promise<readonly DatasetItem[]> {
  const items = await readAll((page) => api.listDatasetItems({ ...query, ...page }));
  return items.filter((item) => item.datasetName === query.datasetName);
}
