import type { Dashboard, DashboardWidget, Placement } from '@coaia/client';
import { useMemo } from 'react';
import { useMedia } from '../../ui/use-media.ts';
import { cell, toReadingOrder, toRows } from './layout.ts';
import { Tile, type TileActions } from './tile.tsx';
import type { useLayout } from './use-layout.ts';
import type { DashboardView } from './use-dashboard-view.ts';

/** The tiles of a dashboard on twelve columns; one below the other where the window is narrow. */
export function TileGrid({
  view,
  dashboard,
  widgets,
  layout,
}: {
  readonly view: DashboardView;
  readonly dashboard: Dashboard;
  readonly widgets: ReadonlyMap<string, DashboardWidget>;
  readonly layout: ReturnType<typeof useLayout>;
}) {
  const isNarrow = useMedia('(max-width: 767px)');
  const placements = dashboard.definition.widgets;
  const tiles = useMemo(() => toReadingOrder(placements), [placements]);
  const toActions = (tile: Placement): TileActions | undefined => {
    if (!view.isEditing) return undefined;
    const widgetId = tile.type === 'widget' ? tile.widgetId : undefined;
    const name = widgets.get(widgetId ?? '')?.name ?? tile.id;
    return {
      onKeyDown: (event) => layout.onKeyDown(tile, event),
      onDrag: (event, form) => layout.onDrag(tile, event, form),
      onEdit: () => view.openWidget(widgetId),
      onRemove: () => layout.remove(tile, name),
    };
  };
  return (
    <div className="min-h-0 flex-1 overflow-y-auto bg-surface p-3">
      <div
        data-grid
        className="grid grid-cols-12 gap-3 max-md:grid-cols-1"
        style={
          isNarrow
            ? undefined
            : { gridTemplateRows: `repeat(${toRows(placements)}, ${cell.height}px)` }
        }
      >
        {tiles.map((tile) => (
          <div key={tile.id} className="min-h-0 min-w-0" style={toStyle(tile, isNarrow)}>
            <Tile
              project={view.project}
              placement={tile}
              widget={tile.type === 'widget' ? widgets.get(tile.widgetId) : undefined}
              filters={dashboard.filters}
              span={view.span}
              actions={toActions(tile)}
            />
          </div>
        ))}
      </div>
    </div>
  );
}

function toStyle({ x, y, width, height }: Placement, isNarrow: boolean) {
  if (isNarrow) return { height: `${height * (cell.height + cell.gap)}px` };
  return {
    gridColumn: `${x + 1} / span ${width}`,
    gridRow: `${y + 1} / span ${height}`,
  };
}
