import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useCallback } from 'react';
import { documentQuery, findOperations } from './document.ts';

const route = getRouteApi('/p/$project/api');

/** What the page shows: the operations that are looked for, and the one that is open. */
export function useApiView() {
  const { project } = route.useParams();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const query = useQuery(documentQuery);
  const all = query.data ?? [];
  const found = findOperations(all, search.q ?? '');
  const open = all.find(({ id }) => id === search.op);
  const setQuery = useCallback(
    (q: string) =>
      void navigate({
        search: ({ op }) => ({ ...(q === '' ? {} : { q }), ...(op === undefined ? {} : { op }) }),
        replace: true,
      }),
    [navigate],
  );
  const setOpen = (op: string | undefined) =>
    void navigate({
      search: ({ q }) => ({
        ...(q === undefined ? {} : { q }),
        ...(op === undefined ? {} : { op }),
      }),
    });
  const step = (by: number) => {
    const at = found.findIndex(({ id }) => id === search.op);
    const next = found[at === -1 ? 0 : Math.min(Math.max(at + by, 0), found.length - 1)];
    if (next !== undefined) setOpen(next.id);
  };
  return { project, search, query, all, found, open, setQuery, setOpen, step };
}

/** What `useApiView` gives. */
export type ApiView = ReturnType<typeof useApiView>;
