/** Cuts a long text into parts that a model takes. */
import type { TokenCounter } from './token-counter.ts';

/** Where a text is best cut, the best first. */
const SEAMS: readonly RegExp[] = [/\n\s*\n/g, /\n/g, /[.!?。！？]["')\]]?\s+/g, /\s+/g];

/**
 * Parts in order, together the whole text, none longer than the counter's limit. Each cut is at the end of a
 * paragraph, line, sentence or word; a word that is too long is cut inside.
 */
export async function cutText(text: string, counter: TokenCounter): Promise<readonly string[]> {
  const length = await counter.count(text);
  if (length <= counter.limit || text.length < 2) return [text];
  const parts = Math.ceil(length / counter.limit);
  const at = findCut(text, Math.floor(parts / 2) / parts);
  return [
    ...(await cutText(text.slice(0, at), counter)),
    ...(await cutText(text.slice(at), counter)),
  ];
}

/** The best seam around a fraction of the text. */
function findCut(text: string, fraction: number): number {
  const middle = text.length * fraction;
  // A seam farther away would leave parts of very different length.
  const [from, to] = [middle * 0.75, middle * 1.25];
  for (const seam of SEAMS) {
    const ends = [...text.matchAll(seam)]
      .map((found) => found.index + found[0].length)
      .filter((end) => end >= from && end <= to);
    if (ends.length > 0)
      return ends.reduce((best, end) =>
        Math.abs(end - middle) < Math.abs(best - middle) ? end : best,
      );
  }
  return toWhole(text, Math.max(1, Math.floor(middle)));
}

/** Never between the two halves of one character. */
function toWhole(text: string, at: number): number {
  return /^[\uDC00-\uDFFF]/.test(text.slice(at, at + 1)) ? at + 1 : at;
}
