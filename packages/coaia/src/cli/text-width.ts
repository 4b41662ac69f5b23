/** How many terminal columns a text takes, and text made safe to print in one line. */

const WIDE =
  /[\u1100-\u115F\u2E80-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60\uFFE0-\uFFE6\u{1F300}-\u{1F64F}\u{1F680}-\u{1F6FF}\u{1F900}-\u{1F9FF}\u{20000}-\u{3FFFD}]/u;
const ZERO = /\p{Mn}|\p{Me}|[\u{200B}-\u{200D}]|[\u{FE00}-\u{FE0F}]/u;

/** Columns of a text without control characters. */
export function toWidth(text: string): number {
  if (/^[\u0020-\u007E]*$/.test(text)) return text.length;
  let width = 0;
  for (const character of text) {
    if (ZERO.test(character)) continue;
    width += WIDE.test(character) ? 2 : 1;
  }
  return width;
}

/** Line breaks and tabs become one space; other control characters go, so a stored text cannot drive the terminal. */
export function toOneLine(text: string): string {
  return text
    .replaceAll(/[\r\n\t]+/g, ' ')
    .replaceAll(/[\p{Cc}\u2028\u2029\u202A-\u202E\u2066-\u2069]/gu, '');
}

/** The same for texts of several lines, whose breaks and tabs stay. */
export function toPlainText(text: string): string {
  return text.replaceAll(/[^\P{Cc}\n\t]|[\u2028\u2029\u202A-\u202E\u2066-\u2069]/gu, '');
}

/** Fills up with spaces to a width in columns. */
export function toPadded(text: string, width: number, align: 'left' | 'right'): string {
  const fill = ' '.repeat(Math.max(0, width - toWidth(text)));
  return align === 'right' ? fill + text : text + fill;
}
