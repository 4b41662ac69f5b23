import { SortHead } from '../sort-head.tsx';
import { words } from '../messages.ts';
import type { DataGridProps } from './grid-props.ts';
import { toCellClass } from './grid-column.ts';

const unsorted = () => undefined;

/** The sticky head with its order buttons, and the box that selects all. */
export function GridHead<Row>({
  columns,
  template,
  orderBy = '',
  onSort,
  selection,
  rows,
}: DataGridProps<Row> & { readonly template: string }) {
  const all = selection !== undefined && rows.length > 0 && selection.selected.size >= rows.length;
  return (
    <div
      role="row"
      aria-rowindex={1}
      className="row-line sticky top-0 z-10 grid h-[30px] items-center gap-x-3 bg-bg px-4 text-xs text-muted"
      style={{ gridTemplateColumns: template }}
    >
      {selection === undefined ? null : (
        <span role="columnheader" aria-colindex={1} className="flex h-full items-center">
          <input
            type="checkbox"
            className="check"
            tabIndex={-1}
            aria-label={words.selectAll}
            checked={all}
            ref={(box) => {
              if (box !== null) box.indeterminate = !all && selection.selected.size > 0;
            }}
            onChange={selection.toggleAll}
          />
        </span>
      )}
      {columns.map((column, index) => {
        const place = index + (selection === undefined ? 1 : 2);
        if (column.quiet === true) {
          return (
            <span key={column.key} role="columnheader" aria-colindex={place}>
              <span className="sr-only">{column.name}</span>
            </span>
          );
        }
        return (
          <SortHead
            key={column.key}
            name={column.name}
            hint={words.sortBy(column.name)}
            index={place}
            field={onSort === undefined ? undefined : column.sort}
            orderBy={orderBy}
            right={column.right === true}
            className={toCellClass(columns, index)}
            onSort={onSort ?? unsorted}
          />
        );
      })}
    </div>
  );
}
