import { useVirtualizer, defaultRangeExtractor, type Range } from '@tanstack/react-virtual';
import { useCallback, useEffect, useMemo, useRef, type RefObject } from 'react';
import { usePreferences } from '../../lib/preferences.ts';
import { useElementWidth } from '../../ui/use-element-width.ts';
import { words } from '../messages.ts';
import { findFittingColumns, toGridTemplate, type ColumnKey } from './columns.tsx';
import type { ListItem } from './list-items.ts';
import { GridHeader } from './grid-header.tsx';
import { GroupRow, TraceLine } from './trace-line.tsx';

/** Id of the element of a line, for `aria-activedescendant`. */
export const toLineId = (index: number) => `line-${index}`;

/** What the grid tells the page. */
export interface GridActions {
  readonly activate: (index: number) => void;
  readonly open: (index: number, event: React.MouseEvent) => void;
  readonly toggle: (index: number, range: boolean) => void;
  readonly toggleAll: () => void;
  readonly sort: (field: string) => void;
  readonly needMore: () => void;
}

interface GridProps {
  readonly items: readonly ListItem[];
  readonly columnKeys: readonly ColumnKey[];
  readonly activeIndex: number;
  readonly selected: ReadonlySet<string>;
  readonly orderBy: string;
  readonly total: number | undefined;
  readonly hasMore: boolean;
  readonly project: string;
  readonly actions: GridActions;
  readonly gridRef: RefObject<HTMLDivElement | null>;
}

/** Rows ahead of the last shown one at which the next page is asked for. */
const lookAhead = 60;

/** The list of traces: only the lines in view are mounted, and the active one always. */
export function TraceGrid(props: GridProps) {
  const { items, activeIndex, columnKeys, actions, gridRef } = props;
  const { density } = usePreferences();
  const rowHeight = density === 'compact' ? 26 : 36;
  const width = useElementWidth(gridRef);
  const columns = useMemo(() => findFittingColumns(columnKeys, width - 48), [columnKeys, width]);
  const template = toGridTemplate(columns);
  const rangeExtractor = useCallback(
    (range: Range) => {
      const shown = defaultRangeExtractor(range);
      const missing = activeIndex >= 0 && activeIndex < range.count && !shown.includes(activeIndex);
      return missing ? [...shown, activeIndex].toSorted((a, b) => a - b) : shown;
    },
    [activeIndex],
  );
  const virtual = useVirtualizer({
    count: items.length,
    getScrollElement: () => gridRef.current,
    estimateSize: () => rowHeight,
    overscan: 12,
    scrollPaddingStart: 30,
    paddingStart: 0,
    rangeExtractor,
  });
  useEffect(() => virtual.measure(), [virtual, rowHeight]);
  useEffect(() => {
    if (activeIndex >= 0) virtual.scrollToIndex(activeIndex, { align: 'auto' });
  }, [virtual, activeIndex]);
  const shown = virtual.getVirtualItems();
  useNeedMore(props, shown.findLast((item) => item.index !== activeIndex)?.index ?? 0);
  const count = props.hasMore
    ? props.total === undefined
      ? -1
      : props.total + 1
    : items.length + 1;
  return (
    <div
      ref={gridRef}
      role="grid"
      tabIndex={0}
      data-grid="traces"
      aria-label={words.list.label}
      aria-multiselectable="true"
      aria-rowcount={count}
      aria-colcount={columns.length + 1}
      aria-activedescendant={activeIndex < 0 ? undefined : toLineId(activeIndex)}
      className="min-h-0 flex-1 overflow-y-auto overflow-x-hidden [contain:strict] focus-visible:outline-offset-[-2px]"
    >
      <GridHeader {...props} columns={columns} template={template} />
      <div className="relative" role="presentation" style={{ height: virtual.getTotalSize() }}>
        {shown.map(({ index, start }) => {
          const item = items[index];
          if (item === undefined) return null;
          const place = { index, start, height: rowHeight };
          if (item.kind === 'group') {
            return (
              <GroupRow
                key={`group-${index}`}
                item={item}
                place={place}
                columns={columns.length + 1}
              />
            );
          }
          return (
            <TraceLine
              key={item.row.id}
              row={item.row}
              place={place}
              columns={columns}
              template={template}
              project={props.project}
              active={index === activeIndex}
              selected={props.selected.has(item.row.id)}
              actions={actions}
            />
          );
        })}
      </div>
    </div>
  );
}

function useNeedMore({ items, hasMore, actions }: GridProps, lastShown: number): void {
  const near = hasMore && items.length > 0 && lastShown >= items.length - lookAhead;
  const asked = useRef(0);
  useEffect(() => {
    if (!near || asked.current === items.length) return;
    asked.current = items.length;
    actions.needMore();
  }, [near, items.length, actions]);
}
