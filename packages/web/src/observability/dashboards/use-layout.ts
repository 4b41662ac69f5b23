import type { Dashboard, GridPlace, Placement } from '@coaia/client';
import { useQueryClient } from '@tanstack/react-query';
import { useRef, type KeyboardEvent, type PointerEvent } from 'react';
import { addUndo } from '../../lib/undo.ts';
import { addToast } from '../../lib/toasts.ts';
import { dashboardCalls, dashboardQuery, refreshDashboards } from './dashboards-query.ts';
import { cell, columns, toCells, toPlaceAfter, toPlaceBy } from './layout.ts';
import { words } from './messages.ts';

/** Changes of the layout: shown at once, saved after a moment of rest or when the page is left. */
export function useLayout(project: string, dashboard: Dashboard | undefined) {
  const client = useQueryClient();
  const callOff = useRef<() => void>(undefined);
  const id = dashboard?.id ?? '';
  const key = dashboardQuery(project, id).queryKey;
  const save = async (widgets: readonly Placement[], leaving = false) => {
    try {
      await dashboardCalls.update(id, { definition: { widgets } }, leaving);
    } catch {
      addToast({ text: words.saveFailed, tone: 'error' });
      await refreshDashboards(client, project);
    }
  };
  const write = (widgets: readonly Placement[]) => {
    client.setQueryData(key, (old: Dashboard | undefined) =>
      old === undefined ? old : { ...old, definition: { widgets } },
    );
    callOff.current?.();
    callOff.current = runSoon((leaving) => void save(widgets, leaving));
  };
  const read = () => client.getQueryData(key)?.definition.widgets ?? [];
  const place = (tile: string, next: GridPlace) =>
    write(read().map((one) => (one.id === tile ? { ...one, ...next } : one)));
  return {
    onKeyDown(tile: Placement, event: KeyboardEvent) {
      // Keys come faster than the page is drawn: what was written last counts, not what is shown.
      const now = read().find(({ id: one }) => one === tile.id) ?? tile;
      const next = toPlaceAfter(now, event.key, event.shiftKey);
      if (next === undefined) return;
      event.preventDefault();
      place(tile.id, next);
    },
    onDrag: (tile: Placement, event: PointerEvent, form: 'move' | 'resize') =>
      followPointer(tile, event, form, (next) => place(tile.id, next)),
    remove(tile: Placement, name: string) {
      const before = read();
      write(before.filter((one) => one.id !== tile.id));
      const back = async () => {
        write(before);
        await save(before);
      };
      addUndo(words.takenAway(name), back, words.saveFailed);
    },
  };
}

/** After a moment of rest, or at once when the page goes away. Returns how to call it off. */
function runSoon(run: (leaving: boolean) => void): () => void {
  const stop = () => {
    clearTimeout(timer);
    window.removeEventListener('pagehide', leave);
  };
  const act = (leaving: boolean) => {
    stop();
    run(leaving);
  };
  const leave = () => act(true);
  const timer = setTimeout(() => act(false), 400);
  window.addEventListener('pagehide', leave);
  return stop;
}

// Cells are as wide as the grid is now; the tile jumps from cell to cell under the pointer.
function followPointer(
  tile: Placement,
  event: PointerEvent,
  form: 'move' | 'resize',
  place: (next: GridPlace) => void,
): void {
  if (event.button !== 0) return;
  const grid = event.currentTarget.closest<HTMLElement>('[data-grid]');
  const target = event.currentTarget;
  if (grid === null) return;
  const start = { x: event.clientX, y: event.clientY };
  const size = (grid.clientWidth + cell.gap) / columns;
  target.setPointerCapture(event.pointerId);
  const move = (next: Event) => {
    const { clientX, clientY } = next as globalThis.PointerEvent;
    const across = toCells(clientX - start.x, size);
    const down = toCells(clientY - start.y, cell.height + cell.gap);
    place(toPlaceBy(tile, [across, down], form === 'resize'));
  };
  const stop = () => {
    target.removeEventListener('pointermove', move);
    target.removeEventListener('pointerup', stop);
    target.removeEventListener('pointercancel', stop);
  };
  target.addEventListener('pointermove', move);
  target.addEventListener('pointerup', stop);
  target.addEventListener('pointercancel', stop);
}
