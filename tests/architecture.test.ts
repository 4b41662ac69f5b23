/** The house keeps its own rules. Each rule is shown to fail on a bad example in architecture/*.test.ts. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { platformRoutes } from '../packages/coaia/src/http/routes/platform.ts';
import { loadRoutes } from '../packages/coaia/src/main/route-tables.ts';
import { arrows, renderArrows, rooms } from './architecture/arrows.ts';
import { checkImports, checkPage, findCycles, isTest } from './architecture/rules.ts';
import type { Import } from './architecture/scan.ts';
import { parseImports, readFolders, readSources, root } from './architecture/scan.ts';
import {
  checkCommands,
  checkDisables,
  checkFolders,
  checkNames,
  checkRoutes,
  checkSizes,
} from './architecture/shape-rules.ts';

const program = [...readSources('packages/coaia/src'), ...readSources('packages/coaia/bin')];
const page = existsSync(join(root, 'packages/web/src')) ? readSources('packages/web/src') : [];
const client = readSources('packages/client/src');
const around = ['tests', 'scripts', 'bench', 'examples']
  .filter((folder) => existsSync(join(root, folder)))
  .flatMap(readSources);
const everything = [...program, ...page, ...client, ...around];

describe('the house', () => {
  test('arrows, doors and kept libraries', () => expect(checkImports(program)).toEqual([]));
  test('no import cycles', () =>
    expect([...findCycles(program), ...findCycles(page), ...findCycles(client)]).toEqual([]));
  test('only types cross into the page', () => expect(checkPage(page)).toEqual([]));
  test('file sizes', () => expect(checkSizes(everything)).toEqual([]));
  test('file names', () => expect(checkNames(everything)).toEqual([]));
  test('no empty or nameless folders', () =>
    expect(checkFolders(readFolders('packages'))).toEqual([]));
  test('command tables', () => expect(checkCommands(program)).toEqual([]));
  test('routes', async () => {
    expect(checkRoutes([...(await loadRoutes()), ...platformRoutes], program)).toEqual([]);
  });
  test('reasons of switched-off lint rules', () => {
    expect(
      checkDisables(everything.filter(({ path }) => !path.startsWith('tests/architecture/'))),
    ).toEqual([]);
  });

  test('folders of the program are in the arrow table', () => {
    const folders = readFolders('packages/coaia/src').get('packages/coaia/src') ?? [];
    expect(folders.filter((folder) => arrows[folder] === undefined)).toEqual([]);
  });

  test('every room has its page', () => {
    const present = rooms.filter((room) => existsSync(join(root, 'packages/coaia/src', room)));
    expect(
      present.filter((room) => !existsSync(join(root, 'packages/coaia/src', room, 'README.md'))),
    ).toEqual([]);
  });

  test('the client depends on nothing', () => {
    const code = client.filter(({ path }) => !isTest(path));
    // Builtin modules only lazily, so that the page can load the client too.
    const used = code.flatMap(({ text }) => parseImports(text));
    const isOwn = ({ specifier, kind }: Import) =>
      specifier.startsWith('./') || (kind === 'lazy' && specifier.startsWith('node:'));
    expect(used.filter((one) => !isOwn(one))).toEqual([]);
  });

  test('ARCHITECTURE.md shows the same arrows', () => {
    const text = readFileSync(join(root, 'ARCHITECTURE.md'), 'utf8');
    expect(text).toContain(renderArrows());
  });
});
