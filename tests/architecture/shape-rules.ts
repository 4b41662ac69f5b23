/** Rules about files themselves: names, sizes, folders, tables of commands. Same form as rules.ts. */
import { posix } from 'node:path';
import { isTest } from './rules.ts';
import type { SourceFile } from './scan.ts';
import { parseImports } from './scan.ts';

const MAX_LINES = 300;
const forbidden = /^(?:utils?|helpers?|common|core|managers?|services?|types|misc|shared)$/;

/** 300 lines, tests too. */
export function checkSizes(files: readonly SourceFile[]): readonly string[] {
  return files
    .map(({ path, text }) => ({ path, lines: text.split('\n').length - 1 }))
    .filter(({ lines }) => lines > MAX_LINES)
    .map(({ path, lines }) => `${path}: ${lines} lines, ${MAX_LINES} at most`);
}

/** kebab-case names that say what is inside; `index.ts` only as a door. */
export function checkNames(files: readonly SourceFile[]): readonly string[] {
  const breaches: string[] = [];
  for (const { path } of files) {
    const name = posix.basename(path).replace(/\.(?:test\.|testsuite\.)?[^.]+$/, '');
    // A leading underscore, a dollar or a dot is a file router's own spelling of a route.
    const words = path.includes('/routes/')
      ? name.replaceAll(/[_$.]/g, '')
      : name.replace('.config', '').replace('.d', '');
    if (!/^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(words)) breaches.push(`${path}: name is not kebab-case`);
    if (forbidden.test(name)) breaches.push(`${path}: "${name}" says nothing about what is inside`);
    if (
      name === 'index' &&
      path.startsWith('packages/coaia/') &&
      !/^packages\/coaia\/src\/[^/]+\/index\.ts$/.test(path)
    ) {
      breaches.push(`${path}: index.ts is only for the door of a room`);
    }
  }
  return breaches;
}

/** No folder without a file somewhere below, and no folder named for nothing. */
export function checkFolders(folders: ReadonlyMap<string, readonly string[]>): readonly string[] {
  const breaches: string[] = [];
  for (const [path, names] of folders) {
    if (names.length === 0) breaches.push(`${path}: empty folder`);
    if (forbidden.test(posix.basename(path)))
      breaches.push(`${path}: the name says nothing about what is inside`);
  }
  return breaches;
}

interface Row {
  readonly words: string;
  readonly file: string;
}

/** Rows of a `commands.ts`: the literal words and the module each loads. */
export function parseCommandRows(file: SourceFile): readonly Row[] {
  const pattern = /words:\s*'([^']+)'[^]*?import\(\s*'([^']+)'\s*\)/g;
  return [...file.text.matchAll(pattern)].map(([, words = '', target = '']) => ({
    words,
    file: posix.join(posix.dirname(file.path), target),
  }));
}

/** Every command module is in its room's `commands.ts` under its own literal words, and the table loads nothing else. */
export function checkCommands(files: readonly SourceFile[]): readonly string[] {
  const breaches: string[] = [];
  const tables = files.filter(({ path }) => posix.basename(path) === 'commands.ts');
  const rows = tables.flatMap(parseCommandRows);
  for (const table of tables) {
    for (const used of parseImports(table.text)) {
      if (used.kind === 'value' && !/(?:^|\/)commands\.ts$/.test(used.specifier)) {
        breaches.push(
          `${table.path}: imports ${used.specifier}; a command table loads nothing but its own lines`,
        );
      }
    }
  }
  for (const { path, text } of files) {
    if (isTest(path) || !/\bdefineCommand\(/.test(text) || path.endsWith('surface/command.ts'))
      continue;
    const words = /words:\s*'([^']+)'/.exec(text)?.[1];
    if (words === undefined) breaches.push(`${path}: a command without literal words`);
    else if (!rows.some((row) => row.file === path && row.words === words)) {
      breaches.push(`${path}: "${words}" is not in the command table of its room`);
    }
  }
  return breaches;
}

interface RouteFacts {
  readonly method: string;
  readonly path: string;
  readonly operation: string;
  readonly access?: string;
}

const accessRules = new Set(['open', 'project', 'scores', 'page', 'organization', 'either']);

/** Every route says who may call it, stands once in the sources as it is typed, and is declared once. */
export function checkRoutes(
  routes: readonly RouteFacts[],
  files: readonly SourceFile[],
): readonly string[] {
  const literals = new Set(
    files
      .filter(({ path }) => !isTest(path))
      .flatMap(({ text }) => [...text.matchAll(/'(\/[^'\n]*)'/g)].map(([, literal]) => literal)),
  );
  const seen = new Set<string>();
  return routes.flatMap(({ method, path, operation, access }) => {
    const name = `${method} ${path}`;
    const breaches = [
      ...(accessRules.has(access ?? '') ? [] : [`${name}: no access rule`]),
      ...(literals.has(path) ? [] : [`${name}: the path does not stand in the sources`]),
      ...(seen.has(name) || seen.has(operation) ? [`${name}: declared twice (${operation})`] : []),
    ];
    seen.add(name).add(operation);
    return breaches;
  });
}

/** Switched-off lint rules give their reason: `oxlint-disable-next-line rule -- reason`. */
export function checkDisables(files: readonly SourceFile[]): readonly string[] {
  return files.flatMap(({ path, text }) =>
    text
      .split('\n')
      .filter(
        (line) =>
          /\b(?:oxlint|eslint)-disable/.test(line) &&
          !/-disable(?:-next-line|-line)?\s+\S+.*--\s+\S{3,}/.test(line),
      )
      .map((line) => `${path}: ${line.trim()} gives no rule and reason`),
  );
}
