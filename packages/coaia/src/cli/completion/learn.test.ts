import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { runCoaia } from '../testing.ts';
import { addNames, toPlace } from './cache.ts';
import { learnList } from './learn.ts';
import { findNames } from './names.ts';

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'coaia-learn-'));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

const complete = async (line: string) =>
  (await runCoaia(`__complete ${line}`, { home })).stdout.split('\n').filter(Boolean);

test('what a person creates and uses is offered, what is deleted is not', async () => {
  const options = { home, isTTY: true };
  await runCoaia('fuse traces create t-one -s s-one', options);
  await runCoaia('fuse datasets create d-one', options);
  await runCoaia('fuse datasets create d-two', options);
  expect(await complete('traces')).toEqual(['t-one']);
  expect(await complete('sessions')).toEqual(['s-one']);
  expect(await complete('datasets')).toEqual(['d-two', 'd-one']);
  await runCoaia('fuse datasets delete d-two --yes', options);
  expect(await complete('datasets')).toEqual(['d-one']);
});

test('scripts leave nothing behind, and a failed command teaches nothing', async () => {
  await runCoaia('fuse traces create t-one', { home });
  await runCoaia('fuse prompts get nothing', { home, isTTY: true });
  expect(await complete('traces')).toEqual([]);
  expect(await complete('prompts')).toEqual([]);
});

test('a list that was shown is learnt with what belongs to its rows', () => {
  const names = learnList(
    {},
    {
      things: 'score configs',
      rows: [{ id: 'c1', name: 'tone', categories: [{ label: 'good' }, { label: 'bad' }] }],
    },
  );
  expect(names).toEqual({ 'score-configs': ['tone'], 'labels tone': ['good', 'bad'] });
  const context = { cwd: home, env: {}, home, known: { ...names, 'variables etl': ['source'] } };
  expect(findNames('labels', ['scc', 'apply', 'tone', '--value'], context)).toEqual([
    'good',
    'bad',
  ]);
  expect(findNames('variables', ['pipeline', 'create', 'etl', '--var'], context)).toEqual([
    'source=',
  ]);
});

test('a refresh reads templates and their variables, and what the store has', async () => {
  await runCoaia(
    'fuse score-configs create tone CATEGORICAL --categories \'[{"label":"good","value":1}]\'',
    { home },
  );
  await runCoaia('__complete --refresh', { home });
  expect(await complete('templates')).toContain('simple-trace');
  expect(await complete('variables -- pipeline create simple-trace --var')).toContain(
    'trace_name=',
  );
  expect(await complete('labels -- scc apply tone --value')).toEqual(['good']);
});

test('files name environments and profiles', async () => {
  for (const file of ['.coaia-env.dev', '.coaia-env', '.env.stage', '.env.local'])
    writeFileSync(join(home, file), '');
  writeFileSync(join(home, 'coaia.json'), '{"profiles": {"prod": {}}}');
  expect(await complete('environments')).toEqual(['dev']);
  expect(await complete('profiles')).toEqual(['prod', 'stage', 'dev']);
});

test('what cannot stand on a line is left out; the list has an end', () => {
  expect(addNames({}, 'prompts', ['ok', 'a\nb', '', 'x'.repeat(300)])).toEqual({ prompts: ['ok'] });
  const many = Array.from({ length: 500 }, (_, index) => `p${index}`);
  expect(addNames({}, 'prompts', many)['prompts']).toHaveLength(300);
});

test('names of one server are not offered for another', () => {
  const remote = { kind: 'remote', publicKey: 'pk', secretKey: 'sk' } as const;
  const places = ['https://a.example', 'https://b.example'].map((baseUrl) =>
    toPlace({ ...remote, baseUrl }),
  );
  expect(new Set([...places, toPlace({ kind: 'local' })]).size).toBe(3);
});

test.each([
  '{',
  '[]',
  'null',
  '{"schema":1,"places":3}',
  '{"schema":1,"places":{"local":{"traces":7}}}',
  '\0',
])('a damaged cache %j is forgotten', async (text) => {
  mkdirSync(join(home, '.coaia', 'cache'), { recursive: true });
  writeFileSync(join(home, '.coaia', 'cache', 'completion.json'), text);
  expect((await runCoaia('__complete prompts', { home })).code).toBe(0);
  await runCoaia('fuse traces create t1 -q', { home, isTTY: true });
  expect(await complete('traces')).toContain('t1');
});
