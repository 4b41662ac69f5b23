import { toClass } from './class-names.ts';
import { IconArrowDown, IconArrowUp } from './icons.ts';

/** The head of a column; a click on a sortable one asks for its order. */
export function SortHead({
  name,
  hint,
  index,
  field,
  orderBy,
  right,
  className,
  onSort,
}: {
  readonly name: string;
  readonly hint?: string;
  /** Place of the column, from 1. */
  readonly index: number;
  /** Field it sorts by; none for a column without an order. */
  readonly field: string | undefined;
  /** `field.asc` or `field.desc`, as it is now. */
  readonly orderBy: string;
  readonly right: boolean;
  readonly className: string;
  readonly onSort: (field: string) => void;
}) {
  const [sortedBy, direction] = orderBy.split('.');
  const sorted = field !== undefined && field === sortedBy;
  const word = direction === 'asc' ? 'ascending' : 'descending';
  return (
    <span
      role="columnheader"
      aria-colindex={index}
      aria-sort={sorted ? word : undefined}
      className={className}
    >
      {field === undefined ? (
        <span className="truncate">{name}</span>
      ) : (
        <button
          type="button"
          tabIndex={-1}
          data-hint={hint}
          className={toClass(
            '-mx-1 flex h-6 items-center gap-1 rounded-sm px-1 hover:text-fg',
            sorted && 'text-fg',
            right && 'flex-row-reverse',
          )}
          onClick={() => onSort(field)}
        >
          {name}
          {sorted ? <SortArrow ascending={direction === 'asc'} /> : null}
        </button>
      )}
    </span>
  );
}

function SortArrow({ ascending }: { readonly ascending: boolean }) {
  return ascending ? <IconArrowUp size={12} /> : <IconArrowDown size={12} />;
}
