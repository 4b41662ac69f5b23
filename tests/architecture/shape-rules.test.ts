/** Each rule about files can fail: a small bad example for every one. */
import { describe, expect, test } from 'vitest';
import {
  checkCommands,
  checkDisables,
  checkFolders,
  checkNames,
  checkRoutes,
  checkSizes,
} from './shape-rules.ts';

const src = 'packages/coaia/src';

test('a file of 301 lines is too long', () => {
  expect(checkSizes([{ path: 'a.ts', text: 'x\n'.repeat(301) }])).toEqual([
    'a.ts: 301 lines, 300 at most',
  ]);
  expect(checkSizes([{ path: 'a.ts', text: 'x\n'.repeat(300) }])).toEqual([]);
});

describe('names', () => {
  const check = (path: string) => checkNames([{ path, text: '' }]);
  test('are kebab-case', () => {
    expect(check(`${src}/store/openStore.ts`)).toHaveLength(1);
    expect(check(`${src}/store/open_store.test.ts`)).toHaveLength(1);
    expect(check(`${src}/store/open-store.test.ts`)).toEqual([]);
    expect(check('packages/web/src/routes/traces.$traceId.tsx')).toHaveLength(1);
    expect(check('packages/web/src/routes/traces.$trace.tsx')).toEqual([]);
  });
  test('say what is inside', () => {
    for (const name of ['utils', 'helpers', 'common', 'core', 'manager', 'service', 'types']) {
      expect(check(`${src}/store/${name}.ts`)).toHaveLength(1);
    }
  });
  test('index.ts is a door', () => {
    expect(check(`${src}/store/sqlite/index.ts`)).toHaveLength(1);
    expect(check(`${src}/store/index.ts`)).toEqual([]);
  });
});

test('empty folders and nameless folders', () => {
  const folders = new Map([
    ['packages/a', ['b', 'utils', 'c']],
    ['packages/a/b', []],
    ['packages/a/utils', ['x.ts']],
    ['packages/a/c', ['y.ts']],
  ]);
  expect(checkFolders(folders)).toEqual([
    'packages/a/b: empty folder',
    'packages/a/utils: the name says nothing about what is inside',
  ]);
});

describe('command tables', () => {
  const row =
    "{ words: 'fuse traces create', summary: 's', load: () => import('./traces/commands/create.ts') }";
  const table = {
    path: `${src}/observability/commands.ts`,
    text: `import type { CommandEntry } from '#surface';\n${row}`,
  };
  const command = {
    path: `${src}/observability/traces/commands/create.ts`,
    text: "export const command = defineCommand({ words: 'fuse traces create', summary: 's' });",
  };
  test('list every command under its own words', () => {
    expect(checkCommands([table, command])).toEqual([]);
    expect(checkCommands([{ ...table, text: '' }, command])).toHaveLength(1);
    expect(
      checkCommands([{ ...table, text: row.replace('create', 'creat') }, command]),
    ).toHaveLength(1);
    expect(
      checkCommands([table, { ...command, text: 'defineCommand({ words: name })' }]),
    ).toHaveLength(1);
  });
  test('load nothing else', () => {
    const eager = { ...table, text: `import { z } from 'zod';\n${row}` };
    expect(checkCommands([eager, command])).toEqual([
      `${table.path}: imports zod; a command table loads nothing but its own lines`,
    ]);
  });
});

describe('routes', () => {
  const files = [
    { path: `${src}/observability/routes.ts`, text: "path: '/api/x', path: '/api/y'" },
  ];
  const route = { method: 'GET', path: '/api/x', operation: 'x.get', access: 'project' };
  test('say who may call', () => {
    expect(checkRoutes([route], files)).toEqual([]);
    expect(checkRoutes([{ ...route, access: 'anyone' }], files)).toEqual([
      'GET /api/x: no access rule',
    ]);
    const { access: _, ...silent } = route;
    expect(checkRoutes([silent], files)).toHaveLength(1);
  });
  test('stand in the sources as they are typed', () => {
    expect(checkRoutes([{ ...route, path: '/api/z' }], files)).toHaveLength(1);
  });
  test('are declared once', () => {
    const again = { ...route, path: '/api/y' };
    expect(checkRoutes([route, again], files)).toEqual(['GET /api/y: declared twice (x.get)']);
    expect(checkRoutes([route, { ...route, operation: 'x.read' }], files)).toHaveLength(1);
  });
});

test('a lint rule switched off without a reason', () => {
  const check = (text: string) => checkDisables([{ path: 'a.ts', text }]);
  expect(check('// oxlint-disable-next-line eslint/no-console')).toHaveLength(1);
  expect(check('/* eslint-disable */')).toHaveLength(1);
  expect(
    check('// oxlint-disable-next-line eslint/no-console -- the one place that prints'),
  ).toEqual([]);
});
