/** Archives that are the same bytes whenever they hold the same: one order, one time, one owner. */
import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { pack } from 'tar-stream';
import type { Pack } from 'tar-stream';

/** One thing in an archive. Paths are relative, with slashes, without a slash at the end. */
export interface ArchiveEntry {
  readonly path: string;
  /** Bytes, or the absolute path of a file that holds them; absent: a folder. */
  readonly content?: Buffer | string;
  /** Permission bits; 0o755 for folders and 0o644 for files when absent. */
  readonly mode?: number;
  /** Number of user and group; 0 when absent. */
  readonly owner?: number;
}

export interface WrittenArchive {
  /** SHA-256 of the file in hex. */
  readonly digest: string;
  /** SHA-256 in hex of the same before it was compressed. */
  readonly contentDigest: string;
  /** Bytes of the file. */
  readonly size: number;
}

/** Every file's time: 1970-01-01T00:00:00Z. */
const TIME = new Date(0);

/** Every regular file below a folder, sorted by name, under `prefix`. Links are followed. */
export async function listEntries(
  folder: string,
  prefix: string,
  isKept: (name: string) => boolean = () => true,
): Promise<readonly ArchiveEntry[]> {
  const names = await readdir(folder, { recursive: true });
  const entries: ArchiveEntry[] = [];
  for (const name of names.map((one) => one.replaceAll('\\', '/'))) {
    if (!isKept(name)) continue;
    const path = join(folder, name);
    if ((await stat(path)).isFile()) entries.push(await toFileEntry(`${prefix}/${name}`, path));
  }
  return entries;
}

/** A file of this machine as an entry: whether it can be run is all that stays of its rights. */
export async function toFileEntry(path: string, file: string): Promise<ArchiveEntry> {
  const { mode } = await stat(file);
  return { path, content: file, mode: (mode & 0o111) === 0 ? 0o644 : 0o755 };
}

/** Entries in order of their paths, with the folders that they lie in; the last of two with one path counts. */
export function toComplete(entries: readonly ArchiveEntry[]): readonly ArchiveEntry[] {
  const all = new Map<string, ArchiveEntry>();
  for (const { path } of entries) {
    const parts = path.split('/');
    for (let count = 1; count < parts.length; count += 1) {
      const folder = parts.slice(0, count).join('/');
      all.set(folder, { path: folder });
    }
  }
  for (const entry of entries) all.set(entry.path, entry);
  return [...all.values()].toSorted((a, b) => (a.path < b.path ? -1 : 1));
}

/** Writes a compressed archive. */
export async function writeArchive(
  file: string,
  entries: readonly ArchiveEntry[],
): Promise<WrittenArchive> {
  const tar = pack();
  const [before, after] = [hashPassing(), hashPassing()];
  const written = pipeline(
    tar,
    before.stream,
    createGzip({ level: 6 }),
    setSystem(),
    after.stream,
    createWriteStream(file),
  );
  await fill(tar, toComplete(entries), written);
  const { digest, size } = after.read();
  return { digest, contentDigest: before.read().digest, size };
}

/** Writes an archive of given bytes without compression, in the given order. */
export async function writePlainArchive(
  file: string,
  entries: readonly ArchiveEntry[],
): Promise<void> {
  const tar = pack();
  await fill(tar, entries, pipeline(tar, createWriteStream(file)));
}

/** Fails as soon as one side does: an entry waits for ever where the file cannot be written. */
async function fill(
  tar: Pack,
  entries: readonly ArchiveEntry[],
  written: Promise<void>,
): Promise<void> {
  const failed = written.then(() => new Promise<never>(() => {}));
  failed.catch(() => undefined);
  try {
    for (const entry of entries) await Promise.race([addEntry(tar, entry), failed]);
    tar.finalize();
  } catch (error) {
    tar.destroy();
    await written.catch(() => undefined);
    throw error;
  }
  await written;
}

async function addEntry(
  tar: Pack,
  { path, content, mode, owner = 0 }: ArchiveEntry,
): Promise<void> {
  const header = { name: path, mtime: TIME, uid: owner, gid: owner, mode: mode ?? 0o644 };
  if (typeof content === 'string') {
    // Layers of a base may be larger than what fits into memory.
    const { size } = await stat(content);
    await pipeline(createReadStream(content), tar.entry({ ...header, size }));
    return;
  }
  await new Promise<void>((resolve, reject) => {
    const onDone = (error?: Error | null) => (error ? reject(error) : resolve());
    if (content === undefined) {
      const folder = { ...header, name: `${path}/`, mode: mode ?? 0o755 };
      tar.entry({ ...folder, type: 'directory' }, onDone);
    } else tar.entry(header, content, onDone).once('error', reject);
  });
}

/** The tenth byte of a gzip file names the system it was made on (RFC 1952, 2.3); 255 is "unknown". */
function setSystem(): Transform {
  let seen = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      if (seen <= 9 && seen + chunk.length > 9) chunk[9 - seen] = 255;
      seen += chunk.length;
      done(null, chunk);
    },
  });
}

function hashPassing() {
  const hash = createHash('sha256');
  let size = 0;
  const stream = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      size += chunk.length;
      done(null, chunk);
    },
  });
  return { stream, read: () => ({ digest: hash.digest('hex'), size }) };
}
