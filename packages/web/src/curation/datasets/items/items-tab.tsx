import type { DatasetItem } from '@coaia/client';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useStore } from '../../../lib/external-store.ts';
import type { Shortcut } from '../../../lib/keyboard.ts';
import { toAbsolute } from '../../../lib/time.ts';
import { usePreferences } from '../../../lib/preferences.ts';
import { Button } from '../../../ui/button.tsx';
import { DataGrid } from '../../../ui/grid/data-grid.tsx';
import { useGridSelection } from '../../../ui/grid/use-grid-selection.ts';
import { EmptyState, NothingHere } from '../../../ui/page/empty-state.tsx';
import { ErrorState } from '../../../ui/page/error-state.tsx';
import { SkeletonRows } from '../../../ui/panels.tsx';
import { words } from '../messages.ts';
import { itemsQuery } from '../queries.ts';
import type { DatasetView } from '../use-dataset.ts';
import { CellEditor } from './cell-editor.tsx';
import { pendingItems, removeItems, saveCell, setStatus } from './item-actions.ts';
import { toItemColumns } from './item-columns.tsx';
import type { EditedCell } from './item-field.ts';
import { ItemSelectionBar } from './item-selection-bar.tsx';

/** The items of a dataset, now or as they were. */
export function ItemsTab({ view }: { readonly view: DatasetView }) {
  const { project, name, search } = view;
  const query = useInfiniteQuery(
    itemsQuery(project, name, search.version, search.archived === '1'),
  );
  const pending = useStore(pendingItems);
  const items = useMemo(
    () =>
      (query.data?.pages ?? [])
        .flatMap((page) => page.data)
        .filter((item) => search.version !== undefined || !pending.has(item.id)),
    [query.data, pending, search.version],
  );
  if (query.isPending) return <SkeletonRows rows={14} />;
  if (query.isError && query.data === undefined) {
    return (
      <ErrorState
        error={query.error}
        title={words.itemsFailed}
        onRetry={() => void query.refetch()}
      />
    );
  }
  return (
    <>
      {search.version === undefined ? null : <PastBar view={view} version={search.version} />}
      {items.length === 0 ? (
        <NoItems view={view} />
      ) : (
        <ItemGrid
          view={view}
          items={items}
          hasMore={query.hasNextPage}
          needMore={() => void query.fetchNextPage({ cancelRefetch: false })}
        />
      )}
    </>
  );
}

function PastBar({ view, version }: { readonly view: DatasetView; readonly version: string }) {
  const { utc } = usePreferences();
  return (
    <div
      role="status"
      className="flex h-10 shrink-0 items-center gap-3 border-b border-l-2 border-line border-l-warn px-4"
    >
      <span className="min-w-0 flex-1 truncate">{words.asOf(toAbsolute(version, utc))}</span>
      <Button onClick={() => view.update({ version: undefined })}>{words.now}</Button>
    </div>
  );
}

function NoItems({ view }: { readonly view: DatasetView }) {
  if (view.search.version !== undefined)
    return <NothingHere name="past">{words.noItemsThen}</NothingHere>;
  const quoted = /^[\w./-]+$/.test(view.name) ? view.name : `'${view.name}'`;
  return (
    <EmptyState
      name="items"
      title={words.noItemsTitle}
      lead={words.noItemsLead}
      action={
        <>
          <Button tone="primary" onClick={() => view.update({ dialog: 'add' })}>
            {words.add}
          </Button>
          <Button onClick={() => view.update({ dialog: 'import' })}>{words.import.action}</Button>
          <Button onClick={() => view.update({ dialog: 'traces' })}>{words.traces.action}</Button>
        </>
      }
      snippet={`coaia datasets add ${quoted} -i 'Capital of France?' -e Paris`}
      snippetLabel={words.add}
    />
  );
}

function ItemGrid({
  view,
  items,
  hasMore,
  needMore,
}: {
  readonly view: DatasetView;
  readonly items: readonly DatasetItem[];
  readonly hasMore: boolean;
  readonly needMore: () => void;
}) {
  const { project, search, refresh, update } = view;
  const isPast = search.version !== undefined;
  const [cell, setCell] = useState<EditedCell>();
  const keys = useMemo(() => items.map(({ id }) => id), [items]);
  const selection = useGridSelection(keys);
  const columns = useMemo(
    () => toItemColumns(project, isPast ? undefined : setCell),
    [project, isPast],
  );
  const chosen = items.filter(({ id }) => selection.selected.has(id));
  const toggle = (item: DatasetItem) =>
    void setStatus([item], item.status === 'ACTIVE' ? 'ARCHIVED' : 'ACTIVE', refresh);
  return (
    <div className="relative flex min-h-0 flex-1 flex-col">
      <DataGrid
        label={words.tabs.items}
        rows={items}
        columns={columns}
        toKey={(item) => item.id}
        toMarks={(item) => ({ 'data-item': item.id, 'data-status': item.status })}
        hasMore={hasMore}
        needMore={needMore}
        {...(isPast
          ? {}
          : {
              selection,
              onOpen: (item: DatasetItem) => setCell({ item, field: 'input' }),
              keys: (item: DatasetItem | undefined) =>
                toItemKeys({ item, edit: setCell, toggle, update }),
            })}
      />
      {chosen.length === 0 ? null : (
        <ItemSelectionBar
          items={chosen}
          onStatus={(status) => {
            void setStatus(chosen, status, refresh);
            selection.clear();
          }}
          onDelete={() => {
            removeItems(
              chosen.map(({ id }) => id),
              refresh,
            );
            selection.clear();
          }}
          onClear={selection.clear}
        />
      )}
      {cell === undefined ? null : (
        <CellEditor
          key={`${cell.item.id} ${cell.field}`}
          project={project}
          cell={cell}
          onSave={(edited, value) => saveCell(edited, value, refresh)}
          onMove={(field) => {
            const item = items.find(({ id }) => id === cell.item.id);
            setCell(item === undefined ? undefined : { item, field });
          }}
          onClose={() => {
            setCell(undefined);
            document.querySelector<HTMLElement>('[role=grid]')?.focus();
          }}
        />
      )}
    </div>
  );
}

/** Keys that edit the active item or add others. */
function toItemKeys({
  item,
  edit,
  toggle,
  update,
}: {
  readonly item: DatasetItem | undefined;
  readonly edit: (cell: EditedCell) => void;
  readonly toggle: (item: DatasetItem) => void;
  readonly update: DatasetView['update'];
}): readonly Shortcut[] {
  const toEdit = (key: string, label: string, field: EditedCell['field']): Shortcut => ({
    keys: [key],
    label,
    run: () => {
      if (item !== undefined) edit({ item, field });
    },
  });
  return [
    toEdit('e', words.keys.editInput, 'input'),
    toEdit('o', words.keys.editExpected, 'expectedOutput'),
    toEdit('m', words.keys.editMetadata, 'metadata'),
    {
      keys: ['#'],
      label: words.keys.archive,
      run: () => {
        if (item !== undefined) toggle(item);
      },
    },
    { keys: ['a'], label: words.keys.add, run: () => update({ dialog: 'add' }) },
    { keys: ['i'], label: words.keys.import, run: () => update({ dialog: 'import' }) },
  ];
}
