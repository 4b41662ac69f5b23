import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { toNextOrder } from '../../ui/grid/grid-column.ts';
import type { SessionsSearch } from '../sessions/sessions-query.ts';
import { toListScope, toMinute, type TracesSearch } from '../traces/traces-search.ts';
import { usersQuery } from './users-query.ts';

const route = getRouteApi('/p/$project/users');
const firstOrder = 'lastSeen.desc';

type Change = { readonly [K in keyof SessionsSearch]?: SessionsSearch[K] | undefined };

/** The address of the list of users, and what it shows. */
export function useUsersView() {
  const { project } = route.useParams();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const { q, range, from, to } = search;
  const [moment, setMoment] = useState(() => toMinute(Date.now()));
  const scope = useMemo(
    () => toListScope({ q, range, from, to } as TracesSearch, moment),
    [q, range, from, to, moment],
  );
  const orderBy = search.sort ?? firstOrder;
  const query = useInfiniteQuery({
    ...usersQuery(project, scope, orderBy),
    placeholderData: keepPreviousData,
  });
  const update = (change: Change) =>
    void navigate({
      search: (before: SessionsSearch) => ({ ...before, ...change }) as SessionsSearch,
    });
  return {
    project,
    search,
    scope,
    orderBy,
    query,
    setQuery: (text: string) => update({ q: text === '' ? undefined : text }),
    setTime: (time: Pick<Change, 'range' | 'from' | 'to'>) => {
      setMoment(toMinute(Date.now()));
      update({ range: time.range, from: time.from, to: time.to });
    },
    setSort: (field: string) => {
      const next = toNextOrder(orderBy, field);
      update({ sort: next === firstOrder ? undefined : next });
    },
  };
}

/** What `useUsersView` gives. */
export type UsersView = ReturnType<typeof useUsersView>;
