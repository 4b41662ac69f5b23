import type { RefObject } from 'react';
import { Failure, SkeletonRows } from '../../ui/panels.tsx';
import { words } from '../messages.ts';
import { toRefusal } from './refusal.ts';
import type { TraceList } from './use-list-commands.ts';
import type { ListItem } from './list-items.ts';
import { NoHits } from './no-hits.tsx';
import type { GridActions } from './grid-actions.ts';
import { TraceGrid } from './trace-grid.tsx';
import type { ListSelection } from './use-list-selection.ts';
import type { TracesView } from './use-traces-view.ts';

/** The rows, or why there are none. */
export function RowsPane({
  view,
  list,
  items,
  selection,
  total,
  actions,
  gridRef,
}: {
  readonly view: TracesView;
  readonly list: TraceList;
  readonly items: readonly ListItem[];
  readonly selection: ListSelection;
  readonly total: number | undefined;
  readonly actions: GridActions;
  readonly gridRef: RefObject<HTMLDivElement | null>;
}) {
  const { query } = list;
  if (query.isPending) {
    return (
      <div className="min-h-0 flex-1 overflow-hidden pt-[30px]" aria-busy="true">
        <SkeletonRows rows={24} />
      </div>
    );
  }
  if (query.isError && query.data === undefined && toRefusal(query.error) !== undefined) {
    return <p className="px-3 py-4 text-muted">{words.list.fixFilter}</p>;
  }
  if (query.isError && query.data === undefined) {
    return (
      <Failure
        title={words.list.loadFailed}
        error={query.error}
        onRetry={() => void query.refetch()}
      />
    );
  }
  if (items.length === 0) {
    return (
      <NoHits
        project={view.project}
        scope={view.scope}
        onFilter={view.setQuery}
        onClearTime={() => view.setTime({})}
        onClear={view.clear}
      />
    );
  }
  return (
    <TraceGrid
      items={items}
      columnKeys={view.columnKeys}
      activeIndex={selection.activeIndex}
      selected={selection.selected}
      orderBy={view.orderBy}
      total={total}
      hasMore={query.hasNextPage}
      project={view.project}
      actions={actions}
      gridRef={gridRef}
    />
  );
}
