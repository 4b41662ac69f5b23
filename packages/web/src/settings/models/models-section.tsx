import type { Model } from '@coaia/client';
import { useQuery, useQueryClient, type UseQueryResult } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import { useShortcuts } from '../../lib/keyboard.ts';
import { runAfterUndo } from '../../lib/undo.ts';
import { Button } from '../../ui/button.tsx';
import { SearchField } from '../../ui/form/search-field.tsx';
import { IconPlus } from '../../ui/icons.ts';
import { words as uiWords } from '../../ui/messages.ts';
import { NothingHere } from '../../ui/page/empty-state.tsx';
import { Failure, SkeletonRows } from '../../ui/panels.tsx';
import { Part, Section } from '../parts/section.tsx';
import { Table, type TableColumn } from '../parts/table.tsx';
import { words } from './messages.ts';
import { toModelColumns } from './model-columns.tsx';
import { ModelDialog } from './model-dialog.tsx';
import { deleteModel, modelsQuery, toModelsListKey } from './queries.ts';

const rights = { read: 'models:read', write: 'models:write' };

/** Built-in models and those of the project, with their prices. */
export function ModelsSection({ project }: { readonly project: string }) {
  return (
    <Section rights={rights} wide>
      {(mayWrite) => <ModelList project={project} mayWrite={mayWrite} />}
    </Section>
  );
}

function useModelAddress(project: string) {
  const { q = '', edit } = useSearch({ from: '/p/$project/settings/$section' });
  const navigate = useNavigate();
  const set = (search: { readonly q?: string; readonly edit?: string }) =>
    void navigate({
      to: '/p/$project/settings/$section',
      params: { project, section: 'models' },
      search,
      replace: true,
    });
  const kept = q === '' ? {} : { q };
  return {
    q,
    edit,
    setQuery: (text: string) => set(text === '' ? {} : { q: text }),
    setEdit: (id: string | undefined) => set(id === undefined ? kept : { ...kept, edit: id }),
  };
}

function ModelList({
  project,
  mayWrite,
}: {
  readonly project: string;
  readonly mayWrite: boolean;
}) {
  const query = useQuery(modelsQuery(project));
  const { q, edit, setQuery, setEdit } = useModelAddress(project);
  const input = useRef<HTMLInputElement>(null);
  const { hidden, remove } = useRemove(project);
  const all = (query.data ?? []).filter(({ id }) => !hidden.includes(id));
  const shown = all.filter((row) => isFound(row, q));
  const edited = all.find(({ id }) => id === edit);
  useShortcuts(words.title, [
    { keys: ['/'], label: uiWords.keys.query, run: () => input.current?.focus() },
    {
      keys: ['n'],
      label: words.add,
      run: () => setEdit('create'),
      when: () => mayWrite,
    },
  ]);
  return (
    <Part
      title={words.title}
      lead={words.lead}
      actions={
        <>
          <SearchField
            label={words.search}
            placeholder={words.search}
            value={q}
            onChange={setQuery}
            inputRef={input}
          />
          {mayWrite ? (
            <Button tone="primary" onClick={() => setEdit('create')}>
              <IconPlus size={14} />
              {words.add}
            </Button>
          ) : null}
        </>
      }
    >
      <Rows
        query={query}
        rows={shown}
        columns={toModelColumns(mayWrite, { edit: setEdit, remove })}
      />
      {mayWrite && (edit === 'create' || edited !== undefined) ? (
        <ModelDialog
          key={edit}
          project={project}
          from={edited}
          id={edited?.isLangfuseManaged === false ? edited.id : undefined}
          onClose={() => setEdit(undefined)}
        />
      ) : null}
    </Part>
  );
}

function Rows({
  query,
  rows,
  columns,
}: {
  readonly query: UseQueryResult<readonly Model[]>;
  readonly rows: readonly Model[];
  readonly columns: readonly TableColumn<Model>[];
}) {
  if (query.isError)
    return (
      <Failure title={words.failed} error={query.error} onRetry={() => void query.refetch()} />
    );
  if (query.data === undefined) return <SkeletonRows rows={16} height="36px" />;
  if (rows.length === 0) return <NothingHere name="hits">{words.noHits}</NothingHere>;
  return (
    <Table
      label={words.list}
      rows={rows}
      columns={columns}
      toKey={({ id }) => id}
      toMarks={({ modelName }) => ({ 'data-model': modelName })}
    />
  );
}

function isFound({ modelName, matchPattern }: Model, q: string): boolean {
  const text = q.trim().toLowerCase();
  return modelName.toLowerCase().includes(text) || matchPattern.toLowerCase().includes(text);
}

function useRemove(project: string) {
  const client = useQueryClient();
  const [hidden, setHidden] = useState<readonly string[]>([]);
  const remove = ({ id, modelName }: Model) => {
    setHidden((now) => [...now, id]);
    runAfterUndo({
      said: words.removed(modelName),
      failed: words.removeFailed,
      run: (leaving) => deleteModel(id, leaving),
      settled: () => {
        void client
          .invalidateQueries({ queryKey: toModelsListKey(project) })
          .then(() => setHidden((now) => now.filter((one) => one !== id)));
      },
    });
  };
  return { hidden, remove };
}
