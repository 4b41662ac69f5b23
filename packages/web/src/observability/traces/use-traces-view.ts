import { getRouteApi } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { parseFilter } from '../filter/parse.ts';
import type { Clause } from '../filter/filter.ts';
import type { FilterKey } from '../filter/keys.ts';
import { toFacetState, updateFacet } from '../filter/facets.ts';
import { toEditedText } from '../filter/serialize.ts';
import { facetKeys } from './facet-sidebar.tsx';
import { defaultColumnKeys, toColumnKeys, type ColumnKey } from './columns.tsx';
import { defaultSort, toListScope, toMinute, type TracesSearch } from './traces-search.ts';

const route = getRouteApi('/p/$project/traces');

type Change = { readonly [K in keyof TracesSearch]?: TracesSearch[K] | undefined };

/** The address of the list and everything that follows from it. All changes go through the address. */
export function useTracesView(keys: readonly FilterKey[]) {
  const { project } = route.useParams();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const { q, range, from, to } = search;
  const [moment, setMoment] = useState(() => toMinute(Date.now()));
  // The scope stands still in time until the address changes or the user asks for newer rows.
  const scope = useMemo(
    () => toListScope({ q, range, from, to } as TracesSearch, moment),
    [q, range, from, to, moment],
  );
  const update = (change: Change, replace = false) =>
    void navigate({
      search: (before: TracesSearch) => ({ ...before, ...change }) as TracesSearch,
      replace,
    });
  const parsed = useMemo(() => parseFilter(q ?? '', keys), [q, keys]);
  const facetState = useMemo(
    () =>
      toFacetState(
        parsed.clauses,
        facetKeys.map((one) => one.key),
      ),
    [parsed],
  );
  const writeClauses = (clauses: readonly Clause[]) => {
    const text = toEditedText(q ?? '', parsed, clauses);
    update({ q: text === '' ? undefined : text });
  };
  return {
    project,
    search,
    scope,
    facetState,
    orderBy: search.sort ?? defaultSort,
    columnKeys: toColumnKeys(search.cols),
    setQuery: (text: string) => update({ q: text === '' ? undefined : text }),
    setFacet: (key: string, value: string, next: 'include' | 'exclude' | 'off') => {
      writeClauses(updateFacet(parsed.clauses, key, value, next));
    },
    setEnvironment: (value: string | undefined) => {
      const rest = parsed.clauses.filter(
        (clause) => clause.kind !== 'field' || clause.key !== 'environment',
      );
      const clauses =
        value === undefined ? rest : updateFacet(rest, 'environment', value, 'include');
      writeClauses(clauses);
    },
    setTime: (time: Pick<Change, 'range' | 'from' | 'to'>) => {
      setMoment(toMinute(Date.now()));
      update({ range: time.range, from: time.from, to: time.to });
    },
    setSort: (field: string) => update({ sort: toNextSort(search.sort ?? defaultSort, field) }),
    setColumns: (next: readonly ColumnKey[] | undefined) =>
      update({
        cols:
          next === undefined || String(next) === String(defaultColumnKeys)
            ? undefined
            : next.join(','),
      }),
    setGroup: (group: 'none' | 'session' | 'name') =>
      update({ group: group === 'none' ? undefined : group }),
    setLive: (on: boolean) => update({ live: on ? 'on' : undefined }, true),
    setPeek: (id: string | undefined) =>
      update({ peek: id }, search.peek !== undefined && id !== undefined),
    clear: () => update({ q: undefined, range: undefined, from: undefined, to: undefined }),
  };
}

/** What `useTracesView` gives. */
export type TracesView = ReturnType<typeof useTracesView>;

// A first click puts the largest or newest first, a second turns the order round.
function toNextSort(current: string, field: string): string | undefined {
  const [now, direction] = current.split('.');
  const first = field === 'name' ? 'asc' : 'desc';
  const other = direction === 'asc' ? 'desc' : 'asc';
  const next = `${field}.${now === field ? other : first}`;
  return next === defaultSort ? undefined : next;
}
