/** Layers are written once: Node with its libraries is the same in every image that this machine makes. */
import { createHash } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { mkdir, readFile, rename, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { writeWholeFile } from '#config';
import type { ArchiveEntry, WrittenArchive } from './archive.ts';
import { toComplete, writeArchive } from './archive.ts';
import type { ImageLayer } from './image.ts';

/** Writes a layer into `folder`, or finds it there from before. The name of its file says what is inside. */
export async function writeLayer(
  folder: string,
  entries: readonly ArchiveEntry[],
  note: string,
): Promise<ImageLayer> {
  await mkdir(folder, { recursive: true });
  const stem = join(folder, await hashEntries(entries));
  const [file, facts] = [`${stem}.tar.gz`, `${stem}.json`];
  const known = existsSync(file) ? await readFacts(facts) : undefined;
  if (known !== undefined) return { file, ...known, isCompressed: true, note };
  const draft = `${stem}.${process.pid}.part`;
  const written = await writeArchive(draft, entries);
  await rename(draft, file);
  writeWholeFile(facts, JSON.stringify(written));
  return { file, ...written, isCompressed: true, note };
}

/** Undefined without the file, or when a full disk left it empty. */
async function readFacts(file: string): Promise<WrittenArchive | undefined> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as WrittenArchive;
  } catch {
    return undefined;
  }
}

/** SHA-256 in hex over what is packed, and over the versions of what packs it. */
async function hashEntries(entries: readonly ArchiveEntry[]): Promise<string> {
  const hash = createHash('sha256').update(`1 ${process.versions.zlib} ${process.arch}\n`);
  for (const { path, content, mode, owner } of toComplete(entries)) {
    const kind = content === undefined ? 'folder' : await hashContent(content);
    hash.update(`${JSON.stringify([path, mode, owner, kind])}\n`);
  }
  return hash.digest('hex');
}

/** Files that were hashed in this process, by path, size and time: both images hold the same Node. */
const hashed = new Map<string, string>();

async function hashContent(content: Buffer | string): Promise<string> {
  const hash = createHash('sha256');
  if (typeof content !== 'string') return hash.update(content).digest('hex');
  const { size, mtimeMs } = await stat(content);
  const key = `${content} ${size} ${mtimeMs}`;
  const before = hashed.get(key);
  if (before !== undefined) return before;
  await pipeline(createReadStream(content), hash);
  const digest = hash.digest('hex');
  hashed.set(key, digest);
  return digest;
}
