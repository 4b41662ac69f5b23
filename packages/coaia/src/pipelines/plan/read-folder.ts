/** Finds the files of a folder that describe something. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { parseFileName } from '../templates/reference.ts';
import type { ObjectKind, SourceFile } from './change.ts';
import { planFailures } from './errors.ts';

/** Largest file that counts. */
const MAX_BYTES = 20_000_000;
/** Most files looked at. */
const MAX_FILES = 20_000;

export type FolderFiles = Readonly<Record<ObjectKind, readonly SourceFile[]>>;

/** The files by kind, in the order of their paths. Links and hidden folders are passed over. Throws COAIA-5300. */
export function readFolder(folder: string): FolderFiles {
  const found: Record<ObjectKind, SourceFile[]> = {
    'score-config': [],
    dataset: [],
    prompt: [],
    template: [],
  };
  for (const path of listPaths(folder)) {
    const kind = toKind(path);
    if (kind !== undefined) found[kind].push({ path, text: readText(join(folder, path)) });
  }
  if (Object.values(found).every((files) => files.length === 0))
    throw planFailures.create('COAIA-5300', `The folder ${folder} describes nothing.`, {
      hint: 'coaia prompts sync --to prompts',
    });
  return found;
}

function listPaths(folder: string): readonly string[] {
  const paths: string[] = [];
  const queue = [folder];
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
    for (const entry of readEntries(next)) {
      const path = join(next, entry.name);
      const isHidden = entry.name.startsWith('.') || entry.name === 'node_modules';
      if (entry.isDirectory() && (!isHidden || entry.name === '.coaia')) queue.push(path);
      else if (entry.isFile()) paths.push(relative(folder, path).replaceAll(sep, '/'));
    }
    if (paths.length > MAX_FILES)
      throw planFailures.create('COAIA-5300', `The folder ${folder} has too many files.`, {
        hint: 'coaia pipeline plan --path coaia',
      });
  }
  return paths.toSorted();
}

function readEntries(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    throw planFailures.create('COAIA-5300', `The folder ${folder} cannot be read.`, {
      cause: error,
    });
  }
}

function readText(path: string): string {
  try {
    if (statSync(path).size <= MAX_BYTES) return readFileSync(path, 'utf8');
  } catch (error) {
    throw planFailures.create('COAIA-5300', `The file ${path} cannot be read.`, { cause: error });
  }
  throw planFailures.create('COAIA-5300', `The file ${path} is larger than 20 MB.`);
}

/** What a file describes, by its name and folder. */
function toKind(path: string): ObjectKind | undefined {
  const parts = path.split('/');
  const name = parts.at(-1) ?? '';
  if (/\.prompt\.ya?ml$/.test(name)) return 'prompt';
  if (/\.dataset\.(?:json|ya?ml)$/.test(name)) return 'dataset';
  if (/(?:^|\.)score-configs\.json$/.test(name)) return 'score-config';
  if (/\.pipeline\.(?:json|ya?ml)$/.test(name)) return 'template';
  return parts.at(-2) === 'templates' && parseFileName(name) !== undefined ? 'template' : undefined;
}
