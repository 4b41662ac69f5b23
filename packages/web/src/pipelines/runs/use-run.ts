import { useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { addChangeListener } from '../../lib/live.ts';
import { addToast } from '../../lib/toasts.ts';
import { words } from '../messages.ts';
import type { RunSearch } from '../search.ts';
import { runCalls, runQuery, toRunsKey } from './queries.ts';
import type { Run } from './run.ts';

const route = getRouteApi('/p/$project/pipelines/runs/$runId');

type Change = { readonly [K in keyof RunSearch]?: RunSearch[K] | undefined };

/** The address of a run's page, the run as it goes, and what can be done to it. */
export function useRun() {
  const { project, runId: id } = route.useParams();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const query = useQuery(runQuery(project, id));
  const run = query.data;
  useRunLive(project, id, run?.traceId);
  const acts = useRunActs(project, id);
  const update = (change: Change) =>
    void navigate({
      search: (before: RunSearch) => ({ ...before, ...change }) as RunSearch,
      replace: true,
    });
  return {
    project,
    id,
    query,
    run,
    acts,
    search,
    tab: search.tab ?? ('path' as const),
    setTab: (tab: 'path' | 'values') => update({ tab: tab === 'path' ? undefined : tab }),
    setStep: (step: string | undefined) => update({ step }),
  };
}

/** What `useRun` gives. */
export type RunView = ReturnType<typeof useRun>;

// Each finished step is written to the run's trace, so a change of that trace is a change of the run.
function useRunLive(project: string, id: string, traceId: string | undefined): void {
  const client = useQueryClient();
  useEffect(() => {
    if (traceId === undefined) return;
    return addChangeListener(({ traces }) => {
      if (traces?.includes(traceId) === true)
        void client.invalidateQueries({ queryKey: runQuery(project, id).queryKey });
    });
  }, [client, project, id, traceId]);
}

function useRunActs(project: string, id: string) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const [busy, setBusy] = useState(false);
  const act = async (work: () => Promise<unknown>, said: string) => {
    setBusy(true);
    try {
      const answer = await work();
      await client.invalidateQueries({ queryKey: toRunsKey(project) });
      addToast({ text: said });
      return answer;
    } catch (error) {
      const why = error instanceof Error ? error.message : words.run.actionFailed;
      addToast({ text: why, tone: 'error', duration: 8000 });
      return undefined;
    } finally {
      setBusy(false);
    }
  };
  return {
    busy,
    cancel: () => void act(() => runCalls.cancel(id), words.run.cancelled),
    retry: () => void act(() => runCalls.retry(id), words.run.retried),
    fork: async (fromStep: string) => {
      const made = (await act(() => runCalls.fork(id, fromStep), words.run.forked)) as
        | Run
        | undefined;
      if (made !== undefined) {
        void navigate({
          to: '/p/$project/pipelines/runs/$runId',
          params: { project, runId: made.id },
        });
      }
    },
    answer: (step: string, approved: boolean, comment: string) =>
      void act(
        () => runCalls.answer(id, step, { approved, ...(comment === '' ? {} : { comment }) }),
        approved ? words.approval.approved : words.approval.rejected,
      ),
  };
}
