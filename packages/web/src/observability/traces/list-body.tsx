import { useNavigate } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, useMemo, useRef } from 'react';
import { writeClipboard } from '../../lib/clipboard.ts';
import { updatePreferences, usePreferences } from '../../lib/preferences.ts';
import { Splitter } from '../../ui/splitter.tsx';
import { words } from '../messages.ts';
import { toCopyText, type ViewCall } from './copy-as.ts';
import { writeExport } from './export-rows.ts';
import { FacetSidebar } from './facet-sidebar.tsx';
import { Histogram } from './histogram.tsx';
import { toListItems } from './list-items.ts';
import { NewBar, SelectionBar } from './list-toolbar.tsx';
import { PeekPane } from './peek-pane.tsx';
import { removeTraces } from './pending-deletes.ts';
import { RowsPane } from './rows-pane.tsx';
import type { GridActions } from './trace-grid.tsx';
import { toTracePath } from './trace-line.tsx';
import type { TraceFacets, TraceHistogram } from './trace-row.ts';
import { useListKeys } from './use-list-keys.ts';
import { useListSelection } from './use-list-selection.ts';
import type { useTraceList } from './use-trace-list.ts';
import type { TracesView } from './use-traces-view.ts';

const EmptyProject = lazy(async () => ({
  default: (await import('./empty-project.tsx')).EmptyProject,
}));

/** A list of traces with its live state. */
export type TraceList = ReturnType<typeof useTraceList>;

interface ListBodyProps {
  readonly view: TracesView;
  readonly list: TraceList;
  readonly facets: TraceFacets | undefined;
  readonly histogram: TraceHistogram | undefined;
  readonly call: ViewCall;
  readonly onFocusQuery: () => void;
  readonly onOpenTime: () => void;
}

/** Everything below the toolbar: facets, histogram, rows, peek; or what an empty project shows. */
export function ListBody(props: ListBodyProps) {
  const { view, list } = props;
  const unfiltered = Object.keys(view.scope).length === 0;
  if (
    list.query.isSuccess &&
    !list.query.isPlaceholderData &&
    list.rows.length === 0 &&
    unfiltered
  ) {
    return (
      <Suspense fallback={null}>
        <EmptyProject project={view.project} onArrived={() => void list.showNew()} />
      </Suspense>
    );
  }
  return <FullBody {...props} />;
}

function FullBody(props: ListBodyProps) {
  const { view, list, facets, histogram, call } = props;
  const preferences = usePreferences();
  const grid = useRef<HTMLDivElement>(null);
  const items = useMemo(
    () => toListItems(list.rows, view.search.group),
    [list.rows, view.search.group],
  );
  const selection = useListSelection(items);
  const navigate = useNavigate();
  const toId = (index: number) => {
    const item = items[index];
    return item?.kind === 'row' ? item.row.id : undefined;
  };
  const open = (index: number) => {
    const traceId = toId(index);
    if (traceId !== undefined)
      void navigate({
        to: '/p/$project/traces/$traceId',
        params: { project: view.project, traceId },
      });
  };
  const openTab = (index: number) =>
    window.open(toTracePath(view.project, toId(index) ?? ''), '_blank', 'noopener');
  const peek = (index: number) =>
    view.setPeek(view.search.peek === toId(index) ? undefined : toId(index));
  useListKeys(selection, {
    open,
    openTab,
    peek,
    closePeek: view.search.peek === undefined ? undefined : () => view.setPeek(undefined),
    moved: (id) => (view.search.peek === undefined ? undefined : view.setPeek(id)),
    copyCommand: () => void writeClipboard(toCopyText('CLI', call), words.list.copiedAs('CLI')),
    copyLink: () => void writeClipboard(location.href, words.list.copiedLink),
    focusQuery: props.onFocusQuery,
    openTime: props.onOpenTime,
    toggleFacets: () => updatePreferences({ facetsHidden: !preferences.facetsHidden }),
    showNew: list.newCount > 0 ? () => void list.showNew() : undefined,
    pageSize: () =>
      Math.max(
        1,
        Math.floor(
          ((grid.current?.clientHeight ?? 0) - 30) / (preferences.density === 'compact' ? 26 : 36),
        ) - 1,
      ),
    count: items.length,
  });
  useScrollReset(grid, view, selection.setActiveId);
  const actions = useGridActions({ items, selection, view, list, openTab, open });
  return (
    <div className="relative flex min-h-0 flex-1">
      {preferences.facetsHidden ? null : (
        <aside
          aria-label={words.facets.title}
          className="w-56 shrink-0 border-r border-line max-md:absolute max-md:inset-y-0 max-md:left-0 max-md:z-30 max-md:bg-raised max-md:shadow-float"
        >
          <FacetSidebar facets={facets} state={view.facetState} onSet={view.setFacet} />
        </aside>
      )}
      <section className="relative flex min-w-0 flex-1 flex-col" aria-label={words.list.label}>
        <Histogram data={histogram} onRange={(from, to) => view.setTime({ from, to })} />
        <div className="relative flex min-h-0 flex-1 flex-col">
          <NewBar count={list.newCount} onShow={() => void list.showNew()} />
          <RowsPane
            view={view}
            list={list}
            items={items}
            selection={selection}
            total={list.total ?? facets?.total}
            actions={actions}
            gridRef={grid}
          />
        </div>
        {selection.selected.size === 0 ? null : (
          <SelectionBar
            count={selection.selected.size}
            onExport={(form) =>
              void writeExport(form, () =>
                Promise.resolve(list.rows.filter((row) => selection.selected.has(row.id))),
              )
            }
            onDelete={() => {
              removeTraces(view.project, [...selection.selected]);
              selection.clear();
            }}
            onClear={selection.clear}
          />
        )}
      </section>
      {view.search.peek === undefined ? null : (
        <>
          <Splitter
            label={words.trace}
            share={preferences.peekShare}
            min={0.3}
            max={0.7}
            reverse
            onChange={(peekShare) => updatePreferences({ peekShare })}
          />
          <PeekPane
            project={view.project}
            traceId={view.search.peek}
            share={preferences.peekShare}
            onClose={() => view.setPeek(undefined)}
          />
        </>
      )}
    </div>
  );
}

// Another filter or order is another list: it starts at its top with nothing active.
function useScrollReset(
  grid: React.RefObject<HTMLDivElement | null>,
  view: TracesView,
  setActiveId: (id: string | null) => void,
) {
  const { scope, orderBy } = view;
  const first = useRef(true);
  useEffect(() => {
    if (first.current) {
      first.current = false;
      return;
    }
    if (grid.current !== null) grid.current.scrollTop = 0;
    setActiveId(null);
  }, [grid, scope, orderBy, setActiveId]);
}

// The actions keep their identity, so that rows are not drawn anew by every key press.
function useGridActions(now: {
  readonly items: ReturnType<typeof toListItems>;
  readonly selection: ReturnType<typeof useListSelection>;
  readonly view: TracesView;
  readonly list: TraceList;
  readonly open: (index: number) => void;
  readonly openTab: (index: number) => void;
}): GridActions {
  const latest = useRef(now);
  useEffect(() => {
    latest.current = now;
  });
  return useMemo(
    () => ({
      activate: (index) => latest.current.selection.activate(index),
      open: (index, event) => {
        const { selection, view, open, openTab } = latest.current;
        if (event.metaKey || event.ctrlKey) return openTab(index);
        if (event.shiftKey) return selection.toggle(index, true);
        const id = selection.activate(index);
        if (window.innerWidth < 1024) return open(index);
        if (id !== undefined) view.setPeek(id);
      },
      toggle: (index, range) => latest.current.selection.toggle(index, range),
      toggleAll: () => latest.current.selection.toggleAll(),
      sort: (field) => latest.current.view.setSort(field),
      needMore: () => {
        const { query } = latest.current.list;
        if (query.hasNextPage && !query.isFetchingNextPage) void query.fetchNextPage();
      },
    }),
    [],
  );
}
