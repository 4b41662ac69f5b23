import { findEdits } from './edit-script.ts';

/** A run of words; `changed` ones are on this side only. */
export interface Segment {
  readonly text: string;
  readonly changed: boolean;
}

/** One line of a unified diff. */
export interface DiffLine {
  readonly sign: ' ' | '+' | '-';
  readonly segments: readonly Segment[];
}

const words = /[\p{L}\p{N}_]+|\s+|[^\p{L}\p{N}_\s]/gu;

/** Two texts as one list of lines, removals before additions, with the words that differ marked. */
export function toDiffLines(before: string, after: string): readonly DiffLine[] {
  const edits = findEdits(toLines(before), toLines(after));
  const lines: DiffLine[] = [];
  for (const [index, edit] of edits.entries()) {
    if (edit.kind === 'same') lines.push(...edit.items.map((text) => toPlain(' ', text)));
    if (edit.kind === 'remove') {
      const next = edits[index + 1];
      lines.push(...toHunk(edit.items, next?.kind === 'add' ? next.items : []));
    }
    if (edit.kind === 'add' && edits[index - 1]?.kind !== 'remove')
      lines.push(...toHunk([], edit.items));
  }
  return lines;
}

/** How many words came and went. */
export function toDiffCounts(lines: readonly DiffLine[]): {
  readonly added: number;
  readonly removed: number;
} {
  const count = (sign: DiffLine['sign']) =>
    lines
      .filter((line) => line.sign === sign)
      .flatMap((line) => line.segments.filter((segment) => segment.changed))
      .reduce((sum, { text }) => sum + (text.match(/[\p{L}\p{N}_]+/gu)?.length ?? 0), 0);
  return { added: count('+'), removed: count('-') };
}

const toLines = (text: string): readonly string[] => (text === '' ? [] : text.split('\n'));

const toPlain = (sign: DiffLine['sign'], text: string): DiffLine => ({
  sign,
  segments: [{ text, changed: false }],
});

function toHunk(removed: readonly string[], added: readonly string[]): readonly DiffLine[] {
  const edits = findEdits(
    removed.join('\n').match(words) ?? [],
    added.join('\n').match(words) ?? [],
  );
  const same = edits.filter((edit) => edit.kind === 'same').map((edit) => edit.items.join(''));
  const kept = same.join('').replaceAll(/\s/g, '').length;
  const whole = Math.max(removed.join('').length, added.join('').length);
  // Where hardly a word stayed, marks on single words are noise: the lines are marked as a whole.
  const apart = kept * 5 < whole;
  const toSide = (sign: '-' | '+', kind: 'remove' | 'add', lines: readonly string[]) => {
    if (lines.length === 0) return [];
    if (apart) return lines.map((text) => ({ sign, segments: [{ text, changed: true }] }));
    const own = edits.filter((edit) => edit.kind === 'same' || edit.kind === kind);
    return toSegmentLines(
      own.map((edit) => ({ text: edit.items.join(''), changed: edit.kind === kind })),
    ).map((segments) => ({ sign, segments }));
  };
  return [...toSide('-', 'remove', removed), ...toSide('+', 'add', added)];
}

// Segments cut at line ends.
function toSegmentLines(segments: readonly Segment[]): readonly (readonly Segment[])[] {
  const lines: Segment[][] = [[]];
  for (const { text, changed } of segments) {
    for (const [index, part] of text.split('\n').entries()) {
      if (index > 0) lines.push([]);
      if (part !== '') lines.at(-1)?.push({ text: part, changed });
    }
  }
  return lines;
}

/** Lines of a diff with long stretches without a change folded away; `context` lines stay around a change. */
export type FoldedLines = readonly (
  | { readonly kind: 'line'; readonly line: DiffLine; readonly index: number }
  | { readonly kind: 'fold'; readonly from: number; readonly count: number }
)[];

/** Folds what has no change; a fold of fewer than four lines would save nothing. */
export function toFolded(
  lines: readonly DiffLine[],
  open: ReadonlySet<number>,
  context = 3,
): FoldedLines {
  const near = lines.map((_, index) =>
    lines
      .slice(Math.max(0, index - context), index + context + 1)
      .some((line) => line.sign !== ' '),
  );
  const folded: FoldedLines[number][] = [];
  let from = 0;
  while (from < lines.length) {
    let to = from;
    while (to < lines.length && near[to] === false) to += 1;
    if (to - from >= 4 && !open.has(from)) {
      folded.push({ kind: 'fold', from, count: to - from });
    } else {
      to = Math.max(to, from + 1);
      for (let index = from; index < to; index += 1) {
        const line = lines[index];
        if (line !== undefined) folded.push({ kind: 'line', line, index });
      }
    }
    from = to;
  }
  return folded;
}
