import fc from 'fast-check';
import { expect, test } from 'vitest';
import { findEdits } from './edit-script.ts';
import { toDiffCounts, toDiffLines, toFolded, type DiffLine } from './text-diff-lines.ts';

const toSide = (lines: readonly DiffLine[], sign: '+' | '-') =>
  lines
    .filter((line) => line.sign === ' ' || line.sign === sign)
    .map((line) => line.segments.map(({ text }) => text).join(''))
    .join('\n');

const toMarked = (lines: readonly DiffLine[]) =>
  lines.map(
    ({ sign, segments }) =>
      `${sign}${segments.map(({ text, changed }) => (changed ? `[${text}]` : text)).join('')}`,
  );

test('marks the words that changed and leaves the others', () => {
  const lines = toDiffLines(
    'You are a helpful assistant.\nAnswer in English.',
    'You are a careful assistant.\nAnswer in English.',
  );
  expect(toMarked(lines)).toEqual([
    '-You are a [helpful] assistant.',
    '+You are a [careful] assistant.',
    ' Answer in English.',
  ]);
  expect(toDiffCounts(lines)).toEqual({ added: 1, removed: 1 });
});

test('lines without a common word are marked as a whole', () => {
  expect(toMarked(toDiffLines('alpha beta gamma', 'one two three'))).toEqual([
    '-[alpha beta gamma]',
    '+[one two three]',
  ]);
});

test('an added line is an addition only', () => {
  expect(toMarked(toDiffLines('a\nc', 'a\nb\nc'))).toEqual([' a', '+[b]', ' c']);
});

test('both sides can be read back from the diff of any two texts', () => {
  const text = fc
    .array(fc.constantFrom('a', 'b', ' ', '\n', '{{x}}', 'é', '.', 'word'), { maxLength: 60 })
    .map((parts) => parts.join(''));
  fc.assert(
    fc.property(text, text, (before, after) => {
      const lines = toDiffLines(before, after);
      expect(toSide(lines, '-')).toBe(before);
      expect(toSide(lines, '+')).toBe(after);
    }),
  );
});

test('an edit script is never longer than taking all away and adding all', () => {
  const list = fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 30 });
  fc.assert(
    fc.property(list, list, (before, after) => {
      const edits = findEdits(before, after);
      const kept = edits.filter((edit) => edit.kind !== 'add').flatMap((edit) => edit.items);
      expect(kept).toEqual(before);
      // The greedy result keeps as many items as the longest common subsequence.
      const same = edits.filter((edit) => edit.kind === 'same').flatMap((edit) => edit.items);
      expect(same).toHaveLength(findCommonLength(before, after));
    }),
  );
});

function findCommonLength(before: readonly string[], after: readonly string[]): number {
  let row = Array.from({ length: after.length + 1 }, () => 0);
  for (const left of before) {
    const next = [0];
    for (const [index, right] of after.entries())
      next.push(
        left === right ? (row[index] ?? 0) + 1 : Math.max(next[index] ?? 0, row[index + 1] ?? 0),
      );
    row = next;
  }
  return row.at(-1) ?? 0;
}

test('folds what has no change and opens a fold again', () => {
  const before = Array.from({ length: 30 }, (_, index) => `line ${index}`);
  const after = before.with(15, 'another');
  const lines = toDiffLines(before.join('\n'), after.join('\n'));
  const folded = toFolded(lines, new Set());
  expect(folded.filter((item) => item.kind === 'fold')).toEqual([
    { kind: 'fold', from: 0, count: 12 },
    { kind: 'fold', from: 20, count: 11 },
  ]);
  expect(toFolded(lines, new Set([0, 20])).every((item) => item.kind === 'line')).toBe(true);
});
