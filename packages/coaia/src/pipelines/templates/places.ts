/** Where templates lie, in the order in which they are looked for. */
import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { readSmallFile } from '#config';
import { isInRange, parseFileName, sortByVersion } from './reference.ts';
import type { TemplateFormat, TemplateSource } from './template.ts';

/** A template as text, from wherever. */
export interface TemplateText {
  readonly name: string;
  readonly source: TemplateSource;
  readonly path: string | null;
  readonly text: string;
  readonly format: TemplateFormat;
}

/** Templates kept with the project, in the local store or on a server. */
export interface StoredTemplates {
  read(
    name: string,
    range: string | undefined,
  ): Promise<{ readonly text: string; readonly format: TemplateFormat } | undefined>;
  list(): Promise<readonly { readonly name: string }[]>;
}

export interface TemplatePlaces {
  /** Folders; absent where a program serves others and reads no files of its own. */
  readonly project?: string;
  readonly user?: string;
  readonly stored?: StoredTemplates;
}

/** The first text with this name, and with a version in the range. */
export async function findText(
  places: TemplatePlaces,
  name: string,
  range?: string,
): Promise<TemplateText | undefined> {
  for (const source of ['project', 'user'] as const) {
    const folder = places[source];
    const found =
      folder === undefined ? undefined : await findInFolder(folder, source, name, range);
    if (found !== undefined) return found;
  }
  const stored = await places.stored?.read(name, range);
  if (stored !== undefined) return { name, source: 'server', path: null, ...stored };
  const { findBuiltIn } = await import('../built-in/built-in.ts');
  const text = await findBuiltIn(name);
  if (text === undefined || !(await isInRange(readVersion(text, 'json') ?? '1.0', range)))
    return undefined;
  return { name, source: 'builtin', path: null, text, format: 'json' };
}

interface FolderFile {
  readonly name: string;
  readonly path: string;
  readonly format: TemplateFormat;
  readonly rank: number;
  /** In the file's name. */
  readonly version?: string;
}

/** The files of a folder that hold templates, by name; a folder that is not there holds none. */
export function listFiles(folder: string): readonly FolderFile[] {
  let files: readonly string[];
  try {
    files = readdirSync(folder);
  } catch {
    return [];
  }
  return files
    .flatMap((file) => {
      const named = parseFileName(file);
      return named === undefined ? [] : [{ ...named, path: join(folder, file) }];
    })
    .toSorted((a, b) => a.rank - b.rank || (a.path < b.path ? -1 : 1));
}

async function findInFolder(
  folder: string,
  source: TemplateSource,
  name: string,
  range: string | undefined,
): Promise<TemplateText | undefined> {
  const files = listFiles(folder).filter((file) => file.name === name);
  const plain = files.find(({ version }) => version === undefined);
  if (range === undefined && plain !== undefined) return readText(plain, source);
  const read = files.flatMap((file) => {
    const found = readText(file, source);
    return found === undefined ? [] : [{ found, version: toVersion(found, file.version) }];
  });
  for (const { found, version } of await sortByVersion(read))
    if (await isInRange(version, range)) return found;
  return undefined;
}

function toVersion({ text, format }: TemplateText, named: string | undefined): string {
  return named ?? readVersion(text, format) ?? '1.0';
}

/** The `version` field, found without understanding the rest, so that a broken file is found as well. */
export function readVersion(text: string, format: TemplateFormat): string | undefined {
  const match =
    format === 'json'
      ? /"version"\s*:\s*"([^"]*)"/.exec(text)
      : /^version\s*:\s*["']?([^"'\s#]+)/m.exec(text);
  return match?.[1];
}

function readText(
  { name, path, format }: FolderFile,
  source: TemplateSource,
): TemplateText | undefined {
  const text = readSmallFile(path);
  return text === undefined ? undefined : { name, source, path, text, format };
}

/** `sha256:` and the hex digest of a template's text. */
export function toDigest(text: string): string {
  return `sha256:${createHash('sha256').update(text).digest('hex')}`;
}
