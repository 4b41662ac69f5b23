/** Copies of files that a command has written over: in the home, private, encrypted where the file was. */
import { createHash, randomBytes } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { createFolder, homePaths, writeWholeFile } from '#config';
import { shredFile } from './sealed-file.ts';

/** Tells the copies of a file from those of others with its name. */
function toMark(file: string): string {
  return createHash('sha256').update(file).digest('hex').slice(0, 12);
}

/** Copies the file; returns where the copy lies. */
export function copyAside(home: string, file: string): string {
  const folder = homePaths(home).backups;
  createFolder(folder);
  const stamp = new Date().toISOString().replaceAll(/[-:]|\.\d+/g, '');
  const name = `${stamp}-${randomBytes(2).toString('hex')}-${toMark(file)}-${basename(file).replace(/^\./, '')}`;
  const path = join(folder, name);
  writeWholeFile(path, readFileSync(file, 'utf8'), true);
  return path;
}

/** Overwrites and deletes the copies of a plain file that is encrypted now; returns how many there were. */
export function shredCopies(home: string, file: string): number {
  const folder = homePaths(home).backups;
  createFolder(folder);
  const copies = readdirSync(folder).filter((name) => name.includes(`-${toMark(file)}-`));
  for (const name of copies) shredFile(join(folder, name));
  return copies.length;
}
