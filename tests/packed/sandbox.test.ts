/** The engine of the sandbox travels with the packed program. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { installPacked } from './install-packed.ts';
import type { Installed } from './install-packed.ts';

let installed: Installed;
beforeAll(async () => {
  installed = await installPacked();
});
afterAll(async () => {
  await installed?.remove();
});

test('an evaluator in TypeScript runs', async () => {
  const source = 'function evaluate(ctx: any) { return { scores: [{ name: "n", value: 1 + 1 }] } }';
  const definition = {
    name: 'n',
    type: 'code',
    sourceCodeLanguage: 'TYPESCRIPT',
    sourceCode: source,
  };
  const file = join(installed.home, 'evaluator.json');
  writeFileSync(file, JSON.stringify(definition));
  await installed.run(['fuse', 'traces', 'create', 't']);
  expect(await installed.run(['evaluators', 'create', '-f', file])).toMatchObject({ code: 0 });
  const tried = await installed.run(['evaluators', 'test', 'n', '--trace', 't', '--json']);
  expect(tried).toMatchObject({ code: 0, stderr: '' });
  expect(JSON.parse(tried.stdout)).toMatchObject({ scores: [{ name: 'n', value: 2 }] });
});
