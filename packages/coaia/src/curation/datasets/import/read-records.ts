/** Records of a file to import: JSON lines, a JSON array, or CSV. */
import { isObject, parseCsv } from '#base';
import { datasetFailures } from '../errors.ts';

export const IMPORT_FORMATS = ['jsonl', 'csv'] as const;

export type ImportFormat = (typeof IMPORT_FORMATS)[number];

/** The format that was asked for, else by the file's ending, else JSON lines. */
export function findImportFormat(path: string, asked: string | undefined): ImportFormat {
  return (
    IMPORT_FORMATS.find((format) => format === asked) ?? (/\.csv$/i.test(path) ? 'csv' : 'jsonl')
  );
}

/** Fails with COAIA-2111 naming the line. */
export function parseRecords(
  text: string,
  format: ImportFormat,
): readonly Readonly<Record<string, unknown>>[] {
  if (format === 'jsonl')
    return text.trimStart().startsWith('[') ? parseArray(text) : parseLines(text);
  try {
    return parseCsv(text);
  } catch (error) {
    throw unreadable(`The file is no CSV: ${(error as Error).message}.`, error);
  }
}

function parseArray(text: string) {
  const list = parseJson(text, 'The file');
  const objects = Array.isArray(list) ? list : [];
  return objects.map((one: unknown, index) => toRecord(one, `Entry ${index + 1}`));
}

function parseLines(text: string) {
  return text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .map((line, index) => ({ line, place: `Line ${index + 1}` }))
    .filter(({ line }) => line.trim() !== '')
    .map(({ line, place }) => toRecord(parseJson(line, place), place));
}

function parseJson(text: string, place: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw unreadable(`${place} is no JSON: ${(error as Error).message}.`, error);
  }
}

function toRecord(value: unknown, place: string): Readonly<Record<string, unknown>> {
  if (isObject(value)) return value;
  throw unreadable(`${place} is no JSON object.`);
}

function unreadable(message: string, cause?: unknown) {
  return datasetFailures.create('COAIA-2111', message, { cause });
}
