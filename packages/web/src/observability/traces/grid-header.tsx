import { toClass } from '../../ui/class-names.ts';
import { IconArrowDown, IconArrowUp } from '../../ui/icons.ts';
import { words } from '../messages.ts';
import type { Column } from './columns.tsx';
import type { ListItem } from './list-items.ts';
import type { GridActions } from './trace-grid.tsx';

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
        <HeaderCell
          key={column.key}
          column={column}
          index={index + 2}
          orderBy={orderBy}
          onSort={actions.sort}
        />
      ))}
    </div>
  );
}

function HeaderCell({
  column,
  index,
  orderBy,
  onSort,
}: {
  readonly column: Column;
  readonly index: number;
  readonly orderBy: string;
  readonly onSort: (field: string) => void;
}) {
  const name = words.columns.names[column.key];
  const [field, direction] = orderBy.split('.');
  const sorted = column.sort !== undefined && column.sort === field;
  const Arrow = direction === 'asc' ? IconArrowUp : IconArrowDown;
  const sortWord = direction === 'asc' ? 'ascending' : 'descending';
  return (
    <span
      role="columnheader"
      aria-colindex={index}
      aria-sort={sorted ? sortWord : undefined}
      className={toClass(
        'flex h-full min-w-0 items-center',
        column.right === true && 'justify-end',
      )}
    >
      {column.sort === undefined ? (
        <span className="truncate">{name}</span>
      ) : (
        <button
          type="button"
          tabIndex={-1}
          data-hint={words.list.sortBy(name)}
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
