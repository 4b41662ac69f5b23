import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, expect, it } from 'vitest';
import { listEntries, toComplete, writeArchive, writePlainArchive } from './archive.ts';
import { writeLayer } from './layers.ts';
import { writeImage } from './write-image.ts';

const folder = mkdtempSync(join(tmpdir(), 'ao-archive-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('is the same whatever the times, the order and the place of the files', async () => {
  for (const [name, year] of [
    ['one', 2001],
    ['two', 2020],
  ] as const) {
    mkdirSync(join(folder, name, 'deep'), { recursive: true });
    for (const file of name === 'one' ? ['a', 'deep/b'] : ['deep/b', 'a']) {
      writeFileSync(join(folder, name, file), `text of ${file}`);
      utimesSync(join(folder, name, file), new Date(year, 1), new Date(year, 1));
    }
  }
  const written = await Promise.all(
    ['one', 'two'].map(async (name) =>
      writeArchive(join(folder, `${name}.tar.gz`), await listEntries(join(folder, name), 'x')),
    ),
  );
  expect(written[0]).toEqual(written[1]);
  const bytes = readFileSync(join(folder, 'one.tar.gz'));
  expect(bytes[9]).toBe(255);
  expect(gunzipSync(bytes).toString('latin1')).not.toContain(folder);
});

it('has the folders of its files, each once, and the last of two files with one path', () => {
  const entries = toComplete([
    { path: 'b/c/d', content: Buffer.from('1') },
    { path: 'b/c/d', content: Buffer.from('2') },
    { path: 'a', content: Buffer.from('') },
  ]);
  expect(entries.map(({ path }) => path)).toEqual(['a', 'b', 'b/c', 'b/c/d']);
  expect(entries.at(-1)?.content?.toString()).toBe('2');
});

it('keeps a layer that was written before and writes another for other contents', async () => {
  const entries = [{ path: 'a', content: Buffer.from('x') }];
  const first = await writeLayer(join(folder, 'layers'), entries, 'first');
  const before = readFileSync(first.file);
  writeFileSync(first.file, before);
  const again = await writeLayer(join(folder, 'layers'), entries, 'first');
  expect(again).toEqual(first);
  // A full disk may have left its description empty.
  writeFileSync(first.file.replace('.tar.gz', '.json'), '');
  expect(await writeLayer(join(folder, 'layers'), entries, 'first')).toEqual(first);
  const other = await writeLayer(
    join(folder, 'layers'),
    [{ path: 'a', content: Buffer.from('y') }],
    'other',
  );
  expect(other.file).not.toBe(first.file);
  expect(other.contentDigest).not.toBe(first.contentDigest);
});

it('an image that cannot be written leaves nothing behind', async () => {
  const out = join(folder, 'out');
  mkdirSync(out);
  const lost = { digest: '0'.repeat(64), contentDigest: '0'.repeat(64), size: 1, note: 'lost' };
  const layer = { ...lost, file: join(folder, 'lost.tar.gz'), isCompressed: true };
  await expect(writeImage(join(out, 'x.tar'), 'x:1', {}, [layer])).rejects.toMatchObject({
    code: 'ENOENT',
  });
  expect(readdirSync(out)).toEqual([]);
});

it.skipIf(!existsSync('/dev/full'))('a full disk is an error, whoever writes', async () => {
  const entries = [1, 2, 3].map((at) => ({ path: `f${at}`, content: Buffer.alloc(1e6, at) }));
  for (const write of [writePlainArchive, writeArchive])
    await expect(write('/dev/full', entries)).rejects.toMatchObject({ code: 'ENOSPC' });
});
