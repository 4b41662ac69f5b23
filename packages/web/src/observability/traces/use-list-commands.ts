import { useNavigate } from '@tanstack/react-router';
import { useEffect, useMemo, useRef } from 'react';
import type { ListItem } from './list-items.ts';
import type { GridActions } from './grid-actions.ts';
import { toTracePath } from './trace-line.tsx';
import type { ListSelection } from './use-list-selection.ts';
import type { useTraceList } from './use-trace-list.ts';
import type { TracesView } from './use-traces-view.ts';

/** A list of traces with its live state. */
export type TraceList = ReturnType<typeof useTraceList>;

/** What keys and clicks on a line do. */
export function useListCommands({
  items,
  selection,
  view,
  list,
}: {
  readonly items: readonly ListItem[];
  readonly selection: ListSelection;
  readonly view: TracesView;
  readonly list: TraceList;
}) {
  const navigate = useNavigate();
  const toId = (index: number) => {
    const item = items[index];
    return item?.kind === 'row' ? item.row.id : undefined;
  };
  const open = (index: number) => {
    const traceId = toId(index);
    if (traceId === undefined) return;
    const params = { project: view.project, traceId };
    void navigate({ to: '/p/$project/traces/$traceId', params });
  };
  const openTab = (index: number) => {
    window.open(toTracePath(view.project, toId(index) ?? ''), '_blank', 'noopener');
  };
  const peek = (index: number) => {
    view.setPeek(view.search.peek === toId(index) ? undefined : toId(index));
  };
  const grid = useGridActions({ selection, view, list, open, openTab });
  return { open, openTab, peek, grid };
}

interface Latest {
  readonly selection: ListSelection;
  readonly view: TracesView;
  readonly list: TraceList;
  readonly open: (index: number) => void;
  readonly openTab: (index: number) => void;
}

// Below this width a peek would cover the list, so a click opens the page.
const peekWidth = 1024;

function runClick(
  { selection, view, open, openTab }: Latest,
  index: number,
  event: React.MouseEvent,
): void {
  if (event.metaKey || event.ctrlKey) {
    openTab(index);
    return;
  }
  if (event.shiftKey) {
    selection.toggle(index, true);
    return;
  }
  const id = selection.activate(index);
  if (window.innerWidth < peekWidth) open(index);
  else if (id !== undefined) view.setPeek(id);
}

// The actions keep their identity, so that rows are not drawn anew by every key press.
function useGridActions(now: Latest): GridActions {
  const latest = useRef(now);
  useEffect(() => {
    latest.current = now;
  });
  return useMemo(
    () => ({
      open: (index, event) => runClick(latest.current, index, event),
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
