import { memo } from 'react';
import { toClass } from '../../ui/class-names.ts';
import { words } from '../messages.ts';
import { toCellClass } from '../../ui/grid/grid-column.ts';
import type { Column } from './columns.tsx';
import type { ListItem } from './list-items.ts';
import type { GridActions } from './grid-actions.ts';
import type { TraceRow } from './trace-row.ts';

interface Place {
  readonly index: number;
  readonly start: number;
  readonly height: number;
}

interface LineProps {
  readonly row: TraceRow;
  readonly place: Place;
  readonly columns: readonly Column[];
  readonly template: string;
  readonly project: string;
  readonly active: boolean;
  readonly selected: boolean;
  readonly actions: GridActions;
}

/** Path of a trace's page. */
export const toTracePath = (project: string, id: string) =>
  `/p/${encodeURIComponent(project)}/traces/${encodeURIComponent(id)}`;

function Line({ row, place, columns, template, project, active, selected, actions }: LineProps) {
  const { index, start, height } = place;
  return (
    <div
      role="row"
      id={`line-${index}`}
      data-trace={row.id}
      aria-rowindex={index + 2}
      aria-selected={selected}
      className={toClass(
        'absolute inset-x-0 top-0 grid items-center gap-x-3 pr-4 leading-[1.3]',
        active ? 'row-on' : 'row-line hover:bg-hover',
        selected && !active && 'bg-accent-soft',
      )}
      style={{ gridTemplateColumns: template, height, transform: `translateY(${start}px)` }}
      onClick={(event) => actions.open(index, event)}
    >
      <span
        role="gridcell"
        aria-colindex={1}
        className="h-full"
        onClick={(event) => event.stopPropagation()}
      >
        <label className="flex h-full w-8 items-center justify-center">
          <input
            type="checkbox"
            className="check"
            tabIndex={-1}
            aria-label={words.list.select(row.name ?? row.id)}
            checked={selected}
            onChange={(event) =>
              actions.toggle(
                index,
                event.nativeEvent instanceof MouseEvent && event.nativeEvent.shiftKey,
              )
            }
          />
        </label>
      </span>
      {columns.map((column, at) => (
        <span
          key={column.key}
          role="gridcell"
          aria-colindex={at + 2}
          className={toCellClass(columns, at)}
        >
          {column.key === 'name' ? (
            <a
              href={toTracePath(project, row.id)}
              tabIndex={-1}
              className="flex min-w-0"
              onClick={(event) => event.preventDefault()}
            >
              {column.render(row)}
            </a>
          ) : (
            column.render(row)
          )}
        </span>
      ))}
    </div>
  );
}

/** One trace in the list. */
export const TraceLine = memo(
  Line,
  (before, after) =>
    before.row === after.row &&
    before.place.start === after.place.start &&
    before.place.index === after.place.index &&
    before.place.height === after.place.height &&
    before.columns === after.columns &&
    before.active === after.active &&
    before.selected === after.selected &&
    before.actions === after.actions,
);

/** The head of a group: its label and how many loaded traces it has. */
export function GroupRow({
  item,
  place,
  columns,
}: {
  readonly item: Extract<ListItem, { readonly kind: 'group' }>;
  readonly place: Place;
  readonly columns: number;
}) {
  return (
    <div
      role="row"
      id={`line-${place.index}`}
      aria-rowindex={place.index + 2}
      className="row-line absolute inset-x-0 top-0 flex items-center bg-surface px-3"
      style={{ height: place.height, transform: `translateY(${place.start}px)` }}
    >
      <span
        role="gridcell"
        aria-colindex={1}
        aria-colspan={columns}
        className="flex items-center gap-2 font-medium"
      >
        {item.label ?? words.list.noGroup}
        <span className="tnum text-xs font-normal text-muted">
          {item.count.toLocaleString('en')}
        </span>
      </span>
    </div>
  );
}
