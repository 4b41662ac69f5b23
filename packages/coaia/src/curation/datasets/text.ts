/** Values of items as the terminal shows them. */

/** A JSON value or text on one line, cut to a number of characters; nothing for null. */
export function toShort(value: unknown, width: number): string {
  if (value === null || value === undefined) return '';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  const line = text.replaceAll(/\s+/g, ' ').trim();
  return line.length > width ? `${line.slice(0, width - 3)}...` : line;
}

/** `1 item`, `2 items`. */
export function toCount(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
