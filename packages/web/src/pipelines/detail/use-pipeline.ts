import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useEffect, useMemo, useState } from 'react';
import { ApiError } from '../../lib/api.ts';
import { addRecent } from '../../lib/preferences.ts';
import { addToast } from '../../lib/toasts.ts';
import type { PipelineText } from '../document/edit-text.ts';
import { readOutline } from '../document/outline.ts';
import { words } from '../messages.ts';
import { readSteps, type PipelineDetail } from '../pipeline.ts';
import { pipelineQuery, problemsQuery, refreshPipelines, savePipeline } from '../queries.ts';
import type { PipelineSearch, PipelineTab } from '../search.ts';
import { draftStore, useDraft } from './draft-store.ts';
import { toGraph } from './to-graph.ts';

const route = getRouteApi('/p/$project/pipelines/$pipelineName');

type Change = { readonly [K in keyof PipelineSearch]?: PipelineSearch[K] | undefined };

/** The address of one pipeline's page, its text as it is edited, and what is wrong with it. */
export function usePipeline() {
  const { project, pipelineName: name } = route.useParams();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const query = useQuery(pipelineQuery(project, name));
  const detail = query.data;
  const draft = useDraft(project, name);
  const source: PipelineText = draft ?? detail ?? { text: '', format: 'yaml' };
  const problems = useProblems(project, source, detail !== undefined);
  const reading = useMemo(() => readOutline(source.text), [source.text]);
  const graph = useMemo(
    () =>
      toGraph(
        reading,
        draft === undefined && detail !== undefined ? readSteps(detail) : [],
        problems.list,
      ),
    [reading, draft, detail, problems.list],
  );
  const save = useSave(project, name);
  useEffect(() => {
    if (!query.isSuccess) return;
    const path = `/p/${encodeURIComponent(project)}/pipelines/${encodeURIComponent(name)}`;
    addRecent({ path, label: name, kind: 'pipeline' });
  }, [project, name, query.isSuccess]);
  const store = draftStore(project, name);
  const update = (change: Change, replace = true) =>
    void navigate({
      search: (before: PipelineSearch) => ({ ...before, ...change }) as PipelineSearch,
      replace,
    });
  return {
    project,
    name,
    search,
    query,
    detail,
    draft,
    source,
    problems,
    reading,
    graph,
    tab: search.tab ?? ('graph' as const),
    save,
    /** Puts another text in place of what is shown; a text as it was saved is no draft. */
    edit: (text: string) => {
      if (detail === undefined) return;
      const { format } = source;
      const base = draft?.baseDigest ?? detail.digest;
      store.write(
        text === detail.text && format === detail.format && base === detail.digest
          ? undefined
          : { text, format, baseDigest: base },
      );
    },
    writeDraft: store.write,
    setTab: (tab: PipelineTab) => update({ tab: tab === 'graph' ? undefined : tab }),
    setStep: (step: string | undefined) => update({ step }),
    setVersions: (against: string, version: string) => update({ against, version }),
  };
}

/** What `usePipeline` gives. */
export type PipelineView = ReturnType<typeof usePipeline>;

// Asked a moment after the last key; meanwhile the last answer stands.
function useProblems(project: string, source: PipelineText, enabled: boolean) {
  const [asked, setAsked] = useState(source);
  useEffect(() => {
    const timer = setTimeout(() => setAsked(source), 350);
    return () => clearTimeout(timer);
    // oxlint-disable-next-line react/exhaustive-deps -- the object is made anew with every render
  }, [source.text, source.format]);
  const query = useQuery({
    ...problemsQuery(project, asked.text, asked.format),
    enabled: enabled && asked.text !== '',
    placeholderData: keepPreviousData,
  });
  return {
    list: useMemo(() => query.data ?? [], [query.data]),
    error: query.error,
    checking: query.isFetching || asked.text !== source.text,
  };
}

function useSave(project: string, name: string) {
  const client = useQueryClient();
  const [state, setState] = useState<{ readonly busy: boolean; readonly error?: unknown }>({
    busy: false,
  });
  const run = async (text: PipelineText, baseDigest: string | undefined) => {
    setState({ busy: true });
    try {
      const body = { text: text.text, format: text.format };
      const saved = await savePipeline(
        name,
        baseDigest === undefined ? body : { ...body, baseDigest },
      );
      draftStore(project, name).write(undefined);
      await refreshPipelines(client, project);
      addToast({ text: words.edit.saved(saved.version) });
      setState({ busy: false });
    } catch (error) {
      // What is the newest now is shown beside what was typed.
      if (isConflict(error)) await refreshPipelines(client, project);
      setState({ busy: false, error });
    }
  };
  return {
    ...state,
    run,
    conflict: isConflict(state.error),
    clear: () => setState({ busy: false }),
  };
}

function isConflict(error: unknown): boolean {
  return error instanceof ApiError && error.status === 409;
}

/** A pipeline and its draft, once it was read. */
export interface OpenPipeline {
  readonly view: PipelineView;
  readonly detail: PipelineDetail;
}
