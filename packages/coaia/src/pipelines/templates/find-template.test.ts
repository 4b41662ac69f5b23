import { join } from 'node:path';
import { expect, test } from 'vitest';
import { findTemplate } from './find-template.ts';
import { listTemplates } from './list-templates.ts';
import type { StoredTemplates } from './places.ts';
import { makeFolder } from './testing.ts';

const simple = (name: string, more: object = {}) => ({ name, steps: [{ name: 'S' }], ...more });
const stored = (entries: Readonly<Record<string, object>>): StoredTemplates => ({
  read: async (name) =>
    entries[name] === undefined
      ? undefined
      : { text: JSON.stringify(entries[name]), format: 'json' as const },
  list: async () => Object.keys(entries).map((name) => ({ name })),
});

test('project, user, store and program are asked in this order; json before yaml', async () => {
  const places = {
    project: makeFolder({ 'a.json': simple('a', { description: 'project' }) }),
    user: makeFolder({
      'a.json': simple('a', { description: 'user' }),
      'b.yml': 'name: b\ndescription: yml\nsteps: []',
      'b.yaml': 'name: b\ndescription: yaml\nsteps: []',
      'simple-trace.json': simple('simple-trace', { description: 'mine' }),
    }),
    stored: stored({ b: simple('b'), c: simple('c'), 'data-pipeline': simple('data-pipeline') }),
  };
  const find = async (name: string) => {
    const { source, template } = await findTemplate(places, name);
    return [source, template.description];
  };
  expect(await find('a')).toEqual(['project', 'project']);
  expect(await find('b')).toEqual(['user', 'yaml']);
  expect(await find('c')).toEqual(['server', null]);
  expect(await find('simple-trace')).toEqual(['user', 'mine']);
  expect(await find('data-pipeline')).toEqual(['server', null]);
  expect((await find('llm-chain'))[0]).toBe('builtin');
});

test('a broken file is broken, not absent, and does not let another one through', async () => {
  const places = {
    project: makeFolder({ 'simple-trace.json': '{"name": ', 'ok.json': simple('ok') }),
  };
  await expect(findTemplate(places, 'simple-trace')).rejects.toMatchObject({
    code: 'COAIA-5001',
    message: expect.stringContaining('simple-trace.json'),
  });
  const listed = await listTemplates(places);
  const broken = listed.find(({ name }) => name === 'simple-trace');
  expect(broken?.reason).toContain('line 1');
  expect(listed.find(({ name }) => name === 'ok')?.found?.template.name).toBe('ok');
});

test('names never lead out of the folder; paths are written as paths', async () => {
  const folder = makeFolder({ 'x.json': simple('x'), 'in/y.json': simple('y') });
  const places = { project: join(folder, 'in'), cwd: folder };
  for (const name of [
    '..',
    '.',
    '../x',
    'in/y',
    'a..b',
    'x\\y',
    '-x',
    '',
    'x@',
    'x@nonsense',
    '~/x.json',
  ])
    await expect(findTemplate(places, name), name).rejects.toMatchObject({
      code: expect.stringMatching(/^COAIA-500[02]$/),
    });
  await expect(findTemplate(places, 'x')).rejects.toMatchObject({ code: 'COAIA-5000' });
  expect((await findTemplate(places, './x.json')).path).toBe(join(folder, 'x.json'));
  expect((await findTemplate(places, join(folder, 'x.json'))).template.name).toBe('x');
  await expect(findTemplate(places, './x.txt')).rejects.toMatchObject({ code: 'COAIA-5002' });
  await expect(findTemplate(places, './z.json')).rejects.toMatchObject({ code: 'COAIA-5000' });
});

test('versions lie side by side, and a range names the highest that fits', async () => {
  const project = makeFolder({
    'v@1.2.0.json': simple('v', { version: '1.2.0' }),
    'v@1.10.0.yaml': 'name: v\nversion: 1.10.0\nsteps: []',
    'v@2.0.0.json': '{"name": "v", "version": "2.0.0", broken',
  });
  const find = async (reference: string) =>
    (await findTemplate({ project }, reference)).template.version;
  expect(await find('v@1')).toBe('1.10.0');
  expect(await find('v@~1.2')).toBe('1.2.0');
  expect(await find('v@1.2.0')).toBe('1.2.0');
  expect(await find('v@<2')).toBe('1.10.0');
  // The highest is what the bare name means; that it is broken is said.
  await expect(find('v')).rejects.toMatchObject({ code: 'COAIA-5001' });
  await expect(find('v@3')).rejects.toMatchObject({
    code: 'COAIA-5000',
    message: 'No version of the template v lies in 3.',
  });
  const plain = makeFolder({
    'v.json': simple('v', { version: '0.5' }),
    'v@9.0.0.json': simple('v', { version: '9.0.0' }),
  });
  expect((await findTemplate({ project: plain }, 'v')).template.version).toBe('0.5');
  expect((await findTemplate({ project: plain }, 'v@0.5')).template.version).toBe('0.5');
});

test('what a template requires is checked', async () => {
  const need = (requires: object) => ({
    project: makeFolder({
      'a.json': simple('a', { requires }),
      'b.json': simple('b', { version: '1.4' }),
    }),
  });
  await findTemplate(need({ coaia: '>=0.1.0', templates: { b: '^1' } }), 'a');
  for (const [requires, message] of [
    [{ coaia: '>=99' }, 'requires coaia >=99'],
    [{ templates: { b: '^2' } }, 'here is 1.4'],
    [{ templates: { zzz: '*' } }, 'which is not here'],
  ] as const)
    await expect(findTemplate(need(requires), 'a')).rejects.toMatchObject({
      code: 'COAIA-5009',
      message: expect.stringContaining(message),
    });
});

test('a name that is nearly right is offered', async () => {
  await expect(findTemplate({}, 'simple-trce')).rejects.toMatchObject({
    code: 'COAIA-5000',
    hint: expect.stringContaining('simple-trace'),
  });
});
