/** The lint rules that hold the house are on: each refuses a small bad example in the place it is meant for. */
import { spawnSync } from 'node:child_process';
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { root } from './scan.ts';

const room = 'packages/coaia/src/observability';
const long = (lines: number) => 'void 0;\n'.repeat(lines);

/** Rule, file, text. The file is new in a copy of the repository's configuration. */
const bad: readonly (readonly [string, string, string])[] = [
  [
    'no-floating-promises',
    `${room}/floating.ts`,
    'export function run(): void {\n  Promise.resolve(1);\n}\n',
  ],
  ['no-default-export', `${room}/standard.ts`, 'export default 1;\n'],
  [
    'no-cycle',
    `${room}/ring-a.ts`,
    "import { b } from './ring-b.ts';\nexport const a = (): number => b();\n",
  ],
  [
    'no-cycle',
    `${room}/ring-b.ts`,
    "import { a } from './ring-a.ts';\nexport const b = (): number => a();\n",
  ],
  ['no-restricted-imports', `${room}/deep.ts`, "export * from '#store/tables';\n"],
  ['no-restricted-imports', `${room}/client.ts`, "export { request } from 'node:http';\n"],
  ['no-restricted-imports', `${room}/template.ts`, "export * from 'nunjucks';\n"],
  [
    'no-restricted-globals',
    `${room}/call.ts`,
    "export const call = (): unknown => fetch('https://example.org');\n",
  ],
  ['max-lines)', `${room}/long.ts`, long(301)],
  [
    'max-lines-per-function',
    `${room}/function.ts`,
    `export function run(): void {\n${long(61)}}\n`,
  ],
  [
    'complexity',
    `${room}/complex.ts`,
    `export function run(n: number): number {\n${Array.from({ length: 12 }, (_, i) => `  if (n === ${i}) return ${i};\n`).join('')}  return n;\n}\n`,
  ],
  ['no-explicit-any', `${room}/any.ts`, 'export const x = (value: any): unknown => value;\n'],
  ['no-console', `${room}/print.ts`, "export const print = (): void => console.log('x');\n"],
  ['filename-case', `${room}/camelCase.ts`, 'export const x = 1;\n'],
  [
    'max-lines-per-function',
    'packages/web/src/long.tsx',
    `export function Long() {\n${long(81)}  return null;\n}\n`,
  ],
];

/** The same texts where they are allowed. */
const good: readonly (readonly [string, string])[] = [
  ['packages/coaia/src/egress/client.ts', "export { request } from 'node:http';\n"],
  [
    'packages/client/src/call.ts',
    "export const call = (): unknown => fetch('https://example.org');\n",
  ],
  ['tool.config.ts', 'const config = 1;\nexport default config;\n'],
];

let folder = '';
let output: readonly string[] = [];

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'coaia-lint-'));
  for (const file of ['.oxlintrc.json', 'tsconfig.json', 'package.json'])
    copyFileSync(join(root, file), join(folder, file));
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  for (const [path, text] of [...bad.map(([, ...file]) => file), ...good]) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  const program = join(root, 'node_modules/oxlint/bin/oxlint');
  const result = spawnSync(process.execPath, [program, '--type-aware', '--format=unix', '.'], {
    cwd: folder,
    encoding: 'utf8',
  });
  output = result.stdout.split('\n');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test.each(bad)('%s refuses %s', (rule, path) => {
  expect(output.filter((line) => line.startsWith(`${path}:`) && line.includes(rule))).not.toEqual(
    [],
  );
});

test.each(good)('%s is allowed to', (path) => {
  expect(output.filter((line) => line.startsWith(`${path}:`))).toEqual([]);
});

test('no rule is a warning', () => {
  expect(readFileSync(join(root, '.oxlintrc.json'), 'utf8')).not.toMatch(/"warn"/);
});
