import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useEffect } from 'react';
import { addRecent } from '../../../lib/preferences.ts';
import type { PromptSearch, PromptTab } from '../prompts-search.ts';
import { overviewQuery, versionQuery } from '../queries.ts';

const route = getRouteApi('/p/$project/prompts/$promptName');

type Change = { readonly [K in keyof PromptSearch]?: PromptSearch[K] | undefined };

/** The address of one prompt's page, its versions, and the version that is shown. */
export function usePrompt() {
  const { project, promptName: name } = route.useParams();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const query = useQuery(overviewQuery(project, name));
  const overview = query.data;
  const numbers = overview?.versions.map(({ version }) => version) ?? [];
  const newest = numbers[0] ?? 0;
  const version = search.version === undefined ? newest : Number(search.version);
  const shown = useQuery({ ...versionQuery(project, name, version), enabled: version > 0 });
  useEffect(() => {
    if (!query.isSuccess) return;
    const path = `/p/${encodeURIComponent(project)}/prompts/${encodeURIComponent(name)}`;
    addRecent({ path, label: name, kind: 'prompt' });
  }, [project, name, query.isSuccess]);
  const update = (change: Change, replace = false) =>
    void navigate({
      search: (before: PromptSearch) => ({ ...before, ...change }) as PromptSearch,
      replace,
    });
  const toParam = (number: number) => (number === newest ? undefined : String(number));
  return {
    project,
    name,
    search,
    query,
    overview,
    shown,
    version,
    newest,
    numbers,
    /** What the diff compares with: the chosen version, or the one before. */
    against:
      search.against === undefined
        ? (numbers[numbers.indexOf(version) + 1] ?? numbers.at(-1) ?? version)
        : Number(search.against),
    tab: search.tab ?? ('prompt' as const),
    setVersion: (number: number) => update({ version: toParam(number), against: undefined }, true),
    setTab: (tab: PromptTab) => update({ tab: tab === 'prompt' ? undefined : tab }, true),
    setSides: (against: number, number: number) =>
      update({ against: String(against), version: toParam(number) }, true),
  };
}

/** What `usePrompt` gives. */
export type PromptView = ReturnType<typeof usePrompt>;
