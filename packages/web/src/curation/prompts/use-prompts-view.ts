import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useMemo } from 'react';
import { toOrdered } from '../../ui/grid/grid-column.ts';
import { isFound, useListAddress } from '../../ui/grid/use-list-address.ts';
import { isInFolder, toFolders } from './folders.ts';
import { promptOrders, type PromptLine } from './prompt-columns.tsx';
import { promptsQuery } from './queries.ts';
import { callsQuery } from './usage.ts';

const route = getRouteApi('/p/$project/prompts');
const firstOrder = 'name.asc';

/** The address of the list of prompts, and what it shows. */
export function usePromptsView() {
  const { project } = route.useParams();
  const search = route.useSearch();
  const address = useListAddress({ search, navigate: route.useNavigate(), firstOrder });
  const { orderBy, text, update } = address;
  const query = useQuery({ ...promptsQuery(project), placeholderData: keepPreviousData });
  const calls = useQuery(callsQuery(project)).data;
  const all = query.data;
  const folder = search.folder ?? '';
  const folders = useMemo(() => toFolders((all ?? []).map(({ name }) => name)), [all]);
  const rows = useMemo(() => {
    const lines = (all ?? [])
      .filter((row) => isInFolder(row.name, folder))
      .filter(({ name, labels, tags }) => isFound([name, ...labels, ...tags], text))
      .map((row): PromptLine => ({
        ...row,
        calls: calls === undefined ? undefined : (calls.get(row.name) ?? 0),
        shownName: folder === '' ? row.name : row.name.slice(folder.length + 1),
      }));
    return toOrdered(lines, orderBy, promptOrders);
  }, [all, calls, folder, orderBy, text]);
  return {
    project,
    search,
    query,
    all,
    rows,
    folders,
    folder,
    orderBy,
    setText: address.setText,
    setSort: address.setSort,
    setFolder: (path: string) => update({ folder: path === '' ? undefined : path }, true),
    setView: (view: 'list' | 'graph') => update({ view: view === 'graph' ? view : undefined }),
  };
}

/** What `usePromptsView` gives. */
export type PromptsView = ReturnType<typeof usePromptsView>;
