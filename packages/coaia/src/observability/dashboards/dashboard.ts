/** A dashboard: placements of widgets on a grid of twelve columns. */
import { fromStored, toIso } from '#base';
import type { DashboardRow } from '#store';
import type { Dashboard, GridPlace, Placement, WidgetFilter } from '@coaia/client';
import { dashboardFailures } from './errors.ts';
import { COLUMNS } from './widget.ts';

/** Size of a tile for which none was asked: half the width. */
const TILE = 6;

/** The row as the API answers it. */
export function toDashboard(row: DashboardRow): Dashboard {
  return {
    id: row.id,
    createdAt: toIso(row.created_at),
    updatedAt: toIso(row.updated_at),
    name: row.name,
    description: row.description,
    definition: { widgets: listPlacements(row) },
    filters: fromStored(row.filters) as unknown as readonly WidgetFilter[],
  };
}

/** The placements in a stored definition. */
export function listPlacements({
  definition,
}: Pick<DashboardRow, 'definition'>): readonly Placement[] {
  return (fromStored(definition) as unknown as Dashboard['definition']).widgets;
}

/** The asked place; what was left out is half a width wide, at the left, below everything else. */
export function toPlace(
  asked: { readonly [K in keyof GridPlace]?: number | null | undefined },
  others: readonly GridPlace[],
): GridPlace {
  const below = Math.max(0, ...others.map(({ y, height }) => y + height));
  const { x, y, width, height } = asked;
  return { x: x ?? 0, y: y ?? below, width: width ?? TILE, height: height ?? TILE };
}

/** Fails with COAIA-1193 when a tile reaches over the right edge of the grid. */
export function requireOnGrid(places: readonly GridPlace[]): void {
  const outside = places.find(({ x, width }) => x + width > COLUMNS);
  if (outside !== undefined)
    throw dashboardFailures.create(
      'COAIA-1193',
      `A tile at x ${outside.x} with the width ${outside.width} reaches over the ${COLUMNS} columns of the grid.`,
    );
}
