/** A stretch of two lists: in both, only in the first, or only in the second. */
export interface Stretch {
  readonly kind: 'same' | 'remove' | 'add';
  readonly items: readonly string[];
}

/** Edits beyond which two lists count as wholly different; keeps the work bounded for long texts. */
const maxEdits = 1200;

/**
 * The shortest way from `before` to `after` (E. Myers, "An O(ND) difference algorithm", 1986), removals before
 * additions. Lists that differ by more than `maxEdits` items come back as one removal and one addition.
 */
export function findEdits(before: readonly string[], after: readonly string[]): readonly Stretch[] {
  const least = Math.min(before.length, after.length);
  let head = 0;
  while (head < least && before[head] === after[head]) head += 1;
  let tail = 0;
  while (tail < least - head && before.at(-1 - tail) === after.at(-1 - tail)) tail += 1;
  const middle = findMiddle(
    before.slice(head, before.length - tail),
    after.slice(head, after.length - tail),
  );
  return [
    toStretch('same', before.slice(0, head)),
    ...middle,
    toStretch('same', before.slice(before.length - tail)),
  ].filter((stretch) => stretch.items.length > 0);
}

const toStretch = (kind: Stretch['kind'], items: readonly string[]): Stretch => ({ kind, items });

function findMiddle(before: readonly string[], after: readonly string[]): readonly Stretch[] {
  const rounds = before.length === 0 || after.length === 0 ? undefined : runRounds(before, after);
  if (rounds === undefined) return [toStretch('remove', before), toStretch('add', after)];
  return toStretches(readBack(rounds, before.length, after.length), before, after);
}

// For each number of edits the furthest place reached on every diagonal; undefined when it takes too many.
function runRounds(
  before: readonly string[],
  after: readonly string[],
): readonly Int32Array[] | undefined {
  const limit = Math.min(maxEdits, before.length + after.length);
  const middle = limit + 1;
  const reach = new Int32Array(2 * limit + 3);
  const rounds: Int32Array[] = [];
  for (let edits = 0; edits <= limit; edits += 1) {
    rounds.push(Int32Array.from(reach));
    for (let diagonal = -edits; diagonal <= edits; diagonal += 2) {
      let x = toStart(reach, middle, diagonal, edits);
      while (x < before.length && x - diagonal < after.length && before[x] === after[x - diagonal])
        x += 1;
      reach[middle + diagonal] = x;
      if (x >= before.length && x - diagonal >= after.length) return rounds;
    }
  }
  return undefined;
}

function isDown(reach: Int32Array, middle: number, diagonal: number, edits: number): boolean {
  if (diagonal === -edits) return true;
  if (diagonal === edits) return false;
  return (reach[middle + diagonal - 1] ?? 0) < (reach[middle + diagonal + 1] ?? 0);
}

function toStart(reach: Int32Array, middle: number, diagonal: number, edits: number): number {
  return isDown(reach, middle, diagonal, edits)
    ? (reach[middle + diagonal + 1] ?? 0)
    : (reach[middle + diagonal - 1] ?? 0) + 1;
}

// The pairs of equal items on the way, found from the end to the start.
function readBack(
  rounds: readonly Int32Array[],
  width: number,
  height: number,
): readonly (readonly [number, number])[] {
  const pairs: (readonly [number, number])[] = [];
  let [x, y] = [width, height];
  for (let edits = rounds.length - 1; edits >= 0; edits -= 1) {
    const reach = rounds[edits] ?? new Int32Array();
    const middle = (reach.length - 1) / 2;
    const from = x - y + (isDown(reach, middle, x - y, edits) ? 1 : -1);
    const startX = edits === 0 ? 0 : (reach[middle + from] ?? 0);
    const startY = edits === 0 ? 0 : startX - from;
    while (x > startX && y > startY) {
      x -= 1;
      y -= 1;
      pairs.push([x, y]);
    }
    [x, y] = [startX, startY];
  }
  return pairs.toReversed();
}

function toStretches(
  pairs: readonly (readonly [number, number])[],
  before: readonly string[],
  after: readonly string[],
): readonly Stretch[] {
  const stretches: Stretch[] = [];
  let [x, y] = [0, 0];
  let same: string[] = [];
  const flush = () => {
    if (same.length > 0) stretches.push(toStretch('same', same));
    same = [];
  };
  for (const [left, right] of [...pairs, [before.length, after.length] as const]) {
    if (left > x || right > y) flush();
    if (left > x) stretches.push(toStretch('remove', before.slice(x, left)));
    if (right > y) stretches.push(toStretch('add', after.slice(y, right)));
    if (left < before.length || right < after.length) same.push(before[left] ?? '');
    [x, y] = [left + 1, right + 1];
  }
  flush();
  return stretches;
}
