/** ", did you mean ...?" for words of the template language. */
import { findNearest } from '#base';

export function nearestHint(word: string, known: readonly string[]): string {
  const [nearest] = findNearest(word.slice(0, 40), known);
  return nearest === undefined ? '' : `; did you mean \`${nearest}\`?`;
}
