import { useRef, useState, type MouseEvent } from 'react';
import { toClass } from '../class-names.ts';
import { SkeletonRows } from '../panels.tsx';
import { useElementWidth } from '../use-element-width.ts';
import { useRowHeight } from '../use-row-height.ts';
import { useWindowedRows } from '../use-windowed-rows.ts';
import { GridHead } from './grid-head.tsx';
import { findFittingColumns, toCellClass, toTemplate, type GridColumn } from './grid-column.ts';
import type { DataGridProps } from './grid-props.ts';
import { useGridKeys } from './use-grid-keys.ts';
import { useNeedMore } from './use-need-more.ts';
import { words } from '../messages.ts';

/** Height of the sticky head in pixels. */
export const headHeight = 30;

/** A list as an accessible grid: only the rows in view are mounted, and the active one always. */
export function DataGrid<Row>(props: DataGridProps<Row>) {
  const { rows, selection, toKey } = props;
  const [active, setActive] = useState(-1);
  const at = Math.min(active, rows.length - 1);
  const grid = useRef<HTMLDivElement>(null);
  const width = useElementWidth(grid);
  const rowHeight = useRowHeight();
  const columns = findFittingColumns(props.columns, width - (selection === undefined ? 32 : 64));
  const template = toTemplate(columns, selection === undefined ? undefined : '20px');
  useGridKeys(props, at, setActive);
  const shown = useWindowedRows({
    scroller: grid,
    count: rows.length,
    rowHeight,
    active: at,
    headHeight,
  });
  useNeedMore(props, shown.rows.findLast((row) => row.index !== at)?.index ?? 0);
  const { onSort } = props;
  // The focus goes back to the list, so that its keys work after a click on a head.
  const sort = (field: string) => {
    onSort?.(field);
    grid.current?.focus();
  };
  const sorting = onSort === undefined ? {} : { onSort: sort };
  const prefix = props.label.replaceAll(/\W+/g, '-');
  return (
    <div
      ref={grid}
      role="grid"
      tabIndex={0}
      aria-label={props.label}
      aria-multiselectable={selection === undefined ? undefined : true}
      aria-rowcount={props.hasMore === true ? -1 : rows.length + 1}
      aria-colcount={columns.length + (selection === undefined ? 0 : 1)}
      aria-activedescendant={at < 0 ? undefined : `${prefix}-${at}`}
      className="min-h-0 flex-1 overflow-x-hidden overflow-y-auto [contain:strict] focus-visible:-outline-offset-2"
    >
      <GridHead {...props} {...sorting} columns={columns} template={template} />
      <div className="relative" role="presentation" style={{ height: shown.height }}>
        {shown.rows.map(({ index, start }) => {
          const row = rows[index];
          if (row === undefined) return null;
          return (
            <GridRow
              key={toKey(row)}
              row={row}
              grid={props}
              place={{ id: `${prefix}-${index}`, index, start, height: rowHeight, template }}
              columns={columns}
              active={index === at}
              onActivate={() => setActive(index)}
            />
          );
        })}
      </div>
    </div>
  );
}

interface GridRowProps<Row> {
  readonly row: Row;
  readonly grid: DataGridProps<Row>;
  readonly place: {
    readonly id: string;
    readonly index: number;
    readonly start: number;
    readonly height: number;
    readonly template: string;
  };
  readonly columns: readonly GridColumn<Row>[];
  readonly active: boolean;
  readonly onActivate: () => void;
}

function GridRow<Row>({ row, grid, place, columns, active, onActivate }: GridRowProps<Row>) {
  const { selection, onOpen, toKey } = grid;
  const key = toKey(row);
  const selected = selection?.selected.has(key) ?? active;
  const lead = selection === undefined ? 1 : 2;
  const press = (event: MouseEvent) => {
    const { target, currentTarget } = event;
    // A menu of the row hangs elsewhere in the document, but its clicks pass here too.
    if (!(target instanceof Element) || !currentTarget.contains(target)) return;
    onActivate();
    // A link, a button or a field inside the row acts for itself.
    if (target.closest('a,button,input,label,textarea,select') === null) onOpen?.(row);
  };
  return (
    <div
      role="row"
      id={place.id}
      aria-rowindex={place.index + 2}
      aria-selected={selected}
      {...grid.toMarks?.(row)}
      className={toClass(
        'absolute inset-x-0 top-0 grid items-center gap-x-3 px-4',
        active ? 'row-on' : 'row-line hover:bg-hover',
      )}
      style={{
        gridTemplateColumns: place.template,
        height: place.height,
        transform: `translateY(${place.start}px)`,
      }}
      onClick={press}
    >
      {selection === undefined ? null : (
        <span role="gridcell" aria-colindex={1} className="flex h-full items-center">
          <input
            type="checkbox"
            className="check"
            tabIndex={-1}
            aria-label={words.select(grid.toName?.(row) ?? key)}
            checked={selected}
            onChange={() => selection.toggle(place.index, false)}
          />
        </span>
      )}
      {columns.map((column, index) => (
        <span
          key={column.key}
          role="gridcell"
          aria-colindex={index + lead}
          className={toCellClass(columns, index)}
        >
          {column.render(row)}
        </span>
      ))}
    </div>
  );
}

/** What stands where a list will be, with its head's height, while it is read. */
export function GridSkeleton({ rows = 16 }: { readonly rows?: number }) {
  return (
    <div aria-busy="true">
      <div className="row-line h-[30px]" />
      <SkeletonRows rows={rows} />
    </div>
  );
}
