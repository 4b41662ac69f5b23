import type { GridPlace, Placement } from '@coaia/client';

/** Columns of the grid. */
export const columns = 12;

/** Height of a row and distance between tiles, in pixels. */
export const cell = { height: 36, gap: 12 } as const;

/** The place after a key: arrows move by a cell, with Shift they change the size. Undefined for other keys. */
export function toPlaceAfter(
  place: GridPlace,
  key: string,
  isResize: boolean,
): GridPlace | undefined {
  const steps: Readonly<Record<string, readonly [number, number]>> = {
    ArrowLeft: [-1, 0],
    ArrowRight: [1, 0],
    ArrowUp: [0, -1],
    ArrowDown: [0, 1],
  };
  const step = steps[key];
  return step === undefined ? undefined : toPlaceBy(place, step, isResize);
}

/** The place moved or resized by cells, kept on the grid. */
export function toPlaceBy(
  place: GridPlace,
  [across, down]: readonly [number, number],
  isResize: boolean,
): GridPlace {
  const { x, y, width, height } = place;
  if (isResize)
    return {
      ...place,
      width: limit(width + across, 1, columns - x),
      height: limit(height + down, 1, 100),
    };
  return { ...place, x: limit(x + across, 0, columns - width), y: Math.max(0, y + down) };
}

/** The order in which tiles are read on a narrow window and by assistive technology: row by row. */
export function toReadingOrder(placements: readonly Placement[]): readonly Placement[] {
  return placements.toSorted((a, b) => a.y - b.y || a.x - b.x);
}

/** Rows that a dashboard takes. */
export function toRows(placements: readonly Placement[]): number {
  return placements.reduce((most, { y, height }) => Math.max(most, y + height), 0);
}

/** Cells of a distance in pixels. */
export function toCells(pixels: number, size: number): number {
  return Math.round(pixels / size);
}

function limit(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), high);
}
