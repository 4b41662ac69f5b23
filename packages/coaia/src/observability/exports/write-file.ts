/** Records into a file of one of the four formats. */
import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { renderCsvRow } from '#base';
import type { ExpectedBytes } from '#blobs';
import type { FileType } from './export.ts';
import type { ExportColumn } from './export-columns.ts';
import type { ExportRecord } from './read-rows.ts';

export interface FileFormat {
  readonly fileType: FileType;
  /** Gzip; Parquet compresses by itself. */
  readonly compressed: boolean;
}

export interface WrittenFile extends ExpectedBytes {
  readonly rows: number;
}

/** `.jsonl.gz` and so on. */
export function toEnding({ fileType, compressed }: FileFormat): string {
  const ending = `.${fileType.toLowerCase()}`;
  return compressed && fileType !== 'PARQUET' ? `${ending}.gz` : ending;
}

/** Writes the file and says what it became. Memory does not grow with the number of records. */
export async function writeFile(
  path: string,
  format: FileFormat,
  columns: readonly ExportColumn[],
  records: AsyncIterable<ExportRecord>,
): Promise<WrittenFile> {
  const counted = { rows: 0 };
  const source = toCounted(records, counted);
  if (format.fileType === 'PARQUET') await writeParquet(path, columns, source);
  else {
    const text = Readable.from(toText(format.fileType, columns, source));
    const target = createWriteStream(path, { mode: 0o600 });
    if (format.compressed) await pipeline(text, createGzip(), target);
    else await pipeline(text, target);
  }
  return { ...counted, ...(await readFacts(path)) };
}

async function* toCounted(
  records: AsyncIterable<ExportRecord>,
  counted: { rows: number },
): AsyncGenerator<ExportRecord> {
  for await (const record of records) {
    counted.rows += 1;
    yield record;
  }
}

async function readFacts(path: string): Promise<ExpectedBytes> {
  const hash = createHash('sha256');
  for await (const piece of createReadStream(path)) hash.update(piece as Uint8Array);
  return { sha256: hash.digest('hex'), length: (await stat(path)).size };
}

async function* toText(
  fileType: Exclude<FileType, 'PARQUET'>,
  columns: readonly ExportColumn[],
  records: AsyncIterable<ExportRecord>,
): AsyncGenerator<string> {
  if (fileType === 'CSV') yield `${renderCsvRow(columns.map(({ name }) => name))}\r\n`;
  if (fileType === 'JSON') yield '[';
  let isFirst = true;
  for await (const record of records) {
    if (fileType === 'CSV') yield `${renderCsvRow(toCells(columns, record))}\r\n`;
    else if (fileType === 'JSONL') yield `${JSON.stringify(record)}\n`;
    else yield `${isFirst ? '\n' : ',\n'}${JSON.stringify(record)}`;
    isFirst = false;
  }
  if (fileType === 'JSON') yield isFirst ? ']\n' : '\n]\n';
}

function toCells(columns: readonly ExportColumn[], record: ExportRecord): readonly unknown[] {
  return columns.map(({ name, kind }) => {
    const value = record[name];
    if (kind === 'json' && value !== null) return toInert(toPlainText(value));
    return typeof value === 'string' ? toInert(value) : value;
  });
}

/** JSON texts are given as they are, other JSON as JSON. */
function toPlainText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** A cell that begins like a formula would be computed by a spreadsheet; with an apostrophe it is text. */
export function toInert(text: string): string {
  return /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
}

const GROUP_ROWS = 500;

const PARQUET_TYPES = {
  text: 'STRING',
  json: 'STRING',
  number: 'DOUBLE',
  flag: 'BOOLEAN',
  time: 'TIMESTAMP',
} as const satisfies Record<ExportColumn['kind'], string>;

async function writeParquet(
  path: string,
  columns: readonly ExportColumn[],
  records: AsyncIterable<ExportRecord>,
): Promise<void> {
  const { fileWriter, parquetWriteRows } = await import('hyparquet-writer');
  await parquetWriteRows({
    writer: fileWriter(path),
    columns: columns.map(({ name, kind }) => ({
      name,
      type: PARQUET_TYPES[kind],
      nullable: true,
    })),
    rows: toTyped(columns, records),
    rowGroupSize: GROUP_ROWS,
  });
}

/** Times as dates, JSON as text. */
async function* toTyped(
  columns: readonly ExportColumn[],
  records: AsyncIterable<ExportRecord>,
): AsyncGenerator<Record<string, unknown>> {
  for await (const record of records)
    yield Object.fromEntries(
      columns.map(({ name, kind }) => {
        const value = record[name] ?? null;
        if (value === null) return [name, null];
        if (kind === 'time') return [name, new Date(value as string)];
        return [name, kind === 'json' ? JSON.stringify(value) : value];
      }),
    );
}
