/**
 * The portable backup: gzip of JSON lines. A first line says what it is, a line per table names its columns,
 * each row is an array (bytes as `{"bytes": base64}`), and a last line counts the rows, so that a file that was cut
 * off is recognised.
 */
import { createReadStream, createWriteStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import { isCoaiaError, isObject } from '#base';
import type { SqlValue } from '../database.ts';
import { storeErrors } from '../errors.ts';
import { LATEST_SCHEMA_VERSION } from '../migrations/migrations.ts';
import { BATCH_ROWS } from '../row-batches.ts';
import type { RowBatch, RowSource } from '../row-batches.ts';
import { toNewerStoreError } from '../schema-version.ts';

const FORMAT = 1;
/** Names in a dump become SQL, so nothing else is let through. */
const NAME = /^[a-z][a-z_]{0,60}$/;

/** Writes all rows of `source` to `path` (mode 0600, must not exist) and returns their number. */
export async function writeDump(source: RowSource, path: string): Promise<number> {
  let count = 0;
  async function* toLines(): AsyncIterable<string> {
    yield `${JSON.stringify({ coaia: 'store', format: FORMAT, schema: source.schemaVersion, at: new Date().toISOString() })}\n`;
    let table = '';
    for await (const batch of source.batches()) {
      if (batch.table !== table) {
        table = batch.table;
        yield `${JSON.stringify({ table, columns: batch.columns })}\n`;
      }
      count += batch.rows.length;
      yield `${batch.rows.map((row) => JSON.stringify(row.map(toCell))).join('\n')}\n`;
    }
    yield `${JSON.stringify({ end: count })}\n`;
  }
  await pipeline(
    Readable.from(toLines()),
    createGzip({ level: 6 }),
    createWriteStream(path, { mode: 0o600, flags: 'wx', flush: true }),
  );
  return count;
}

const toCell = (value: SqlValue) =>
  value instanceof Uint8Array ? { bytes: Buffer.from(value).toString('base64') } : value;

/** Opens a portable backup. Its batches reject with COAIA-0112 when the file is damaged or cut off. */
export async function openDump(path: string): Promise<RowSource> {
  const lines = readLines(path);
  const first = await lines.next();
  const head: unknown = first.done === true ? undefined : first.value;
  if (!isObject(head) || head['coaia'] !== 'store' || typeof head['schema'] !== 'number') {
    throw toDamagedError(path, 'it does not begin as one');
  }
  if (head['format'] !== FORMAT || head['schema'] > LATEST_SCHEMA_VERSION) {
    throw toNewerStoreError(path, head['schema']);
  }
  return {
    schemaVersion: head['schema'],
    batches: () => toBatches(path, lines),
    close: async () => {
      await lines.return(undefined);
    },
  };
}

async function* toBatches(path: string, lines: AsyncGenerator): AsyncIterable<RowBatch> {
  let table = '';
  let columns: readonly string[] = [];
  let rows: SqlValue[][] = [];
  let count = 0;
  for await (const line of lines) {
    if (Array.isArray(line)) {
      if (line.length !== columns.length || !line.every(isCell)) {
        throw toDamagedError(path, `row ${count + 1} does not fit its table`);
      }
      count++;
      rows.push(line.map(fromCell));
      if (rows.length < BATCH_ROWS) continue;
    }
    if (rows.length > 0) yield { table, columns, rows };
    rows = [];
    if (Array.isArray(line)) continue;
    if (isObject(line) && line['end'] === count) return;
    ({ table, columns } = toTableHead(path, line));
  }
  throw toDamagedError(path, 'its end is missing');
}

function toTableHead(path: string, line: unknown) {
  if (isObject(line) && typeof line['table'] === 'string' && Array.isArray(line['columns'])) {
    const columns: unknown[] = line['columns'];
    const names = [line['table'], ...columns];
    if (columns.length > 0 && names.every((name) => typeof name === 'string' && NAME.test(name))) {
      return { table: line['table'], columns: columns as string[] };
    }
  }
  throw toDamagedError(path, 'a line is neither a table nor a row');
}

function isCell(value: unknown): boolean {
  if (isObject(value)) return typeof value['bytes'] === 'string';
  return value === null || typeof value === 'string' || typeof value === 'number';
}

const fromCell = (value: unknown): SqlValue =>
  isObject(value) ? Buffer.from(value['bytes'] as string, 'base64') : (value as SqlValue);

async function* readLines(path: string): AsyncGenerator {
  const file = createReadStream(path);
  const gunzip = file.pipe(createGunzip());
  file.on('error', (error) => gunzip.destroy(error));
  const lines = createInterface({ input: gunzip, crlfDelay: Number.POSITIVE_INFINITY });
  try {
    // An error of the stream does not end the loop over its lines by itself.
    gunzip.on('error', () => lines.close());
    for await (const line of lines) yield JSON.parse(line) as unknown;
    if (gunzip.errored !== null) throw gunzip.errored;
  } catch (error) {
    throw isCoaiaError(error) ? error : toDamagedError(path, 'it cannot be unpacked', error);
  } finally {
    lines.close();
    file.destroy();
    gunzip.destroy();
  }
}

export function toDamagedError(path: string, reason: string, cause?: unknown) {
  return storeErrors.create('COAIA-0112', `${path} is not a usable backup: ${reason}.`, { cause });
}
