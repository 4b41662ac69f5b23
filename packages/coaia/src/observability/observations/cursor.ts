/** Where a v2 list goes on: after this start time, trace and observation. */
import { parseCursor, toCursor } from '#base';
import { readFailures } from '../errors.ts';
import { fragment, joinFragments, type Fragment } from '../filter/fragment.ts';
import type { StoredObservation } from './observation.ts';

/** The cursor that continues after this row. */
export function toObservationCursor(
  row: Pick<StoredObservation, 'start_time' | 'trace_id' | 'id'>,
): string {
  return toCursor([row.start_time, row.trace_id, row.id]);
}

/** Rows after the cursor, newest first. Fails with COAIA-1024 for a text that is no cursor of this list. */
export function parseObservationCursor(text: string): Fragment {
  const place = parseCursor(text);
  const [start, trace, id] = Array.isArray(place) ? (place as readonly unknown[]) : [];
  if (!Number.isSafeInteger(start) || typeof trace !== 'string' || typeof id !== 'string') {
    throw readFailures.create('COAIA-1024', 'The cursor is not one of this list.', {
      hint: 'start again without the cursor parameter',
    });
  }
  const time = start as number;
  // The first condition is what the index is entered by; the second only settles ties.
  const before = fragment('o.start_time <= ?', time);
  const tie = fragment(
    'o.start_time < ? OR o.trace_id < ? OR (o.trace_id = ? AND o.id < ?)',
    time,
    trace,
    trace,
    id,
  );
  return joinFragments([before, tie], 'AND') ?? before;
}
