/** How a text is read: CSV with a head, one JSON object per line, or a JSON array of objects. */
export type TableForm = 'csv' | 'jsonl';

/** Columns in the order they are first seen, and a record per row. */
export interface Table {
  readonly columns: readonly string[];
  readonly rows: readonly Readonly<Record<string, unknown>>[];
}

/** The form that a file's name or its first character speaks for. */
export function findTableForm(name: string, text: string): TableForm {
  if (/\.csv$/i.test(name)) return 'csv';
  if (/\.(?:jsonl|ndjson|json)$/i.test(name)) return 'jsonl';
  return /^\s*[[{]/.test(text) ? 'jsonl' : 'csv';
}

/** Reads the text. Throws an Error whose sentence names the row. */
export function parseTable(text: string, form: TableForm): Table {
  const clean = text.replace(/^\uFEFF/, '');
  const rows = form === 'csv' ? parseCsv(clean) : parseJson(clean);
  return { columns: [...new Set(rows.flatMap((row) => Object.keys(row)))], rows };
}

function parseJson(text: string): Table['rows'] {
  if (text.trimStart().startsWith('[')) {
    const list = toJson(text, 'The text');
    return (Array.isArray(list) ? list : []).map((one: unknown, index) =>
      toRecord(one, `Entry ${index + 1}`),
    );
  }
  return text
    .split(/\r?\n/)
    .map((line, index) => ({ line, place: `Line ${index + 1}` }))
    .filter(({ line }) => line.trim() !== '')
    .map(({ line, place }) => toRecord(toJson(line, place), place));
}

function toJson(text: string, place: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw new Error(`${place} is no JSON: ${(error as Error).message}`, { cause: error });
  }
}

function toRecord(value: unknown, place: string): Readonly<Record<string, unknown>> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value))
    return value as Readonly<Record<string, unknown>>;
  throw new Error(`${place} is no JSON object.`);
}

function parseCsv(text: string): Table['rows'] {
  const [head, ...lines] = toCells(text);
  if (head === undefined) return [];
  const repeated = head.find((name, index) => head.indexOf(name) !== index);
  if (repeated !== undefined) throw new Error(`The column ${repeated} is there twice.`);
  return lines.map((cells, index) => {
    if (cells.length !== head.length) {
      throw new Error(
        `Row ${index + 1} has ${cells.length} cells where the head has ${head.length}.`,
      );
    }
    return Object.fromEntries(head.map((name, place) => [name, cells[place] ?? '']));
  });
}

// One cell and what ends it, from where the last one ended (RFC 4180).
const cell = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|\n|\r|$)/y;

function toCells(text: string): readonly (readonly string[])[] {
  const rows: string[][] = [];
  let row: string[] = [];
  cell.lastIndex = 0;
  while (cell.lastIndex < text.length || row.length > 0) {
    const at = cell.lastIndex;
    const match = cell.exec(text);
    if (match === null) throw new Error(`A quote is out of place near character ${at + 1}.`);
    row.push(match[1]?.replaceAll('""', '"') ?? match[2] ?? '');
    if (match[3] === ',') continue;
    if (row.length > 1 || row[0] !== '') rows.push(row);
    row = [];
  }
  return rows;
}
