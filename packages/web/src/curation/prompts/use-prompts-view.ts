import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useMemo } from 'react';
import { toNextOrder, toOrdered } from '../../ui/grid/grid-column.ts';
import { isInFolder, toFolders } from './folders.ts';
import { promptOrders, type PromptLine } from './prompt-columns.tsx';
import type { PromptsSearch } from './prompts-search.ts';
import { promptsQuery } from './queries.ts';
import { callsQuery } from './usage.ts';

const route = getRouteApi('/p/$project/prompts');
const firstOrder = 'name.asc';

type Change = { readonly [K in keyof PromptsSearch]?: PromptsSearch[K] | undefined };

/** The address of the list of prompts, and what it shows. */
export function usePromptsView() {
  const { project } = route.useParams();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const query = useQuery({ ...promptsQuery(project), placeholderData: keepPreviousData });
  const calls = useQuery(callsQuery(project)).data;
  const all = query.data;
  const folder = search.folder ?? '';
  const orderBy = search.sort ?? firstOrder;
  const text = (search.q ?? '').trim().toLowerCase();
  const folders = useMemo(() => toFolders((all ?? []).map(({ name }) => name)), [all]);
  const rows = useMemo(() => {
    const lines = (all ?? [])
      .filter((row) => isInFolder(row.name, folder) && isFound(row, text))
      .map((row): PromptLine => ({
        ...row,
        calls: calls === undefined ? undefined : (calls.get(row.name) ?? 0),
        shownName: folder === '' ? row.name : row.name.slice(folder.length + 1),
      }));
    return toOrdered(lines, orderBy, promptOrders);
  }, [all, calls, folder, orderBy, text]);
  const update = (change: Change, replace = false) =>
    void navigate({
      search: (before: PromptsSearch) => ({ ...before, ...change }) as PromptsSearch,
      replace,
    });
  return {
    project,
    search,
    query,
    all,
    rows,
    folders,
    folder,
    orderBy,
    setText: (q: string) => update({ q: q === '' ? undefined : q }, true),
    setFolder: (path: string) => update({ folder: path === '' ? undefined : path }, true),
    setView: (view: 'list' | 'graph') => update({ view: view === 'graph' ? view : undefined }),
    setSort: (field: string) => {
      const next = toNextOrder(orderBy, field);
      update({ sort: next === firstOrder ? undefined : next });
    },
  };
}

/** What `usePromptsView` gives. */
export type PromptsView = ReturnType<typeof usePromptsView>;

function isFound(
  row: {
    readonly name: string;
    readonly labels: readonly string[];
    readonly tags: readonly string[];
  },
  text: string,
): boolean {
  if (text === '') return true;
  const words = [row.name, ...row.labels, ...row.tags].join(' ').toLowerCase();
  return text.split(/\s+/).every((part) => words.includes(part));
}
