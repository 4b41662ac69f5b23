/** The files of one window. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { toIso } from '#base';
import type { BlobStore } from '#blobs';
import type { BlobExportRow } from '#store';
import type { FileType } from './export.ts';
import type { ExportTable } from './export-columns.ts';
import type { ExportedFile } from './export-run.ts';
import type { ExportPorts } from './ports.ts';
import { readRows } from './read-rows.ts';
import type { ExportRecord, Window } from './read-rows.ts';
import { openTarget } from './target.ts';
import { toEnding, writeFile } from './write-file.ts';

export interface WindowWork {
  readonly window: Window;
  readonly tables: readonly ExportTable[];
  readonly signal: AbortSignal | undefined;
}

/** All tables of one window. The same window gives the same names, whoever writes it. */
export async function exportWindow(
  ports: ExportPorts,
  row: BlobExportRow,
  { window, tables, signal }: WindowWork,
): Promise<readonly ExportedFile[]> {
  const target = await openTarget(ports, row);
  const folder = await mkdtemp(join(tmpdir(), 'coaia-export-'));
  try {
    const files: ExportedFile[] = [];
    for (const table of tables) {
      const records = toStoppable(readRows(ports.db, row.project_id, table, window), signal);
      files.push(await exportTable(target, row, { table, window, records, folder }));
    }
    return files;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function* toStoppable(
  records: AsyncIterable<ExportRecord>,
  signal: AbortSignal | undefined,
): AsyncGenerator<ExportRecord> {
  for await (const record of records) {
    signal?.throwIfAborted();
    yield record;
  }
}

interface TableWork {
  readonly table: ExportTable;
  readonly window: Window;
  readonly records: AsyncIterable<ExportRecord>;
  readonly folder: string;
}

/** To a file first: a bucket wants to know length and hash before it takes the first byte. */
async function exportTable(
  target: BlobStore,
  row: BlobExportRow,
  { table, window, records, folder }: TableWork,
): Promise<ExportedFile> {
  const format = { fileType: row.file_type as FileType, compressed: row.compressed === 1 };
  const path = join(folder, table.name);
  const { rows, ...expected } = await writeFile(path, format, table.columns, records);
  const time = toIso(window.to)
    .replace(/\.\d+Z$/, 'Z')
    .replaceAll(':', '-');
  const name = `${row.prefix}${toFolderName(row.project_id)}/${table.name}/${time}${toEnding(format)}`;
  await target.write(name, createReadStream(path), expected);
  await rm(path);
  return { table: table.name, name, rows, bytes: expected.length };
}

/** Ids are anybody's texts; those that are no plain word are hashed. */
function toFolderName(projectId: string): string {
  if (/^[\w-]{1,100}$/.test(projectId)) return projectId;
  return createHash('sha256').update(projectId).digest('hex').slice(0, 32);
}
