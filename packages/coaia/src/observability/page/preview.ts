/** The beginning of a stored JSON value as text for a list. */

/** Characters of a preview. */
const LENGTH = 200;

/** A stored text loses its quotes and escapes, also when it was cut in the middle; other JSON stays as it is. */
export function toPreview(stored: string | null): string | null {
  if (stored === null) return null;
  const text = stored.startsWith('"') ? toPlain(stored) : stored;
  return toWhole(text.slice(0, LENGTH));
}

function toPlain(stored: string): string {
  try {
    return JSON.parse(stored) as string;
  } catch {
    // Cut off: drop an escape that lost its end, then close the quote.
    const cut = stored.replace(/\\(?:u[\dA-Fa-f]{0,3})?$/, '');
    const escaped = /(?:^|[^\\])(?:\\\\)*\\$/.test(cut) ? cut.slice(0, -1) : cut;
    try {
      return JSON.parse(`${escaped}"`) as string;
    } catch {
      return stored.slice(1);
    }
  }
}

/** Half a surrogate pair at the end would show as a replacement character. */
function toWhole(text: string): string {
  return /[\uD800-\uDBFF]$/.test(text) ? text.slice(0, -1) : text;
}
