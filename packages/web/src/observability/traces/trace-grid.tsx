import { useEffect, useMemo, useRef, type RefObject } from 'react';
import { useElementWidth } from '../../ui/use-element-width.ts';
import { useRowHeight } from '../../ui/use-row-height.ts';
import { useWindowedRows } from '../../ui/use-windowed-rows.ts';
import { words } from '../messages.ts';
import { findFittingColumns, toGridTemplate, type ColumnKey } from './columns.tsx';
import type { GridActions } from './grid-actions.ts';
import { GridHeader } from './grid-header.tsx';
import type { ListItem } from './list-items.ts';
import { GroupRow, TraceLine } from './trace-line.tsx';

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

const headHeight = 30;

/** The list of traces: only the lines in view are mounted, and the active one always. */
export function TraceGrid(props: GridProps) {
  const { items, activeIndex, columnKeys, actions, gridRef } = props;
  const rowHeight = useRowHeight();
  const width = useElementWidth(gridRef);
  const columns = useMemo(() => findFittingColumns(columnKeys, width - 48), [columnKeys, width]);
  const template = toGridTemplate(columns);
  const { rows, height } = useWindowedRows({
    scroller: gridRef,
    count: items.length,
    rowHeight,
    active: activeIndex,
    headHeight,
  });
  useNeedMore(props, rows.findLast((row) => row.index !== activeIndex)?.index ?? 0);
  return (
    <div
      ref={gridRef}
      role="grid"
      tabIndex={0}
      aria-label={words.list.label}
      aria-multiselectable="true"
      aria-rowcount={toRowCount(props)}
      aria-colcount={columns.length + 1}
      aria-activedescendant={activeIndex < 0 ? undefined : `line-${activeIndex}`}
      className="min-h-0 flex-1 overflow-x-hidden overflow-y-auto [contain:strict] focus-visible:-outline-offset-2"
    >
      <GridHeader {...props} columns={columns} template={template} />
      <div className="relative" role="presentation" style={{ height }}>
        {rows.map(({ index, start }) => {
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

// The head counts as a row; -1 says that the number is not known.
function toRowCount({ hasMore, total, items }: GridProps): number {
  if (!hasMore) return items.length + 1;
  return total === undefined ? -1 : total + 1;
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
