/** `templates.lock`: what was installed, from where, and who had signed it. */
import { join } from 'node:path';
import { createFolder, readJsonFile, updateFile } from '#config';
import { z } from 'zod';

export interface LockEntry {
  readonly version: string;
  /** `sha256:` and hex, of the file's text. */
  readonly digest: string;
  /** As it was typed. */
  readonly source: string;
  /** Fingerprint; null when nobody had signed. */
  readonly publisher: string | null;
  readonly format: 'json' | 'yaml';
}

export type Lock = Readonly<Record<string, LockEntry>>;

const lockFile = z.object({
  templates: z.record(
    z.string(),
    z.object({
      version: z.string(),
      digest: z.string(),
      source: z.string(),
      publisher: z.string().nullable(),
      format: z.enum(['json', 'yaml']),
    }),
  ),
});

/** @param folder The folder `.coaia` of a project, or the home. */
export function readLock(folder: string): Lock {
  const value = readJsonFile(toPath(folder));
  return value === undefined ? {} : lockFile.parse(value).templates;
}

/** Adds entries, in the order of their names, so that two machines write the same file. */
export function addToLock(folder: string, entries: Lock): void {
  createFolder(folder);
  updateFile(toPath(folder), () => {
    const all = Object.entries({ ...readLock(folder), ...entries });
    const templates = Object.fromEntries(all.toSorted(([a], [b]) => (a < b ? -1 : 1)));
    return `${JSON.stringify({ templates }, undefined, 2)}\n`;
  });
}

function toPath(folder: string): string {
  return join(folder, 'templates.lock');
}
