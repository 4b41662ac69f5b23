import { defaultRangeExtractor, useVirtualizer, type Range } from '@tanstack/react-virtual';
import { useNavigate } from '@tanstack/react-router';
import { useCallback, useEffect, useRef, useState } from 'react';
import { isActivated, useShortcuts } from '../../lib/keyboard.ts';
import { usePreferences } from '../../lib/preferences.ts';
import { toClass } from '../../ui/class-names.ts';
import { IconArrowDown, IconArrowUp } from '../../ui/icons.ts';
import { useElementWidth } from '../../ui/use-element-width.ts';
import { words } from '../messages.ts';
import { findFittingSessionColumns, type SessionColumn } from './session-columns.tsx';
import type { SessionRow } from './sessions-query.ts';

interface SessionGridProps {
  readonly project: string;
  readonly rows: readonly SessionRow[];
  readonly total: number | undefined;
  readonly orderBy: string;
  readonly onSort: (field: string) => void;
  readonly hasMore: boolean;
  readonly needMore: () => void;
  readonly focusQuery: () => void;
  readonly openTime: () => void;
}

/** The conversations as a grid, windowed like the list of traces. */
export function SessionGrid(props: SessionGridProps) {
  const { rows, project, hasMore, needMore } = props;
  const [active, setActive] = useState(-1);
  const grid = useRef<HTMLDivElement>(null);
  const width = useElementWidth(grid);
  const { density } = usePreferences();
  const rowHeight = density === 'compact' ? 26 : 36;
  const columns = findFittingSessionColumns(width - 32);
  const template = columns
    .map((column) =>
      column.grow === true ? `minmax(${column.width}px, 1fr)` : `${column.width}px`,
    )
    .join(' ');
  const navigate = useNavigate();
  const open = (index: number) => {
    const sessionId = rows[index]?.id;
    if (sessionId !== undefined)
      void navigate({ to: '/p/$project/sessions/$sessionId', params: { project, sessionId } });
  };
  useSessionKeys(props, active, setActive, open);
  const rangeExtractor = useCallback(
    (range: Range) => {
      const shown = defaultRangeExtractor(range);
      return active < 0 || active >= range.count || shown.includes(active)
        ? shown
        : [...shown, active].toSorted((a, b) => a - b);
    },
    [active],
  );
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => grid.current,
    estimateSize: () => rowHeight,
    overscan: 12,
    scrollPaddingStart: 30,
    rangeExtractor,
  });
  useEffect(() => virtual.measure(), [virtual, rowHeight]);
  useEffect(() => {
    if (active >= 0) virtual.scrollToIndex(active, { align: 'auto' });
  }, [virtual, active]);
  const shown = virtual.getVirtualItems();
  const nearEnd = hasMore && (shown.at(-1)?.index ?? 0) > rows.length - 25;
  useEffect(() => {
    if (nearEnd) needMore();
    // One request per page that came, not per render.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [nearEnd, rows.length]);
  return (
    <div
      ref={grid}
      role="grid"
      tabIndex={0}
      aria-label={words.sessionsPage.label}
      aria-rowcount={hasMore ? -1 : rows.length + 1}
      aria-colcount={columns.length}
      aria-activedescendant={active < 0 ? undefined : `session-${active}`}
      className="min-h-0 flex-1 overflow-x-hidden overflow-y-auto [contain:strict] focus-visible:-outline-offset-2"
    >
      <div
        role="row"
        aria-rowindex={1}
        className="row-line sticky top-0 z-10 grid h-[30px] items-center gap-x-3 bg-bg px-4 text-xs text-muted"
        style={{ gridTemplateColumns: template }}
      >
        {columns.map((column, index) => (
          <Head
            key={column.key}
            column={column}
            index={index + 1}
            orderBy={props.orderBy}
            onSort={props.onSort}
          />
        ))}
      </div>
      <div className="relative" role="presentation" style={{ height: virtual.getTotalSize() }}>
        {shown.map(({ index, start }) => {
          const row = rows[index];
          if (row === undefined) return null;
          return (
            <div
              key={row.id}
              role="row"
              id={`session-${index}`}
              aria-rowindex={index + 2}
              aria-selected={index === active}
              data-session={row.id}
              className={toClass(
                'absolute inset-x-0 top-0 grid items-center gap-x-3 px-4',
                index === active ? 'row-on' : 'row-line hover:bg-hover',
              )}
              style={{
                gridTemplateColumns: template,
                height: rowHeight,
                transform: `translateY(${start}px)`,
              }}
              onClick={() => open(index)}
            >
              {columns.map((column, at) => (
                <span
                  key={column.key}
                  role="gridcell"
                  aria-colindex={at + 1}
                  className={toClass(
                    'flex min-w-0 items-center',
                    column.right === true && 'justify-end',
                  )}
                >
                  {column.render(row)}
                </span>
              ))}
            </div>
          );
        })}
      </div>
    </div>
  );
}

function Head({
  column,
  index,
  orderBy,
  onSort,
}: {
  readonly column: SessionColumn;
  readonly index: number;
  readonly orderBy: string;
  readonly onSort: (field: string) => void;
}) {
  const name = words.sessionsPage.columns[column.key];
  const [field, direction] = orderBy.split('.');
  const sorted = column.sort !== undefined && column.sort === field;
  const Arrow = direction === 'asc' ? IconArrowUp : IconArrowDown;
  return (
    <span
      role="columnheader"
      aria-colindex={index}
      aria-sort={sorted ? (direction === 'asc' ? 'ascending' : 'descending') : undefined}
      className={toClass('flex min-w-0 items-center', column.right === true && 'justify-end')}
    >
      {column.sort === undefined ? (
        <span className="truncate">{name}</span>
      ) : (
        <button
          type="button"
          tabIndex={-1}
          className={toClass(
            '-mx-1 flex h-6 items-center gap-1 rounded-sm px-1 hover:text-fg',
            sorted && 'text-fg',
            column.right === true && 'flex-row-reverse',
          )}
          onClick={() => onSort(column.sort ?? '')}
        >
          {name}
          {sorted ? <Arrow size={12} /> : null}
        </button>
      )}
    </span>
  );
}

function useSessionKeys(
  props: SessionGridProps,
  active: number,
  setActive: (index: number) => void,
  open: (index: number) => void,
): void {
  const last = props.rows.length - 1;
  const isFree = (event: KeyboardEvent) => !isActivated(event.target);
  const go = (to: number) => setActive(Math.min(last, Math.max(0, to)));
  useShortcuts(words.sessions, [
    { keys: ['j', 'ArrowDown'], label: words.keys.next, run: () => go(active + 1), when: isFree },
    { keys: ['k', 'ArrowUp'], label: words.keys.previous, run: () => go(active - 1), when: isFree },
    { keys: ['Home'], label: words.keys.first, run: () => go(0), when: isFree },
    { keys: ['End'], label: words.keys.last, run: () => go(last), when: isFree },
    { keys: ['PageDown'], label: words.keys.pageDown, run: () => go(active + 20), when: isFree },
    { keys: ['PageUp'], label: words.keys.pageUp, run: () => go(active - 20), when: isFree },
    { keys: ['Enter'], label: words.keys.open, run: () => open(active), when: isFree },
    { keys: ['/'], label: words.keys.query, run: props.focusQuery },
    { keys: ['t'], label: words.keys.timeRange, run: props.openTime },
  ]);
}
