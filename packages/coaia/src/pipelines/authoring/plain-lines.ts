/** Texts of templates for the terminal: templates come from others, and none of them may drive it. */
import type { Output } from '#surface';

/** Line breaks and tabs become one space; other control characters go. */
export function toPlainLine(text: string): string {
  return text
    .replaceAll(/[\r\n\t]+/g, ' ')
    .replaceAll(/[\p{Cc}\u2028\u2029\u202A-\u202E\u2066-\u2069]/gu, '');
}

/** The output with lines and notices made plain. */
export function toPlainOutput(out: Output): Pick<Output, 'line' | 'notice' | 'confirm'> {
  return {
    line: (text) => out.line(toPlainLine(text)),
    notice: (text) => out.notice(toPlainLine(text)),
    confirm: (text) => out.confirm(toPlainLine(text)),
  };
}
