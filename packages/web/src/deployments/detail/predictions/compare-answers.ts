/** A value of an answer by two versions. */
export interface ComparedValue {
  /** `label`, `probability yes`, with the row's number before it where there are several rows. */
  readonly name: string;
  readonly before: unknown;
  readonly after: unknown;
  /** How much larger it is now, for two numbers; `other` for what has no size. */
  readonly change: number | 'same' | 'other';
}

type Row = Readonly<Record<string, unknown>>;

/** Every value of two answers to the same rows, side by side; lists by their classes or places. */
export function toComparedRows(
  before: readonly Row[],
  after: readonly Row[],
  classes: readonly unknown[] = [],
): readonly ComparedValue[] {
  const isSingle = Math.max(before.length, after.length) < 2;
  return Array.from({ length: Math.max(before.length, after.length) }, (_, at) => {
    const [left, right] = [before[at], after[at]].map((row) => toFlat(row ?? {}, classes));
    const names = new Set([...(left?.keys() ?? []), ...(right?.keys() ?? [])]);
    return [...names].map((name) =>
      toCompared(isSingle ? name : `${at + 1} ${name}`, left?.get(name), right?.get(name)),
    );
  }).flat();
}

function toFlat(row: Row, classes: readonly unknown[]): ReadonlyMap<string, unknown> {
  const flat = new Map<string, unknown>();
  for (const [name, value] of Object.entries(row)) {
    if (!Array.isArray(value)) flat.set(name, value);
    else
      for (const [at, one] of value.entries()) {
        const place: unknown = classes.length === value.length ? classes[at] : at + 1;
        flat.set(`${name} ${String(place)}`, one);
      }
  }
  return flat;
}

function toCompared(name: string, before: unknown, after: unknown): ComparedValue {
  const isSame = Object.is(before, after) || JSON.stringify(before) === JSON.stringify(after);
  if (isSame) return { name, before, after, change: 'same' };
  const isSized = typeof before === 'number' && typeof after === 'number';
  return { name, before, after, change: isSized ? after - before : 'other' };
}
