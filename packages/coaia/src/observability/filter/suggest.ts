/** Did-you-mean for keys and values. */

/**
 * Nearest known words to what was typed, best first, at most three: those that begin with it, then those within
 * two edits (three from eight letters on).
 */
export function findNearest(typed: string, known: readonly string[]): readonly string[] {
  const wanted = typed.toLowerCase();
  const limit = toLimit(wanted.length);
  return known
    .map((word) => ({ word, distance: rank(wanted, word.toLowerCase()) }))
    .filter(({ distance }) => distance <= limit)
    .toSorted((a, b) => a.distance - b.distance || a.word.localeCompare(b.word))
    .slice(0, 3)
    .map(({ word }) => word);
}

function toLimit(length: number): number {
  if (length >= 8) return 3;
  return length >= 4 ? 2 : 1;
}

function rank(wanted: string, word: string): number {
  if (wanted.length >= 3 && word.startsWith(wanted)) return 0.5;
  return editDistance(wanted, word);
}

/** Levenshtein distance with swaps of neighbours counted once (optimal string alignment). */
function editDistance(a: string, b: string): number {
  let before: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    for (let column = 1; column <= b.length; column++) {
      const same = a[row - 1] === b[column - 1];
      const swapped = a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      const best = Math.min(
        (previous[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (previous[column - 1] ?? 0) + (same ? 0 : 1),
      );
      current.push(swapped ? Math.min(best, (before[column - 2] ?? best) + 1) : best);
    }
    before = previous;
    previous = current;
  }
  return previous[b.length] ?? 0;
}
