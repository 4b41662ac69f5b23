/** Reads the repository as data: files, and what each imports. Regular expressions, no compiler. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '');

/** A source file: path from the root with forward slashes, and its text. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
}

/** One import. `type`: erased before running. `lazy`: `import()`. */
export interface Import {
  readonly specifier: string;
  readonly kind: 'value' | 'type' | 'lazy';
}

const skipped = new Set(['node_modules', 'dist', 'dist-package', '.git', '.coaia', '.tmp']);

/** Folders below `folder` (relative to the root), deepest included, with the names of their entries. */
export function readFolders(folder: string, from = root): Map<string, readonly string[]> {
  const found = new Map<string, readonly string[]>();
  const visit = (path: string) => {
    const entries = readdirSync(join(from, path), { withFileTypes: true }).filter(
      (entry) => !skipped.has(entry.name),
    );
    found.set(
      path,
      entries.map((entry) => entry.name),
    );
    for (const entry of entries) if (entry.isDirectory()) visit(posix.join(path, entry.name));
  };
  visit(folder);
  return found;
}

/** Every source file below a folder. */
export function readSources(folder: string): readonly SourceFile[] {
  const sources: SourceFile[] = [];
  for (const [path, names] of readFolders(folder)) {
    for (const name of names) {
      if (/\.(?:ts|tsx|mjs|css)$/.test(name)) {
        const file = posix.join(path, name);
        sources.push({ path: file, text: readFileSync(join(root, file), 'utf8') });
      }
    }
  }
  return sources;
}

const STATIC = /^[ \t]*(?:import|export)\s+(type\s+)?([^'";]*?)\s*from\s*['"]([^'"]+)['"]/gm;
const BARE = /^[ \t]*import\s*['"]([^'"]+)['"]/gm;
const LAZY = /\bimport\(\s*['"]([^'"]+)['"]/g;

function isTypeOnly(names: string): boolean {
  const inner = /^\{([^}]*)\}$/.exec(names.trim())?.[1];
  if (inner === undefined) return false;
  const parts = inner
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean);
  return parts.length > 0 && parts.every((part) => part.startsWith('type '));
}

/** What a text imports. Comments are dropped first, so an example in a docstring is no import. */
export function parseImports(text: string): readonly Import[] {
  const code = text.replaceAll(/\/\*[^]*?\*\//g, '').replaceAll(/^\s*\/\/.*$/gm, '');
  const imports: Import[] = [];
  for (const [, type, names = '', specifier = ''] of code.matchAll(STATIC)) {
    imports.push({ specifier, kind: type !== undefined || isTypeOnly(names) ? 'type' : 'value' });
  }
  for (const [, specifier = ''] of code.matchAll(BARE)) imports.push({ specifier, kind: 'value' });
  for (const [, specifier = ''] of code.matchAll(LAZY)) imports.push({ specifier, kind: 'lazy' });
  return imports;
}
