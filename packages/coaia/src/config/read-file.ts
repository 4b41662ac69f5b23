/** Reads small text files that people and other programs write, without trusting them. */
import { lstatSync, readFileSync, statSync } from 'node:fs';
import type { Stats } from 'node:fs';
import { configErrors } from './errors.ts';

/** Larger files are no settings. */
const MAX_BYTES = 1024 * 1024;

/** The error for a file that cannot be used; `line` counts from 1. */
export function damagedFile(path: string, reason: string, line?: number) {
  const where = line === undefined ? path : `${path}, line ${line}`;
  return configErrors.create('COAIA-0201', `${where}: ${reason}.`, {
    hint: 'repair the file or move it away; coaia doctor lists all files that are read',
  });
}

/**
 * Text of a regular file, without a byte order mark; undefined when there is no such file. Never waits on a
 * pipe. Throws COAIA-0201 for anything that is not a readable UTF-8 text of at most 1 MB.
 */
export function readSmallFile(path: string): string | undefined {
  const stats = findStats(path);
  if (stats === undefined) return undefined;
  if (!stats.isFile()) throw damagedFile(path, `is ${toKind(stats)}, not a file`);
  if (stats.size > MAX_BYTES) throw damagedFile(path, 'is larger than 1 MB');
  const bytes = readBytes(path);
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw damagedFile(path, 'is not UTF-8 text');
  }
  const zero = text.indexOf('\0');
  if (zero !== -1) throw damagedFile(path, 'contains zero bytes', toLine(text, zero));
  return text;
}

function readBytes(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    throw damagedFile(
      path,
      `cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown'})`,
    );
  }
}

/** Follows links; a link that leads nowhere is an error, not an absent file. */
export function findStats(path: string): Stats | undefined {
  const own = findOwnStats(path);
  if (own === undefined || !own.isSymbolicLink()) return own;
  try {
    return statSync(path);
  } catch {
    throw damagedFile(path, 'is a link that leads nowhere');
  }
}

function findOwnStats(path: string): Stats | undefined {
  try {
    return lstatSync(path, { throwIfNoEntry: false });
  } catch (error) {
    const { code = 'unknown' } = error as NodeJS.ErrnoException;
    // A path below something that is no folder does not exist either.
    if (code === 'ENOTDIR' || code === 'ENOENT') return undefined;
    throw damagedFile(path, `cannot be read (${code})`);
  }
}

function toKind(stats: Stats): string {
  if (stats.isDirectory()) return 'a folder';
  if (stats.isFIFO()) return 'a named pipe';
  if (stats.isSocket()) return 'a socket';
  return 'a device';
}

/** Line number of a position, from 1. */
export function toLine(text: string, position: number): number {
  let line = 1;
  for (let index = text.indexOf('\n'); index !== -1 && index < position; line++)
    index = text.indexOf('\n', index + 1);
  return line;
}
