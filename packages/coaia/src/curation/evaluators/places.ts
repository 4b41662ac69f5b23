/** Cursors of the lists here: the last row's time (or number) and id. */
import { parseCursor, toCursor } from '#base';
import { datasetFailures } from '../datasets/errors.ts';
import type { Place } from './storage.ts';

/** The place after which a list goes on. Fails with COAIA-2104 for a text that is no cursor. */
export function parsePlace(cursor: string | undefined): Place | undefined {
  if (cursor === undefined) return undefined;
  const place = parseCursor(cursor);
  const [version, time, id] = Array.isArray(place) ? (place as readonly unknown[]) : [];
  if (version === 1 && Number.isSafeInteger(time) && typeof id === 'string')
    return { time: time as number, id };
  throw datasetFailures.create('COAIA-2104', 'The cursor is not one of this list.', {
    hint: 'start again without the cursor parameter',
  });
}

/** The cursor after a page, when rows were left over. */
export function toPlaceMeta(
  rows: readonly { readonly created_at: number; readonly id: string }[],
  limit: number,
): { readonly cursor?: string } {
  const last = rows.length > limit ? rows[limit - 1] : undefined;
  return last === undefined ? {} : { cursor: toCursor([1, last.created_at, last.id]) };
}
