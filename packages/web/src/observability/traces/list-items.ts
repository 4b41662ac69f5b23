import type { TraceRow } from './trace-row.ts';

/** A line of the grid: a trace, or the head of a group. */
export type ListItem =
  | { readonly kind: 'row'; readonly row: TraceRow }
  | { readonly kind: 'group'; readonly label: string | null; readonly count: number };

/** The rows as lines; grouped, each group stands where its first row stood. */
export function toListItems(
  rows: readonly TraceRow[],
  group: 'session' | 'name' | undefined,
): readonly ListItem[] {
  if (group === undefined) return rows.map((row) => ({ kind: 'row', row }));
  const groups = new Map<string | null, TraceRow[]>();
  for (const row of rows) {
    const key = group === 'session' ? row.sessionId : row.name;
    const members = groups.get(key);
    if (members === undefined) groups.set(key, [row]);
    else members.push(row);
  }
  return [...groups].flatMap(([label, members]): ListItem[] => [
    { kind: 'group', label, count: members.length },
    ...members.map((row): ListItem => ({ kind: 'row', row })),
  ]);
}

/** Index of the next trace from `from` in the direction of `step`, skipping heads; stays when there is none. */
export function findRowIndex(items: readonly ListItem[], from: number, step: number): number {
  const last = items.length - 1;
  let index = Math.min(last, Math.max(0, from));
  const direction = step < 0 ? -1 : 1;
  while (index >= 0 && index <= last && items[index]?.kind === 'group') index += direction;
  if (index < 0 || index > last) return findRowIndexBack(items, from, direction);
  return index;
}

function findRowIndexBack(items: readonly ListItem[], from: number, direction: number): number {
  let index = Math.min(items.length - 1, Math.max(0, from));
  while (index >= 0 && index < items.length && items[index]?.kind === 'group') index -= direction;
  return items[index]?.kind === 'row' ? index : -1;
}
