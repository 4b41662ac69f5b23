/** Differences of texts: by lines, and by words inside the lines that differ. */

export interface DiffPart {
  readonly op: 'same' | 'removed' | 'added';
  readonly text: string;
}

/** Cells of the largest table that is filled; beyond it two pieces simply count as replaced. */
const MAX_CELLS = 4_000_000;

/** Parts that turn one text into the other, whole lines with their breaks. */
export function diffLines(before: string, after: string): readonly DiffPart[] {
  return diffTokens(toLines(before), toLines(after));
}

/** The same by words: runs of letters and digits, runs of spaces, single other characters. */
export function diffWords(before: string, after: string): readonly DiffPart[] {
  return diffTokens(toWords(before), toWords(after));
}

function toLines(text: string): readonly string[] {
  return text.match(/[^\n]*\n|[^\n]+/g) ?? [];
}

function toWords(text: string): readonly string[] {
  return text.match(/[\p{L}\p{N}_]+|\s+|[^\p{L}\p{N}_\s]/gu) ?? [];
}

/** What both begin and end with is set aside; the rest is compared by its longest common subsequence. */
function diffTokens(before: readonly string[], after: readonly string[]): readonly DiffPart[] {
  const start = countSame(before, after, (index, list) => list[index]);
  const rest = Math.min(before.length, after.length) - start;
  const end = Math.min(
    rest,
    countSame(before, after, (index, list) => list[list.length - 1 - index]),
  );
  const parts: DiffPart[] = [];
  add(parts, 'same', before.slice(0, start));
  const left = before.slice(start, before.length - end);
  const right = after.slice(start, after.length - end);
  for (const part of diffMiddle(left, right)) add(parts, part.op, [part.text]);
  add(parts, 'same', before.slice(before.length - end));
  return parts;
}

function countSame(
  before: readonly string[],
  after: readonly string[],
  at: (index: number, list: readonly string[]) => string | undefined,
): number {
  const most = Math.min(before.length, after.length);
  let count = 0;
  while (count < most && at(count, before) === at(count, after)) count++;
  return count;
}

function add(parts: DiffPart[], op: DiffPart['op'], tokens: readonly string[]): void {
  const text = tokens.join('');
  if (text === '') return;
  const last = parts.at(-1);
  if (last?.op === op) parts[parts.length - 1] = { op, text: last.text + text };
  else parts.push({ op, text });
}

function diffMiddle(left: readonly string[], right: readonly string[]): readonly DiffPart[] {
  const width = right.length + 1;
  if (left.length === 0 || right.length === 0 || left.length * width > MAX_CELLS) {
    return [
      { op: 'removed', text: left.join('') },
      { op: 'added', text: right.join('') },
    ];
  }
  return walk(left, right, toLengths(left, right));
}

/** Length of the longest common subsequence of every pair of ends, row by row. */
function toLengths(left: readonly string[], right: readonly string[]): Uint32Array {
  const width = right.length + 1;
  const lengths = new Uint32Array((left.length + 1) * width);
  for (let i = left.length - 1; i >= 0; i--) {
    for (let j = right.length - 1; j >= 0; j--) {
      const at = i * width + j;
      lengths[at] =
        left[i] === right[j]
          ? (lengths[at + width + 1] ?? 0) + 1
          : Math.max(lengths[at + width] ?? 0, lengths[at + 1] ?? 0);
    }
  }
  return lengths;
}

/** Removed comes before added where both are possible. */
function walk(
  left: readonly string[],
  right: readonly string[],
  lengths: Uint32Array,
): readonly DiffPart[] {
  const width = right.length + 1;
  const parts: DiffPart[] = [];
  let i = 0;
  let j = 0;
  while (i < left.length || j < right.length) {
    const [a, b] = [left[i], right[j]];
    if (a !== undefined && a === b) {
      parts.push({ op: 'same', text: a });
      i++;
      j++;
    } else if (a !== undefined && prefersLeft(lengths, i * width + j, width, b)) {
      parts.push({ op: 'removed', text: a });
      i++;
    } else {
      parts.push({ op: 'added', text: b ?? '' });
      j++;
    }
  }
  return parts;
}

function prefersLeft(
  lengths: Uint32Array,
  at: number,
  width: number,
  right: string | undefined,
): boolean {
  return right === undefined || (lengths[at + width] ?? 0) >= (lengths[at + 1] ?? 0);
}
