import { getRouteApi } from '@tanstack/react-router';
import { toList, type CompareSearch } from '../search.ts';

const route = getRouteApi('/p/$project/experiments/compare');

type Change = { readonly [K in keyof CompareSearch]?: CompareSearch[K] | undefined };

/** The address of a comparison, and how to change it. What chooses other rows goes back to the first page. */
export function useCompareView() {
  const { project } = route.useParams();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const update = (change: Change) =>
    void navigate({ search: (before) => ({ ...before, ...change }) as CompareSearch });
  const candidates = toList(search.candidates);
  return {
    project,
    search,
    candidates,
    lower: toList(search.lower),
    update,
    choose: (change: Change) => update({ page: undefined, item: undefined, ...change }),
    setRuns: (baseline: string | undefined, others: readonly string[]) =>
      update({
        baseline,
        candidates: others.filter((id) => id !== baseline).join(',') || undefined,
        page: undefined,
        item: undefined,
        run: undefined,
      }),
  };
}

/** What `useCompareView` gives. */
export type CompareView = ReturnType<typeof useCompareView>;
