/**
 * Comma-separated values by RFC 4180. A cell that a spreadsheet would run as a formula is prefixed with an
 * apostrophe (OWASP, CSV injection): it starts with = + - @, a tab or a carriage return and is no number.
 */
export function toCsvCell(value: unknown): string {
  const text = toPlainText(value);
  const risky = /^[=+\-@\t\r]/.test(text) && !/^-?\d+(?:\.\d+)?(?:e[+-]?\d+)?$/i.test(text);
  const safe = risky ? `'${text}` : text;
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

function toPlainText(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return JSON.stringify(value);
}

/** A table with a head line, lines ended by CRLF. */
export function toCsv(head: readonly string[], lines: readonly (readonly unknown[])[]): string {
  return [head, ...lines]
    .map((line) => `${line.map((cell) => toCsvCell(cell)).join(',')}\r\n`)
    .join('');
}
