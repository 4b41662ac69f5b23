/** What can be done with the tiles of a dashboard. */
import { createId, notFound } from '#base';
import type { Scope } from '#base';
import type { Placement } from '@coaia/client';
import type { ObservabilityPorts } from '../ports.ts';
import { listPlacements, toPlace } from './dashboard.ts';
import { changeDashboard, requirePlaceable } from './dashboards.ts';
import type { PlacementBody, PlacementPatch } from './schema.ts';

/** Adds a tile. Fails with COAIA-1192 (id taken) and COAIA-1193 (no such widget, outside the grid). */
export async function addPlacement(
  ports: ObservabilityPorts,
  scope: Scope,
  dashboardId: string,
  body: PlacementBody,
): Promise<Placement> {
  const id = body.id ?? createId();
  const dashboard = await changeDashboard(ports, scope, dashboardId, async (row, tx) => {
    const others = listPlacements(row);
    const place = toPlace(body, others);
    const added: Placement =
      body.type === 'widget'
        ? { type: 'widget', id, widgetId: body.widgetId, ...place }
        : { type: 'preset', id, presetId: body.presetId, ...place };
    const widgets = [...others, added];
    await requirePlaceable(tx, ports.db, scope.projectId, widgets);
    return { ...row, definition: JSON.stringify({ widgets }) };
  });
  return requirePlacement(dashboard.definition.widgets, id);
}

/** Moves or resizes a tile. */
export async function updatePlacement(
  ports: ObservabilityPorts,
  scope: Scope,
  dashboardId: string,
  { id, patch }: { readonly id: string; readonly patch: PlacementPatch },
): Promise<Placement> {
  const dashboard = await changeDashboard(ports, scope, dashboardId, async (row, tx) => {
    const old = requirePlacement(listPlacements(row), id);
    const moved: Placement = {
      ...old,
      x: patch.x ?? old.x,
      y: patch.y ?? old.y,
      width: patch.width ?? old.width,
      height: patch.height ?? old.height,
    };
    const widgets = listPlacements(row).map((one) => (one.id === id ? moved : one));
    await requirePlaceable(tx, ports.db, scope.projectId, widgets);
    return { ...row, definition: JSON.stringify({ widgets }) };
  });
  return requirePlacement(dashboard.definition.widgets, id);
}

/** Takes a tile away; its widget stays. */
export async function removePlacement(
  ports: ObservabilityPorts,
  scope: Scope,
  dashboardId: string,
  id: string,
): Promise<void> {
  await changeDashboard(ports, scope, dashboardId, (row) => {
    const widgets = listPlacements(row);
    requirePlacement(widgets, id);
    const left = widgets.filter((one) => one.id !== id);
    return { ...row, definition: JSON.stringify({ widgets: left }) };
  });
}

function requirePlacement(widgets: readonly Placement[], id: string): Placement {
  const found = widgets.find((one) => one.id === id);
  if (found === undefined) throw notFound('Placement', id);
  return found;
}
