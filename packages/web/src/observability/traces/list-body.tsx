import { useEffect, useMemo, useRef, type RefObject } from 'react';
import type { OperationCall } from '../../lib/copy-as.ts';
import { updatePreferences, usePreferences } from '../../lib/preferences.ts';
import { writeCommand, writeLink } from '../../ui/copy-as-menu.tsx';
import { Splitter } from '../../ui/splitter.tsx';
import { useRowHeight } from '../../ui/use-row-height.ts';
import { AddToQueueButton } from '../../curation/annotate/queue-button.tsx';
import { AddToDatasetButton } from '../../curation/datasets/add-button.tsx';
import { words } from '../messages.ts';
import { writeExport } from './export-rows.ts';
import { FacetSidebar } from './facet-sidebar.tsx';
import { Histogram } from './histogram.tsx';
import { toListItems } from './list-items.ts';
import { NewBar, SelectionBar } from './list-toolbar.tsx';
import { PeekPane } from './peek-pane.tsx';
import { removeTraces } from './pending-deletes.ts';
import { RowsPane } from './rows-pane.tsx';
import type { TraceFacets, TraceHistogram } from './trace-row.ts';
import { useListCommands, type TraceList } from './use-list-commands.ts';
import { useListKeys } from './use-list-keys.ts';
import { useListSelection, type ListSelection } from './use-list-selection.ts';
import type { TracesView } from './use-traces-view.ts';

interface ListBodyProps {
  readonly view: TracesView;
  readonly list: TraceList;
  readonly facets: TraceFacets | undefined;
  readonly histogram: TraceHistogram | undefined;
  readonly call: OperationCall;
  readonly onFocusQuery: () => void;
  readonly onOpenTime: () => void;
}

/** Everything below the toolbar: facets, histogram, rows, peek. */
export function ListBody(props: ListBodyProps) {
  const { view, list, facets } = props;
  const grid = useRef<HTMLDivElement>(null);
  const items = useMemo(
    () => toListItems(list.rows, view.search.group),
    [list.rows, view.search.group],
  );
  const selection = useListSelection(items);
  const commands = useListCommands({ items, selection, view, list });
  useBodyKeys(props, selection, commands, grid, items.length);
  useLiveTail(grid, view, list, selection.activeIndex);
  useScrollReset(grid, view, selection.setActiveId);
  const failed = list.query.isError && list.query.data === undefined;
  return (
    <div className="relative flex min-h-0 flex-1">
      {failed ? null : <FacetAside view={view} facets={facets} />}
      <section className="relative flex min-w-0 flex-1 flex-col" aria-label={words.list.label}>
        {failed ? null : (
          <Histogram data={props.histogram} onRange={(from, to) => view.setTime({ from, to })} />
        )}
        <div className="relative flex min-h-0 flex-1 flex-col">
          <NewBar count={list.newCount} onShow={() => void list.showNew()} />
          <RowsPane
            view={view}
            list={list}
            items={items}
            selection={selection}
            total={list.total ?? facets?.total}
            actions={commands.grid}
            gridRef={grid}
          />
        </div>
        <Selected view={view} list={list} selection={selection} />
      </section>
      <Peek view={view} />
    </div>
  );
}

function FacetAside({ view, facets }: Pick<ListBodyProps, 'view' | 'facets'>) {
  const { facetsHidden } = usePreferences();
  if (facetsHidden) return null;
  return (
    <aside
      aria-label={words.facets.title}
      className="w-56 shrink-0 border-r border-line max-md:absolute max-md:inset-y-0 max-md:left-0 max-md:z-30 max-md:bg-raised max-md:shadow-float"
    >
      <FacetSidebar facets={facets} state={view.facetState} onSet={view.setFacet} />
    </aside>
  );
}

function Selected({
  view,
  list,
  selection,
}: Pick<ListBodyProps, 'view' | 'list'> & { readonly selection: ListSelection }) {
  const { selected } = selection;
  if (selected.size === 0) return null;
  const rows = list.rows.filter((row) => selected.has(row.id));
  return (
    <SelectionBar
      count={selected.size}
      actions={
        <>
          <AddToDatasetButton project={view.project} traceIds={[...selected]} withKey />
          <AddToQueueButton project={view.project} type="TRACE" ids={[...selected]} />
        </>
      }
      onExport={(form) => void writeExport(form, () => Promise.resolve(rows))}
      onDelete={() => {
        removeTraces(view.project, [...selected]);
        selection.clear();
      }}
      onClear={selection.clear}
    />
  );
}

function Peek({ view }: Pick<ListBodyProps, 'view'>) {
  const { peekShare } = usePreferences();
  const { peek } = view.search;
  if (peek === undefined) return null;
  return (
    <>
      <Splitter
        label={words.trace}
        share={peekShare}
        min={0.3}
        max={0.7}
        reverse
        onChange={(share) => updatePreferences({ peekShare: share })}
      />
      <PeekPane
        project={view.project}
        traceId={peek}
        share={peekShare}
        onClose={() => view.setPeek(undefined)}
      />
    </>
  );
}

type Commands = ReturnType<typeof useListCommands>;

function useBodyKeys(
  props: ListBodyProps,
  selection: ListSelection,
  commands: Commands,
  grid: RefObject<HTMLDivElement | null>,
  count: number,
): void {
  const { view, list, call } = props;
  const { facetsHidden } = usePreferences();
  const rowHeight = useRowHeight();
  const peeked = view.search.peek !== undefined;
  useListKeys(selection, {
    ...commands,
    closePeek: peeked ? () => view.setPeek(undefined) : undefined,
    moved: (id) => {
      if (peeked) view.setPeek(id);
    },
    copyCommand: () => writeCommand(call),
    copyLink: () => writeLink(),
    focusQuery: props.onFocusQuery,
    openTime: props.onOpenTime,
    toggleFacets: () => updatePreferences({ facetsHidden: !facetsHidden }),
    showNew: list.newCount > 0 ? () => void list.showNew() : undefined,
    pageSize: () =>
      Math.max(1, Math.floor(((grid.current?.clientHeight ?? 0) - 30) / rowHeight) - 1),
    count,
  });
}

// Live rows are put in only where nobody reads further down: at the top, with nothing active.
function useLiveTail(
  grid: RefObject<HTMLDivElement | null>,
  view: TracesView,
  list: TraceList,
  activeIndex: number,
): void {
  const { newCount } = list;
  const on = view.search.live === 'on' && activeIndex < 0;
  const show = useRef(list.showNew);
  useEffect(() => {
    show.current = list.showNew;
  });
  useEffect(() => {
    if (on && newCount > 0 && (grid.current?.scrollTop ?? 0) < 4) void show.current();
  }, [grid, on, newCount]);
}

// Another filter or order is another list: it starts at its top with nothing active.
function useScrollReset(
  grid: RefObject<HTMLDivElement | null>,
  view: TracesView,
  setActiveId: (id: string | null) => void,
): void {
  const { scope, orderBy } = view;
  const first = useRef(true);
  useEffect(() => {
    if (first.current) {
      first.current = false;
      return;
    }
    grid.current?.scrollTo({ top: 0 });
    setActiveId(null);
  }, [grid, scope, orderBy, setActiveId]);
}
