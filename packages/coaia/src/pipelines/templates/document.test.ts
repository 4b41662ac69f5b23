import { expect, test } from 'vitest';
import { parseDocument } from './document.ts';
import { readFields, readTemplate } from './read-template.ts';

const read = async (text: string, format: 'json' | 'yaml') =>
  (await parseDocument(text, format)).problem;

test('an error in JSON and YAML has its line', async () => {
  expect(await read('{\n  "name": "x",\n  oops\n}', 'json')).toMatchObject({ line: 3 });
  expect(await read('name: x\nsteps:\n  - a: [1\n', 'yaml')).toMatchObject({ line: 4 });
  expect(await read('name: x\nname: y\n', 'yaml')).toMatchObject({ line: 2 });
});

test('aliases that blow up, deep nesting, size and zero bytes are refused at once', async () => {
  const bomb = [
    'a: &a [x,x,x,x,x,x,x,x,x]',
    ...'bcdefghi'.split('').map((name, index) => {
      const before = 'abcdefgh'[index] ?? 'a';
      return `${name}: &${name} [${Array.from({ length: 9 }, () => `*${before}`).join(',')}]`;
    }),
  ].join('\n');
  const start = performance.now();
  expect((await read(bomb, 'yaml'))?.message).toMatch(/aliases/);
  expect((await read('a: &a [*a]', 'yaml'))?.message).toMatch(/aliases|deeply/);
  expect((await read(`x: ${'['.repeat(5000)}`, 'yaml'))?.message).toMatch(/deeply|YAML/);
  expect((await read('['.repeat(100_000), 'json'))?.message).toMatch(/deeply/);
  expect((await read(`"${'x'.repeat(1_000_001)}"`, 'json'))?.message).toMatch(/1 MB/);
  expect((await read('name: "a\0"', 'yaml'))?.message).toMatch(/zero bytes/);
  expect((await read('{"__proto__": {"a": 1}}', 'json'))?.message).toMatch(/__proto__/);
  expect(performance.now() - start).toBeLessThan(2000);
});

test('YAML says yes and dates as text, and runs no tags', async () => {
  const { value } = await parseDocument('a: yes\nb: 2026-01-01\nc: !!js/function "x"', 'yaml');
  expect(value).toMatchObject({ a: 'yes', b: '2026-01-01' });
});

test('a file of CoAiAPy with nulls and a number as version is read', async () => {
  const template = await readTemplate(
    JSON.stringify({
      name: 'old',
      version: 1,
      description: null,
      extends: null,
      metadata: null,
      variables: [{ name: 'a', type: 'string', required: false, default: null, choices: null }],
      steps: [{ name: 'S', observation_type: 'span', parent: null, conditional: null }],
    }),
    'json',
  );
  expect(template).toMatchObject({ version: '1', extends: null, metadata: {} });
  expect(template.steps).toEqual([{ name: 'S', observation_type: 'SPAN' }]);
  expect(template.variables[0]).toEqual({
    name: 'a',
    type: 'string',
    required: false,
    default: null,
  });
});

test('unknown fields are warnings with their place, wrong ones errors', async () => {
  const text =
    '{\n"name": "x",\n"colour": "red",\n"steps": [\n{"name": "S", "shape": 1},\n{"name": 3}]}';
  const { problems } = await readFields(text, 'json');
  expect(problems).toEqual([
    expect.objectContaining({ severity: 'error', path: 'steps.1.name', line: 6 }),
    expect.objectContaining({ severity: 'warning', path: 'colour', line: 3 }),
    expect.objectContaining({ severity: 'warning', path: 'steps.0.shape', line: 5 }),
  ]);
  await expect(readTemplate(text, 'json')).rejects.toMatchObject({ code: 'COAIA-5001' });
});
