import type { DashboardWidget, Placement, WidgetFilter } from '@coaia/client';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState, type KeyboardEvent, type PointerEvent } from 'react';
import { Button } from '../../ui/button.tsx';
import { toClass } from '../../ui/class-names.ts';
import { IconClose, IconEdit, IconTable } from '../../ui/icons.ts';
import { words } from './messages.ts';
import { widgetQuery, type TimeSpan } from './widget-query.ts';
import { WidgetView } from './widget-view.tsx';

/** What can be done with a tile while the layout is edited. */
export interface TileActions {
  readonly onKeyDown: (event: KeyboardEvent) => void;
  readonly onDrag: (event: PointerEvent, form: 'move' | 'resize') => void;
  readonly onEdit: () => void;
  readonly onRemove: () => void;
}

interface TileProps {
  readonly project: string;
  readonly placement: Placement;
  readonly widget: DashboardWidget | undefined;
  readonly filters: readonly WidgetFilter[];
  readonly span: TimeSpan;
  /** Undefined while the dashboard is only looked at. */
  readonly actions: TileActions | undefined;
}

/** A widget on the grid: its name, its chart, and the table of the same numbers. */
export function Tile({ project, placement, widget, filters, span, actions }: TileProps) {
  const [asTable, setAsTable] = useState(false);
  const name = widget?.name ?? placement.id;
  return (
    <article
      aria-label={name}
      data-tile={name}
      className={toClass(
        'relative flex h-full min-h-0 min-w-0 flex-col rounded-lg border bg-raised',
        actions === undefined ? 'border-line' : 'border-line-strong',
      )}
    >
      <TileHead
        name={name}
        placement={placement}
        widget={widget}
        actions={actions}
        asTable={asTable}
        onTable={() => setAsTable(!asTable)}
      />
      <div className="min-h-0 flex-1 px-3 pb-3">
        <TileBody {...{ project, placement, widget, filters, span, asTable }} />
      </div>
      {actions === undefined ? null : (
        <span
          aria-hidden="true"
          data-resize={name}
          className="absolute right-0 bottom-0 h-4 w-4 cursor-nwse-resize touch-none border-r-2 border-b-2 border-line-strong"
          onPointerDown={(event) => actions.onDrag(event, 'resize')}
        />
      )}
    </article>
  );
}

function TileHead({
  name,
  placement,
  widget,
  actions,
  asTable,
  onTable,
}: Pick<TileProps, 'placement' | 'widget' | 'actions'> & {
  readonly name: string;
  readonly asTable: boolean;
  readonly onTable: () => void;
}) {
  if (actions !== undefined)
    return (
      <div className="flex h-9 shrink-0 items-center gap-1 pr-1.5 pl-3">
        <MoveHandle name={name} placement={placement} actions={actions} />
        <EditButtons name={name} actions={actions} />
      </div>
    );
  const chart = widget?.chartType ?? 'NUMBER';
  return (
    <div className="flex h-9 shrink-0 items-center gap-1 pr-1.5 pl-3">
      <h2 className="min-w-0 flex-1 truncate text-xs font-medium" data-hint={widget?.description}>
        {name}
      </h2>
      {chart === 'NUMBER' || chart === 'PIVOT_TABLE' ? null : (
        <Button
          tone="ghost"
          square
          className="h-6 w-6"
          aria-pressed={asTable}
          label={asTable ? words.asChart(name) : words.asTable(name)}
          onClick={onTable}
        >
          <IconTable size={14} />
        </Button>
      )}
    </div>
  );
}

// The name is the handle: the pointer drags it, the arrows move it.
function MoveHandle({
  name,
  placement,
  actions,
}: {
  readonly name: string;
  readonly placement: Placement;
  readonly actions: TileActions;
}) {
  const { x, y, width, height } = placement;
  return (
    <button
      type="button"
      aria-label={`${words.place(name)}. ${words.moved(x, y, width, height)}`}
      data-own-keys
      className="flex h-7 min-w-0 flex-1 cursor-move touch-none items-center truncate rounded-sm text-left text-xs font-medium"
      onKeyDown={actions.onKeyDown}
      onPointerDown={(event) => actions.onDrag(event, 'move')}
    >
      <span className="truncate">{name}</span>
    </button>
  );
}

function EditButtons({ name, actions }: { readonly name: string; readonly actions: TileActions }) {
  return (
    <>
      <Button
        tone="ghost"
        square
        className="h-6 w-6"
        label={words.editWidget(name)}
        onClick={actions.onEdit}
      >
        <IconEdit size={14} />
      </Button>
      <Button
        tone="ghost"
        square
        className="h-6 w-6"
        label={words.takeAway(name)}
        onClick={actions.onRemove}
      >
        <IconClose size={14} />
      </Button>
    </>
  );
}

function TileBody({
  project,
  placement,
  widget,
  filters,
  span,
  asTable,
}: Omit<TileProps, 'actions'> & { readonly asTable: boolean }) {
  if (placement.type === 'preset') return <p className="text-muted">{words.preset}</p>;
  if (widget === undefined) return <p className="text-muted">{words.gone}</p>;
  return <WidgetAnswer {...{ project, widget, filters, span, asTable }} />;
}

function WidgetAnswer({
  project,
  widget,
  filters,
  span,
  asTable,
}: Pick<TileProps, 'project' | 'filters' | 'span'> & {
  readonly widget: DashboardWidget;
  readonly asTable: boolean;
}) {
  const query = useQuery({
    ...widgetQuery(project, widget, filters, span),
    placeholderData: keepPreviousData,
  });
  if (query.data === undefined && query.isError)
    return (
      <div role="alert" className="text-xs">
        <p className="font-medium">{words.widgetFailed}</p>
        <p className="mt-1 text-muted">{query.error.message}</p>
      </div>
    );
  if (query.data === undefined) return <div className="skeleton h-full" aria-hidden="true" />;
  return <WidgetView widget={widget} rows={query.data} asTable={asTable} />;
}
