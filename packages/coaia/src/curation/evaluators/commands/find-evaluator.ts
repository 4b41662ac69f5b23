/** Evaluators as people name them, and the pages of lists with cursors. */
import { notFound } from '#base';
import type { CursorPaged, CursorPageQuery, Evaluator, EvaluatorsApi } from '@coaia/client';

/** The evaluator with this id, else the newest one of this name. Fails with COAIA-0003. */
export async function findEvaluator(
  api: Pick<EvaluatorsApi, 'listEvaluators'>,
  wanted: string,
): Promise<Evaluator> {
  const all = await readAll((query) => api.listEvaluators(query));
  const found = all.find(({ id }) => id === wanted) ?? all.find(({ name }) => name === wanted);
  if (found === undefined) throw notFound('Evaluator', wanted, 'coaia evaluators list');
  return found;
}

/** Every page of a list. */
export async function readAll<T>(
  read: (query: CursorPageQuery) => Promise<CursorPaged<T>>,
): Promise<readonly T[]> {
  const all: T[] = [];
  for (let cursor: string | undefined; ;) {
    const page = await read({ limit: 100, ...(cursor === undefined ? {} : { cursor }) });
    all.push(...page.data);
    cursor = page.meta.cursor;
    if (cursor === undefined) return all;
  }
}
