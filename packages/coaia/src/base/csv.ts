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

/**
 * Records by column name: a header line, then one record a line; quoted cells may hold line breaks. Throws an Error whose message names the record that is wrong.
 */
export function parseCsv(text: string): readonly Readonly<Record<string, string>>[] {
  const [header, ...rows] = toRows(text.replace(/^\uFEFF/, ''));
  if (header === undefined) return [];
  const repeated = header.find((name, index) => header.indexOf(name) !== index);
  if (repeated !== undefined) throw new Error(`the column ${repeated} is there twice`);
  return rows.map((cells, index) => {
    if (cells.length !== header.length)
      throw new Error(
        `record ${index + 1} has ${cells.length} cells where the header has ${header.length}`,
      );
    return Object.fromEntries(header.map((name, place) => [name, cells[place] ?? '']));
  });
}

/** One cell and what ends it, from where the last one ended; a long one takes no place on the stack for each letter. */
const CELL = /(?:"([^"]*(?:""[^"]*)*)"|([^",\r\n]*))(,|\r\n|\n|\r|$)/y;

function toRows(text: string): readonly (readonly string[])[] {
  const rows: string[][] = [];
  let row: string[] = [];
  CELL.lastIndex = 0;
  while (CELL.lastIndex < text.length || row.length > 0) {
    const at = CELL.lastIndex;
    const match = CELL.exec(text);
    if (match === null) throw new Error(`a quote is out of place near character ${at + 1}`);
    row.push(match[1]?.replaceAll('""', '"') ?? match[2] ?? '');
    if (match[3] === ',') continue;
    if (row.length > 1 || row[0] !== '') rows.push(row);
    row = [];
  }
  return rows;
}
