import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useEffect, useMemo } from 'react';
import { addChangeListener } from '../../lib/live.ts';
import { addRecent } from '../../lib/preferences.ts';
import type { SessionSearch } from './session-search.ts';
import { sessionTurnsQuery } from './sessions-query.ts';

const route = getRouteApi('/p/$project/sessions/$sessionId');

type Change = { readonly [K in keyof SessionSearch]?: SessionSearch[K] | undefined };

/** A conversation as it is read page by page, and renewed when it goes on. */
export function useTurns(project: string, sessionId: string) {
  const client = useQueryClient();
  const query = useInfiniteQuery(sessionTurnsQuery(project, sessionId));
  const turns = useMemo(
    () => (query.data?.pages ?? []).flatMap((page) => page.turns),
    [query.data],
  );
  useEffect(
    () =>
      addChangeListener((event) => {
        if (event.sessions?.includes(sessionId) === true)
          void client.invalidateQueries({ queryKey: ['sessions', project, 'one', sessionId] });
      }),
    [client, project, sessionId],
  );
  return { query, turns, session: query.data?.pages[0]?.session };
}

/** The address of one conversation, and the conversation. */
export function useSession() {
  const { project, sessionId } = route.useParams();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const read = useTurns(project, sessionId);
  const known = read.query.isSuccess;
  useEffect(() => {
    if (!known) return;
    const path = `/p/${encodeURIComponent(project)}/sessions/${encodeURIComponent(sessionId)}`;
    addRecent({ path, label: sessionId, kind: 'session' });
  }, [project, sessionId, known]);
  const update = (change: Change, replace = true) =>
    void navigate({
      search: (before: SessionSearch) => ({ ...before, ...change }) as SessionSearch,
      replace,
    });
  const last = read.turns.length * 2;
  return {
    project,
    sessionId,
    search,
    ...read,
    /** How many questions and answers are shown; undefined without a replay. */
    step: search.step === undefined ? undefined : Math.min(Number(search.step), last),
    /** Questions and answers of all turns that were read. */
    last,
    setStep: (step: number | undefined) =>
      update({
        step: step === undefined ? undefined : String(Math.min(last, Math.max(0, step))),
      }),
    setWith: (other: string | undefined) =>
      update({ with: other, diff: undefined, step: undefined }, false),
    setDiff: (on: boolean) => update({ diff: on ? 'on' : undefined }),
  };
}

/** What `useSession` gives. */
export type SessionView = ReturnType<typeof useSession>;
