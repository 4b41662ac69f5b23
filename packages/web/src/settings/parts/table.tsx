import type { ReactNode } from 'react';
import { toClass } from '../../ui/class-names.ts';

/** A column of a short list that is shown whole. */
export interface TableColumn<Row> {
  readonly key: string;
  readonly name: string;
  /** The head is said but not shown, as over buttons. */
  readonly quiet?: boolean;
  readonly right?: boolean;
  /** Stays when the window is narrow. */
  readonly narrow?: boolean;
  readonly render: (row: Row) => ReactNode;
}

/** A short list as a table; wider ones than the window can be scrolled by key. */
export function Table<Row>({
  label,
  rows,
  columns,
  toKey,
  toMarks,
}: {
  readonly label: string;
  readonly rows: readonly Row[];
  readonly columns: readonly TableColumn<Row>[];
  readonly toKey: (row: Row) => string;
  readonly toMarks?: (row: Row) => Readonly<Record<`data-${string}`, string>>;
}) {
  return (
    <div role="region" aria-label={label} tabIndex={0} className="overflow-x-auto">
      <table className="w-full border-collapse text-left">
        <thead>
          <tr className="border-b border-line text-xs text-muted">
            {columns.map((column) => (
              <th key={column.key} scope="col" className={toCell(column, 'h-7 font-normal')}>
                {column.quiet === true ? (
                  <span className="sr-only">{column.name}</span>
                ) : (
                  column.name
                )}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr
              key={toKey(row)}
              {...toMarks?.(row)}
              className="border-b border-line hover:bg-hover"
            >
              {columns.map((column) => (
                <td key={column.key} className={toCell(column, 'h-9 py-1 align-middle')}>
                  {column.render(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function toCell({ right, narrow }: Pick<TableColumn<never>, 'right' | 'narrow'>, more: string) {
  return toClass(
    'pr-4 last:pr-1',
    right === true && 'tnum text-right',
    narrow !== true && 'max-md:hidden',
    more,
  );
}
