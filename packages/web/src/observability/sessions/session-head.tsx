import { SortHead } from '../../ui/sort-head.tsx';
import { words } from '../messages.ts';
import { toCellClass } from '../traces/columns.tsx';
import type { SessionColumn } from './session-columns.tsx';
import { toSessionTemplate } from './session-template.ts';

/** The sticky head of the list of sessions. */
export function SessionHead({
  columns,
  orderBy,
  onSort,
}: {
  readonly columns: readonly SessionColumn[];
  readonly orderBy: string;
  readonly onSort: (field: string) => void;
}) {
  return (
    <div
      role="row"
      aria-rowindex={1}
      className="row-line sticky top-0 z-10 grid h-[30px] items-center gap-x-3 bg-bg px-4 text-xs text-muted"
      style={{ gridTemplateColumns: toSessionTemplate(columns) }}
    >
      {columns.map((column, index) => (
        <SortHead
          key={column.key}
          name={words.sessionsPage.columns[column.key]}
          index={index + 1}
          field={column.sort}
          orderBy={orderBy}
          right={column.right === true}
          className={toCellClass(columns, index)}
          onSort={onSort}
        />
      ))}
    </div>
  );
}
