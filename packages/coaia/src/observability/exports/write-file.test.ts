import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { asyncBufferFromFile, parquetReadObjects } from 'hyparquet';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { ExportColumn } from './export-columns.ts';
import { toEnding, toInert, writeFile } from './write-file.ts';

const column = (name: string, kind: ExportColumn['kind']): ExportColumn => ({
  name,
  kind,
  sql: '',
});
const COLUMNS = [
  column('id', 'text'),
  column('at', 'time'),
  column('cost', 'number'),
  column('flag', 'flag'),
  column('input', 'json'),
];

const RECORDS = [
  { id: 'a', at: '2026-01-02T03:04:05.006Z', cost: 0.1, flag: true, input: { q: 'ä"\n', n: [1] } },
  { id: '=1+1', at: null, cost: -2, flag: false, input: '@SUM(A1)' },
  { id: 'b,c', at: '2026-01-02T03:04:05.006Z', cost: null, flag: null, input: null },
];

let folder = '';
let path = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'coaia-write-'));
  path = join(folder, 'file');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function* give(count = 1): AsyncGenerator<(typeof RECORDS)[number]> {
  for (let round = 0; round < count; round++) yield* RECORDS;
}

it('writes JSON lines and says what became of them', async () => {
  const facts = await writeFile(path, { fileType: 'JSONL', compressed: false }, COLUMNS, give());
  const text = await readFile(path, 'utf8');
  expect(
    text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as unknown),
  ).toEqual(RECORDS);
  expect(facts).toEqual({
    rows: 3,
    length: (await stat(path)).size,
    sha256: createHash('sha256').update(text).digest('hex'),
  });
});

it('writes one JSON array, also of nothing', async () => {
  const format = { fileType: 'JSON', compressed: true } as const;
  await writeFile(path, format, COLUMNS, give());
  expect(JSON.parse(gunzipSync(await readFile(path)).toString())).toEqual(RECORDS);
  await writeFile(path, format, COLUMNS, give(0));
  expect(JSON.parse(gunzipSync(await readFile(path)).toString())).toEqual([]);
});

it('writes CSV in which no cell is a formula', async () => {
  await writeFile(path, { fileType: 'CSV', compressed: false }, COLUMNS, give());
  expect(await readFile(path, 'utf8')).toBe(
    [
      'id,at,cost,flag,input',
      String.raw`a,2026-01-02T03:04:05.006Z,0.1,true,"{""q"":""ä\""\n"",""n"":[1]}"`,
      `'=1+1,,-2,false,'@SUM(A1)`,
      '"b,c",2026-01-02T03:04:05.006Z,,,',
      '',
    ].join('\r\n'),
  );
});

it.each(['=1', '+1', '-1', '@x', '\tx', '\rx'])('makes %j inert', (text) => {
  expect(toInert(text)).toBe(`'${text}`);
});

it('writes Parquet that another reader understands, in several groups of rows', async () => {
  await writeFile(path, { fileType: 'PARQUET', compressed: true }, COLUMNS, give(700));
  const file = await asyncBufferFromFile(path);
  const rows = await parquetReadObjects({ file });
  expect(rows).toHaveLength(2100);
  const at = new Date('2026-01-02T03:04:05.006Z');
  expect(rows.slice(2097)).toEqual([
    { id: 'a', at, cost: 0.1, flag: true, input: JSON.stringify(RECORDS[0]?.input) },
    { id: '=1+1', at: null, cost: -2, flag: false, input: '"@SUM(A1)"' },
    { id: 'b,c', at, cost: null, flag: null, input: null },
  ]);
  await writeFile(path, { fileType: 'PARQUET', compressed: true }, COLUMNS, give(0));
  expect(await parquetReadObjects({ file: await asyncBufferFromFile(path) })).toEqual([]);
});

it('says the kind of file in its name', () => {
  const of = (fileType: 'CSV' | 'PARQUET', compressed: boolean) =>
    toEnding({ fileType, compressed });
  expect([of('CSV', true), of('CSV', false), of('PARQUET', true)]).toEqual([
    '.csv.gz',
    '.csv',
    '.parquet',
  ]);
});
