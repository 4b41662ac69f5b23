import { getRouteApi } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { toListScope, toMinute, type TracesSearch } from '../traces/traces-search.ts';
import type { SessionsSearch } from './sessions-query.ts';

const route = getRouteApi('/p/$project/sessions');
const firstOrder = 'lastActivity.desc';

type Change = { readonly [K in keyof SessionsSearch]?: SessionsSearch[K] | undefined };

/** The address of the list of sessions and what follows from it. */
export function useSessionsView() {
  const { project } = route.useParams();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const { q, range, from, to } = search;
  const [moment, setMoment] = useState(() => toMinute(Date.now()));
  const scope = useMemo(
    () => toListScope({ q, range, from, to } as TracesSearch, moment),
    [q, range, from, to, moment],
  );
  const update = (change: Change) =>
    void navigate({
      search: (before: SessionsSearch) => ({ ...before, ...change }) as SessionsSearch,
    });
  const orderBy = search.sort ?? firstOrder;
  return {
    project,
    search,
    scope,
    orderBy,
    setQuery: (text: string) => update({ q: text === '' ? undefined : text }),
    setTime: (time: Pick<Change, 'range' | 'from' | 'to'>) => {
      setMoment(toMinute(Date.now()));
      update({ range: time.range, from: time.from, to: time.to });
    },
    setSort: (field: string) => {
      const next = `${field}.${orderBy === `${field}.desc` ? 'asc' : 'desc'}`;
      update({ sort: next === firstOrder ? undefined : next });
    },
  };
}

/** What `useSessionsView` gives. */
export type SessionsView = ReturnType<typeof useSessionsView>;
