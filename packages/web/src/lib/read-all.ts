import { sendRequest, type Query } from './api.ts';

interface Page<T> {
  readonly data: readonly T[];
  readonly meta: { readonly totalPages: number };
}

/** Every item of a list in the page form of the API, in its order; nothing is cut off at a hundred. */
export async function readAll<T>(
  path: string,
  signal: AbortSignal,
  query: Query = {},
): Promise<readonly T[]> {
  const read = (page: number) =>
    sendRequest<Page<T>>(path, { query: { ...query, page, limit: 100 }, signal });
  const first = await read(1);
  const more = Array.from({ length: Math.max(0, first.meta.totalPages - 1) }, (_, at) => at + 2);
  const pages = await Promise.all(more.map((page) => read(page)));
  return [first, ...pages].flatMap(({ data }) => data);
}
