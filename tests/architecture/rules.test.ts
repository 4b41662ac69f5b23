/** Each rule of the house can fail: a small bad example for every one, beside the good form. */
import { describe, expect, test } from 'vitest';
import { checkImports, checkPage, findCycles } from './rules.ts';
import { parseImports } from './scan.ts';

const src = 'packages/coaia/src';

function imports(path: string, text: string): readonly string[] {
  return checkImports([{ path: `${src}/${path}`, text }]);
}

describe('reading imports', () => {
  test('values, types and lazy ones, over several lines, not in comments', () => {
    const text = [
      "/** `import { a } from 'example';` */",
      "// import { b } from 'comment';",
      "import { c } from 'value';",
      "import type { D } from 'type';",
      'import {\n  type E,\n  type F,\n} from "types";',
      "import { type G, h } from 'mixed';",
      "export * from './again.ts';",
      "import 'effect';",
      "const lazy = () => import('later');",
    ].join('\n');
    expect(parseImports(text)).toEqual([
      { specifier: 'value', kind: 'value' },
      { specifier: 'type', kind: 'type' },
      { specifier: 'types', kind: 'type' },
      { specifier: 'mixed', kind: 'value' },
      { specifier: './again.ts', kind: 'value' },
      { specifier: 'effect', kind: 'value' },
      { specifier: 'later', kind: 'lazy' },
    ]);
  });
});

describe('arrows', () => {
  test('a floor must not look up', () => {
    expect(imports('base/clock.ts', "import { x } from '#store';")).toEqual([
      `${src}/base/clock.ts: base must not import store`,
    ]);
    expect(imports('store/a.ts', "import { x } from '#base';")).toEqual([]);
  });
  test('a room must not know a stranger, not even lazily or by type', () => {
    expect(imports('observability/a.ts', "const x = () => import('#curation');")).toHaveLength(1);
    expect(imports('observability/a.ts', "import type { X } from '#curation';")).toHaveLength(1);
    expect(imports('curation/a.ts', "import type { X } from '#observability';")).toEqual([]);
  });
  test('a room must not know a shell or main', () => {
    expect(imports('observability/a.ts', "import { x } from '#main/command-tables';")).toHaveLength(
      1,
    );
    expect(imports('http/a.ts', "import { x } from '#cli/run';")).toHaveLength(1);
    expect(imports('cli/a.ts', "import { x } from '#http/serve';")).toEqual([]);
  });
  test('an unknown folder is refused', () => {
    expect(imports('extra/a.ts', "import { x } from '#base';")).toEqual([
      `${src}/extra/a.ts: folder extra is not in the arrow table`,
    ]);
  });
  test('tests may reach further', () => {
    expect(imports('base/clock.test.ts', "import { x } from '#store';")).toEqual([]);
  });
});

describe('doors', () => {
  test('another folder only by its door', () => {
    expect(
      imports('observability/traces/a.ts', "import { x } from '../../store/tables.ts';"),
    ).toEqual([
      `${src}/observability/traces/a.ts: ../../store/tables.ts walks around the door of store; import '#store'`,
    ]);
  });
  test("main reads a room's tables directly, nothing else", () => {
    expect(imports('main/a.ts', "import { x } from '../observability/commands.ts';")).toEqual([]);
    expect(imports('main/a.ts', "import { x } from '../observability/ports.ts';")).toHaveLength(1);
    expect(imports('http/a.ts', "import { x } from '../observability/routes.ts';")).toHaveLength(1);
  });
  test('not the own door, not out of the sources', () => {
    expect(imports('store/a.ts', "import { x } from '#store';")).toHaveLength(1);
    expect(imports('store/a.ts', "import { x } from '../../../web/src/x.ts';")).toHaveLength(1);
    expect(imports('store/sqlite/a.ts', "import { x } from '../b.ts';")).toEqual([]);
  });
});

describe('libraries', () => {
  test('the client at run time only from main and cli', () => {
    expect(
      imports('observability/a.ts', "import { createClient } from '@coaia/client';"),
    ).toHaveLength(1);
    expect(imports('observability/a.ts', "import type { Trace } from '@coaia/client';")).toEqual(
      [],
    );
    expect(imports('main/a.ts', "const c = () => import('@coaia/client');")).toEqual([]);
  });
  test('databases in store, http in its places', () => {
    expect(
      imports('observability/a.ts', "import { DatabaseSync } from 'node:sqlite';"),
    ).toHaveLength(1);
    expect(imports('observability/a.ts', "import { Hono } from 'hono/tiny';")).toHaveLength(1);
    expect(imports('store/sqlite/a.ts', "import { DatabaseSync } from 'node:sqlite';")).toEqual([]);
  });
});

describe('circles', () => {
  const ring = [
    { path: `${src}/store/a.ts`, text: "import { b } from './b.ts';" },
    { path: `${src}/store/b.ts`, text: "import type { C } from './sqlite/c.ts';" },
    { path: `${src}/store/sqlite/c.ts`, text: "import { a } from '../a.ts';" },
  ];
  test('are found through folders and types', () => {
    expect(findCycles(ring)).toEqual([
      [
        `${src}/store/a.ts`,
        `${src}/store/b.ts`,
        `${src}/store/sqlite/c.ts`,
        `${src}/store/a.ts`,
      ].join(' -> '),
    ]);
  });
  test('are found through doors', () => {
    const files = [
      { path: `${src}/access/index.ts`, text: "export * from './a.ts';" },
      { path: `${src}/access/a.ts`, text: "import { b } from '#runs';" },
      { path: `${src}/runs/index.ts`, text: "import { a } from '#access';" },
    ];
    expect(findCycles(files)).toHaveLength(1);
  });
  test('are broken by a lazy import', () => {
    const lazy = { path: `${src}/store/b.ts`, text: "const c = () => import('./sqlite/c.ts');" };
    const open = ring.map((file) => (file.path === lazy.path ? lazy : file));
    expect(findCycles(open)).toEqual([]);
  });
});

test('the page imports types of the program only', () => {
  expect(
    checkPage([{ path: 'packages/web/src/a.ts', text: "import { x } from 'coaia';" }]),
  ).toHaveLength(1);
  expect(
    checkPage([{ path: 'packages/web/src/a.ts', text: "import type { X } from 'coaia';" }]),
  ).toEqual([]);
});
