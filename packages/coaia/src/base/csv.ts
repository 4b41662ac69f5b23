/** CSV as RFC 4180 has it. */

/** One line without its end; lists and objects are JSON, null is empty. */
export function renderCsvRow(values: readonly unknown[]): string {
  return values.map((value) => renderCell(value)).join(',');
}

function renderCell(value: unknown): string {
  if (value === null || value === undefined) return '';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
