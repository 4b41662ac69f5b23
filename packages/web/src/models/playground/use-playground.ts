import type { PlaygroundConnection } from '@coaia/client';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useParams, useSearch } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import type { Column, Draft } from './draft.ts';
import { createColumn, createDraft } from './draft.ts';
import { draftStore, useDraft } from './draft-store.ts';
import { toSource, type PlaygroundSearch } from './playground-search.ts';
import { modelsQuery } from './queries.ts';
import { readStart } from './read-start.ts';

/** What the page shows and how it is changed. */
export function usePlayground() {
  const { project } = useParams({ from: '/p/$project/playground' });
  const search = useSearch({ from: '/p/$project/playground' });
  const models = useQuery(modelsQuery(project));
  const store = draftStore(project);
  const draft = useDraft(project);
  const preset = toPreset(models.data?.connections ?? noConnections);
  const { error, retry } = useStart(project, search, models.data?.connections);
  const write = (change: (draft: Draft) => Draft) => {
    const now = store.read();
    if (now !== undefined) store.write(change(now));
  };
  return {
    project,
    models,
    draft,
    startError: error,
    retryStart: retry,
    write,
    writeColumn: (id: string, change: (column: Column) => Partial<Column>) =>
      write((now) => ({
        ...now,
        columns: now.columns.map((column) =>
          column.id === id ? { ...column, ...change(column) } : column,
        ),
      })),
    clear: () => store.write(createDraft(toSource(search), createColumn(preset))),
    replace: (next: Draft) => store.write(next),
  };
}

type ModelChoice = Pick<Column, 'provider' | 'model'>;

/** What the page's parts take. */
export type Playground = ReturnType<typeof usePlayground>;

const noConnections: readonly PlaygroundConnection[] = [];

/** The first model there is, so that a blank column can run. */
function toPreset(connections: readonly PlaygroundConnection[]): ModelChoice {
  const usable = connections.filter(({ isSupported }) => isSupported);
  const first = usable.find(({ models }) => models.length > 0) ?? usable[0];
  return { provider: first?.provider ?? '', model: first?.models[0] ?? '' };
}

/** A column that can be run: the connection that has its model, else the first model there is. */
function fillModel(column: Column, connections: readonly PlaygroundConnection[]): Column {
  if (column.model === '') return { ...column, ...toPreset(connections) };
  if (connections.some(({ provider }) => provider === column.provider)) return column;
  const owner = connections.find(
    ({ isSupported, models }) => isSupported && models.includes(column.model),
  );
  return owner === undefined ? column : { ...column, provider: owner.provider };
}

/** Reads what the address names into the first column, once; what was typed since is kept on a reload. */
function useStart(
  project: string,
  search: PlaygroundSearch,
  connections: readonly PlaygroundConnection[] | undefined,
) {
  const client = useQueryClient();
  const source = toSource(search);
  const [error, setError] = useState<unknown>(undefined);
  const [attempt, setAttempt] = useState(0);
  const { prompt, version, observation } = search;
  useEffect(() => {
    if (connections === undefined || connections.length === 0) return;
    const store = draftStore(project);
    const now = store.read();
    // Without a source any draft goes on.
    if (now !== undefined && (source === '' || now.source === source)) return;
    if (source === '') {
      store.write(createDraft('', createColumn(toPreset(connections))));
      return;
    }
    const started = { isCurrent: true };
    const read = async () => {
      try {
        const given = await readStart(client, project, { prompt, version, observation });
        if (!started.isCurrent) return;
        setError(undefined);
        store.write(createDraft(source, fillModel(createColumn(given), connections)));
      } catch (error_) {
        if (started.isCurrent) setError(error_);
      }
    };
    void read();
    return () => {
      started.isCurrent = false;
    };
  }, [client, project, source, prompt, version, observation, connections, attempt]);
  return { error, retry: () => setAttempt(attempt + 1) };
}
