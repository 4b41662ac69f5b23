import { SortHead } from '../../ui/sort-head.tsx';
import { words } from '../messages.ts';
import { toCellClass } from '../../ui/grid/grid-column.ts';
import type { Column } from './columns.tsx';
import type { ListItem } from './list-items.ts';
import type { GridActions } from './grid-actions.ts';

/** The sticky head of the grid with its order buttons. */
export function GridHeader({
  columns,
  template,
  orderBy,
  items,
  selected,
  actions,
}: {
  readonly columns: readonly Column[];
  readonly template: string;
  readonly orderBy: string;
  readonly items: readonly ListItem[];
  readonly selected: ReadonlySet<string>;
  readonly actions: GridActions;
}) {
  const all =
    items.length > 0 && items.every((item) => item.kind === 'group' || selected.has(item.row.id));
  return (
    <div
      role="row"
      aria-rowindex={1}
      className="row-line sticky top-0 z-10 grid h-[30px] items-center gap-x-3 bg-bg pr-4 text-xs text-muted"
      style={{ gridTemplateColumns: template }}
    >
      <span role="columnheader" aria-colindex={1} className="h-full">
        <label className="flex h-full w-8 items-center justify-center">
          <input
            type="checkbox"
            className="check"
            tabIndex={-1}
            aria-label={words.list.selectAll}
            checked={all}
            ref={(box) => {
              if (box !== null) box.indeterminate = !all && selected.size > 0;
            }}
            onChange={actions.toggleAll}
          />
        </label>
      </span>
      {columns.map((column, index) => (
        <SortHead
          key={column.key}
          name={words.columns.names[column.key]}
          hint={words.list.sortBy(words.columns.names[column.key])}
          index={index + 2}
          field={column.sort}
          orderBy={orderBy}
          right={column.right === true}
          className={toCellClass(columns, index)}
          onSort={actions.sort}
        />
      ))}
    </div>
  );
}
