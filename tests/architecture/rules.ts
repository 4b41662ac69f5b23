/** The rules of the house. Each takes plain data and returns sentences, one per breach; none means kept. */
import { posix } from 'node:path';
import { arrows, clientUsers, keepers } from './arrows.ts';
import type { Import, SourceFile } from './scan.ts';
import { parseImports } from './scan.ts';

const SRC = 'packages/coaia/src/';
const BIN = 'packages/coaia/bin/';

/** Tables that `main` reads without opening the room, so that help and routing stay cheap. */
const SIDE_DOOR = /^packages\/coaia\/src\/[^/]+\/(?:actions|commands|errors|routes|settings)\.ts$/;

/** The folder of the arrow table a file belongs to; undefined outside the program. */
export function folderOf(path: string): string | undefined {
  if (path.startsWith(BIN)) return 'bin';
  return path.startsWith(SRC) ? path.slice(SRC.length).split('/')[0] : undefined;
}

/** Tests, and what only tests use (`testing/`, `stub-*.ts`, `*.testsuite.ts`), may reach anywhere. */
export function isTest(path: string): boolean {
  return /\.test(?:suite)?\.tsx?$|\/testing(?:\/|\.ts$)|\/(?:stub|open-test)-[^/]*$/.test(path);
}

/** Where an import of the program leads: a file path (may be a door), or undefined for a library. */
export function resolveImport(from: string, specifier: string): string | undefined {
  if (specifier.startsWith('.')) return posix.join(posix.dirname(from), specifier);
  const shell = /^#(main|cli|http)\/(.+)$/.exec(specifier);
  if (shell) return `${SRC}${shell[1]}/${shell[2]}.ts`;
  const door = /^#([^/]+)$/.exec(specifier);
  return door ? `${SRC}${door[1]}/index.ts` : undefined;
}

function checkArrow(path: string, from: string, target: string): string | undefined {
  const to = folderOf(target);
  if (to === undefined || to === from) return undefined;
  const allowed = arrows[from];
  if (allowed === undefined) return `${path}: folder ${from} is not in the arrow table`;
  return allowed.includes(to) ? undefined : `${path}: ${from} must not import ${to}`;
}

function checkDoor(
  path: string,
  from: string,
  specifier: string,
  target: string,
): string | undefined {
  const to = folderOf(target);
  if (to === undefined)
    return specifier.startsWith('.')
      ? `${path}: ${specifier} leaves the program's sources`
      : undefined;
  if (from === 'main' && SIDE_DOOR.test(target)) return undefined;
  if (specifier.startsWith('.') && to !== from && from !== 'bin')
    return `${path}: ${specifier} walks around the door of ${to}; import '#${to}'`;
  if (specifier === `#${from}`)
    return `${path}: a file imports the door of its own folder; import './x.ts'`;
  return undefined;
}

function checkLibrary(path: string, from: string, used: Import): string | undefined {
  if (used.specifier === '@coaia/client') {
    const ok = used.kind === 'type' || clientUsers.includes(from);
    return ok
      ? undefined
      : `${path}: only ${clientUsers.join(' and ')} import @coaia/client at run time; use import type`;
  }
  const name = /^(?:@[^/]+\/)?[^/]+/.exec(used.specifier)?.[0] ?? '';
  const owners = keepers[name];
  if (owners === undefined || owners.includes(from) || used.kind === 'type') return undefined;
  return `${path}: ${name} belongs to ${owners.join(', ')}`;
}

/** Arrows, doors and kept libraries. */
export function checkImports(files: readonly SourceFile[]): readonly string[] {
  const breaches: (string | undefined)[] = [];
  for (const file of files) {
    const from = folderOf(file.path);
    if (from === undefined || isTest(file.path)) continue;
    for (const used of parseImports(file.text)) {
      const target = resolveImport(file.path, used.specifier);
      if (target === undefined) breaches.push(checkLibrary(file.path, from, used));
      else
        breaches.push(
          checkDoor(file.path, from, used.specifier, target) ?? checkArrow(file.path, from, target),
        );
    }
  }
  return breaches.filter((breach) => breach !== undefined);
}

/** Circles of static imports, types included; `import()` breaks a circle on purpose. Each is reported once. */
export function findCycles(files: readonly SourceFile[]): readonly string[] {
  const known = new Map(files.map((file) => [file.path, file] as const));
  const state = new Map<string, 'open' | 'done'>();
  const cycles: string[] = [];
  const visit = (path: string, trail: readonly string[]) => {
    if (state.get(path) === 'done') return;
    if (state.get(path) === 'open') {
      cycles.push([...trail.slice(trail.indexOf(path)), path].join(' -> '));
      return;
    }
    state.set(path, 'open');
    const text = known.get(path)?.text ?? '';
    for (const used of parseImports(text)) {
      const target = used.kind === 'lazy' ? undefined : resolveImport(path, used.specifier);
      if (target !== undefined && known.has(target)) visit(target, [...trail, path]);
    }
    state.set(path, 'done');
  };
  for (const path of known.keys()) visit(path, []);
  return cycles;
}

/** Only types of the program cross into the page, and nothing of the page into the program. */
export function checkPage(files: readonly SourceFile[]): readonly string[] {
  return files.flatMap((file) =>
    parseImports(file.text)
      .filter(
        (used) =>
          /^coaia(?:\/|$)/.test(used.specifier) ||
          /packages\/coaia|\/coaia\/src/.test(used.specifier),
      )
      .filter((used) => used.kind !== 'type')
      .map(
        (used) =>
          `${file.path}: the page imports ${used.specifier} at run time; only import type crosses`,
      ),
  );
}
