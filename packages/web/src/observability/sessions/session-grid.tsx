import { useNavigate } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { isActivated, useShortcuts } from '../../lib/keyboard.ts';
import { toClass } from '../../ui/class-names.ts';
import { useElementWidth } from '../../ui/use-element-width.ts';
import { useRowHeight } from '../../ui/use-row-height.ts';
import { useWindowedRows } from '../../ui/use-windowed-rows.ts';
import { words } from '../messages.ts';
import { toCellClass } from '../traces/columns.tsx';
import { findFittingSessionColumns, type SessionColumn } from './session-columns.tsx';
import { SessionHead } from './session-head.tsx';
import { toSessionTemplate } from './session-template.ts';
import type { SessionRow } from './sessions-query.ts';

interface SessionGridProps {
  readonly project: string;
  readonly rows: readonly SessionRow[];
  readonly orderBy: string;
  readonly onSort: (field: string) => void;
  readonly hasMore: boolean;
  readonly needMore: () => void;
  readonly focusQuery: () => void;
  readonly openTime: () => void;
}

/** The conversations as a grid, windowed like the list of traces. */
export function SessionGrid(props: SessionGridProps) {
  const { rows, hasMore } = props;
  const [active, setActive] = useState(-1);
  const grid = useRef<HTMLDivElement>(null);
  const width = useElementWidth(grid);
  const rowHeight = useRowHeight();
  const columns = findFittingSessionColumns(width - 32);
  const open = useOpenSession(props);
  useSessionKeys(props, active, setActive, open);
  const shown = useWindowedRows({
    scroller: grid,
    count: rows.length,
    rowHeight,
    active,
    headHeight: 30,
  });
  useNeedMore(props, shown.rows.findLast((row) => row.index !== active)?.index ?? 0);
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
      <SessionHead columns={columns} orderBy={props.orderBy} onSort={props.onSort} />
      <div className="relative" role="presentation" style={{ height: shown.height }}>
        {shown.rows.map(({ index, start }) => {
          const row = rows[index];
          if (row === undefined) return null;
          const place = { index, start, height: rowHeight };
          return (
            <SessionLine
              key={row.id}
              row={row}
              place={place}
              columns={columns}
              active={index === active}
              onOpen={() => open(index)}
            />
          );
        })}
      </div>
    </div>
  );
}

function SessionLine({
  row,
  place,
  columns,
  active,
  onOpen,
}: {
  readonly row: SessionRow;
  readonly place: { readonly index: number; readonly start: number; readonly height: number };
  readonly columns: readonly SessionColumn[];
  readonly active: boolean;
  readonly onOpen: () => void;
}) {
  return (
    <div
      role="row"
      id={`session-${place.index}`}
      aria-rowindex={place.index + 2}
      aria-selected={active}
      data-session={row.id}
      className={toClass(
        'absolute inset-x-0 top-0 grid items-center gap-x-3 px-4',
        active ? 'row-on' : 'row-line hover:bg-hover',
      )}
      style={{
        gridTemplateColumns: toSessionTemplate(columns),
        height: place.height,
        transform: `translateY(${place.start}px)`,
      }}
      onClick={onOpen}
    >
      {columns.map((column, at) => (
        <span
          key={column.key}
          role="gridcell"
          aria-colindex={at + 1}
          className={toCellClass(columns, at)}
        >
          {column.render(row)}
        </span>
      ))}
    </div>
  );
}

function useOpenSession({ rows, project }: SessionGridProps): (index: number) => void {
  const navigate = useNavigate();
  return (index) => {
    const sessionId = rows[index]?.id;
    if (sessionId === undefined) return;
    void navigate({ to: '/p/$project/sessions/$sessionId', params: { project, sessionId } });
  };
}

// One request per page that came, not per render.
function useNeedMore({ rows, hasMore, needMore }: SessionGridProps, lastShown: number): void {
  const near = hasMore && lastShown > rows.length - 25;
  const asked = useRef(0);
  useEffect(() => {
    if (!near || asked.current === rows.length) return;
    asked.current = rows.length;
    needMore();
  }, [near, rows.length, needMore]);
}

function useSessionKeys(
  props: SessionGridProps,
  active: number,
  setActive: (index: number) => void,
  open: (index: number) => void,
): void {
  const last = props.rows.length - 1;
  const when = (event: KeyboardEvent) => !isActivated(event.target);
  const go = (to: number) => () => setActive(Math.min(last, Math.max(0, to)));
  useShortcuts(words.sessions, [
    { keys: ['j', 'ArrowDown'], label: words.keys.next, run: go(active + 1), when },
    { keys: ['k', 'ArrowUp'], label: words.keys.previous, run: go(active - 1), when },
    { keys: ['Home'], label: words.keys.first, run: go(0), when },
    { keys: ['End'], label: words.keys.last, run: go(last), when },
    { keys: ['PageDown'], label: words.keys.pageDown, run: go(active + 20), when },
    { keys: ['PageUp'], label: words.keys.pageUp, run: go(active - 20), when },
    { keys: ['Enter'], label: words.keys.open, run: () => open(active), when },
    { keys: ['/'], label: words.keys.query, run: props.focusQuery },
    { keys: ['t'], label: words.keys.timeRange, run: props.openTime },
  ]);
}
