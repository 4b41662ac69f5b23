import { expect, test } from 'vitest';
import { findTemplate } from './find-template.ts';
import { makeFolder } from './testing.ts';

const base = {
  name: 'base',
  version: '2.0.0',
  description: 'the base',
  author: 'A',
  metadata: { a: 1, b: 2 },
  variables: [
    { name: 'n', type: 'number', default: 1, min: 0 },
    { name: 'gone', default: 'x' },
  ],
  steps: [
    { id: 'first', name: 'First', observation_type: 'SPAN' },
    { name: 'Second', parent: 'first', variables: { input: 1 } },
    { id: 'third', name: 'Third', conditional: 'n > 0' },
  ],
};

const find = (files: Readonly<Record<string, object>>, name = 'child') =>
  findTemplate(
    {
      project: makeFolder(
        Object.fromEntries(Object.entries(files).map(([file, value]) => [`${file}.json`, value])),
      ),
    },
    name,
  );
const extend = async (child: object) =>
  (await find({ base, child: { name: 'child', extends: 'base', ...child } })).template;

test('scalars override, metadata adds up, the version is its own', async () => {
  const template = await extend({ description: 'mine', metadata: { b: 3 } });
  expect(template).toMatchObject({
    name: 'child',
    version: '1.0',
    description: 'mine',
    author: 'A',
    extends: null,
    metadata: { a: 1, b: 3 },
  });
  expect(template.steps).toHaveLength(3);
});

test('variables override by name, field by field, and new ones come after', async () => {
  const { variables } = await extend({
    variables: [{ name: 'new' }, { name: 'n', default: 5 }],
  });
  expect(variables.map(({ name }) => name)).toEqual(['n', 'gone', 'new']);
  expect(variables[0]).toMatchObject({ type: 'number', default: 5, min: 0 });
});

test('steps override by id or name; null takes a field away; remove, before and after', async () => {
  const { steps } = await extend({
    steps: [
      { id: 'third', conditional: null, name: 'Renamed' },
      { name: 'Second', variables: { input: 2 } },
      { name: 'Last' },
      { name: 'Early', before: 'Second' },
      { name: 'Late', after: 'third' },
      { id: 'first', remove: true },
    ],
  });
  expect(steps.map(({ name }) => name)).toEqual(['Early', 'Second', 'Renamed', 'Late', 'Last']);
  expect(steps[1]).toMatchObject({ parent: 'first', variables: { input: 2 } });
  expect(steps[2]).not.toHaveProperty('conditional');
});

test('a step can be moved', async () => {
  const { steps } = await extend({ steps: [{ id: 'third', before: 'first' }] });
  expect(steps.map(({ name }) => name)).toEqual(['Third', 'First', 'Second']);
});

test('a step to remove or to stand beside must be there', async () => {
  for (const step of [
    { name: 'No', remove: true },
    { name: 'X', after: 'nowhere' },
  ])
    await expect(extend({ steps: [step] })).rejects.toMatchObject({ code: 'COAIA-5001' });
});

test('several levels; the bases and their digests are known', async () => {
  const found = await find({
    base,
    middle: { name: 'middle', extends: 'base@^2', variables: [{ name: 'n', default: 7 }] },
    child: { name: 'child', extends: 'middle', steps: [{ name: 'Mine' }] },
  });
  expect(found.template.variables[0]?.default).toBe(7);
  expect(found.template.steps.at(-1)?.name).toBe('Mine');
  expect(found.bases.map(({ name, version }) => `${name}@${version}`)).toEqual([
    'middle@1.0',
    'base@2.0.0',
  ]);
});

test('circles and missing bases are errors, also of versions', async () => {
  for (const files of [
    { child: { name: 'child', extends: 'child' } },
    { child: { name: 'child', extends: 'b' }, b: { name: 'b', extends: 'child' } },
    { child: { name: 'child', extends: 'nobody' } },
    { child: { name: 'child', extends: 'base@^9' }, base },
    { child: { name: 'child', extends: './base.json' }, base },
  ])
    await expect(find(files)).rejects.toMatchObject({ code: 'COAIA-5004' });
  await expect(find({ child: { name: 'child', extends: '../base' }, base })).rejects.toMatchObject({
    code: expect.stringMatching(/COAIA-500[24]/),
  });
});

test('a child of a built-in template inherits all of it', async () => {
  const { template } = await find({
    child: { name: 'child', extends: 'data-pipeline', steps: [{ id: 'load', remove: true }] },
  });
  expect(template.steps.map(({ id }) => id)).toEqual([
    'pipeline',
    'validate',
    'transform',
    'export',
  ]);
});
