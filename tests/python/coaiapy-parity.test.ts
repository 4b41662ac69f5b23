/** The same line typed to CoAiAPy and to our program, against one server: what scripts read is the same. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openCoaiapyWalk } from './coaiapy-walk.ts';
import type { CoaiapyWalk } from './coaiapy-walk.ts';
import { openPythonEnv } from './python-env.ts';

const TRACE = '7b0e7a52-3c0e-4f0a-9d0b-5d3c8a1e2f40';
const BATCH = '[{"name":"b1","input":1},{"id":"own","type":"SPAN","parent_observation_id":"p"}]';

describe.each(['0.6.2', '0.4.5'])('beside CoAiAPy %s', async (version) => {
  const found = await openPythonEnv(`coaiapy==${version}`);
  const isMissing = 'missing' in found;
  let walk: CoaiapyWalk;
  beforeAll(async () => {
    if (!('bin' in found)) return;
    walk = await openCoaiapyWalk(found.bin);
    writeFileSync(join(walk.home, 'steps.json'), BATCH);
    const chat =
      '[{"role":"system","content":"Soyez bref — merci"},{"role":"user","content":"{{q}}"}]';
    for (const line of [
      ['prompts', 'create', 'team/greet', 'Héllo 😀 "you"\nand you', '--labels', 'production'],
      ['prompts', 'create', 'chat', chat, '--type', 'chat'],
      ['datasets', 'create', 'qa', '--description', 'd'],
      ['dataset-items', 'create', 'qa', '-i', 'q1', '-e', 'a1'],
      ['dataset-items', 'create', 'qa', '-i', 'q2', '-e', 'a2 é'],
      ['score-configs', 'presets', 'install', 'Helpfulness', 'Overall Quality'],
      ['traces', 'create', TRACE, '-n', 'N', '-s', 's', '-u', 'u'],
      ['traces', 'add-observation', TRACE, 'o1', '-ts', '-n', 'load', '-i', '{"a":1}'],
    ])
      await walk.python(['fuse', ...line]);
  });
  afterAll(() => walk?.close());

  const both = async (...words: readonly string[]) => [
    await walk.python(['fuse', ...words]),
    await walk.coaia(['fuse', ...words]),
  ];

  test.skipIf(isMissing).for([
    ['prompts', 'get', 'team/greet', '-c'],
    ['prompts', 'get', 'team/greet', '-e'],
    ['prompts', 'get', 'team/greet', '--prod', '-c', '-e'],
    ['prompts', 'get', 'chat', '-c'],
    ['prompts', 'get', 'chat', '--label', 'latest', '-e'],
    ['traces', 'create', 't2', '-s', 'S 1', '-u', 'U', '--export-env'],
    ['traces', 'add-observation', 't2', 'x1', '-p', 'p1', '--export-env'],
  ])('the same bytes: %j', async (words) => {
    const [theirs, ours] = await both(...words);
    expect(ours).toBe(theirs);
  });

  test
    .skipIf(isMissing)
    .for([
      ['projects'],
      ['prompts', 'list', '--json'],
      ['prompts', 'get', 'team/greet', '--json'],
      ['datasets', 'list', '--json'],
      ['datasets', 'get', 'qa', '--json'],
      ['scores', 'list', '--json'],
      ['score-configs', 'list', '--json'],
      ['score-configs', 'available', '--json'],
      ['traces', '--json'],
      ['traces', 'trace-view', TRACE, '--json'],
      ['traces', 'session-view', 's', '--json'],
      ['traces', 'get-observation', 'o1', '--json'],
      ['comments', 'list'],
    ])('the same JSON: %j', async (words) => {
    const [theirs = '', ours = ''] = await both(...words);
    expect(JSON.parse(ours)).toEqual(JSON.parse(theirs));
  });

  test.skipIf(isMissing)(
    'the same batch preview, but for the ids that will really be used',
    async () => {
      const words = ['traces', 'add-observations', TRACE, '-f', 'steps.json', '--dry-run'];
      const [theirs = '', ours = ''] = await both(...words);
      const expected = JSON.parse(theirs);
      expected.observations_preview[0].id = `${TRACE}-obs-1`;
      expect(JSON.parse(ours)).toEqual(expected);
    },
  );

  test.skipIf(isMissing).for([['-oft'], ['-gft', '--system-instruction', 'Be brief.']])(
    'the same training lines: %j',
    async (options) => {
      const [theirs = '', ours = ''] = await both('datasets', 'get', 'qa', ...options);
      const parse = (text: string) =>
        text
          .trim()
          .split('\n')
          .map((line) => JSON.parse(line) as unknown);
      expect(parse(ours)).toEqual(parse(theirs));
    },
  );

  test.skipIf(isMissing)('the same presets, with the same labels in the same order', async () => {
    const [theirs = '', ours = ''] = await both('score-configs', 'presets', 'list', '--json');
    const shape = (text: string) =>
      (JSON.parse(text) as Preset[]).map(({ name, dataType, categories, minValue, maxValue }) => [
        name,
        dataType,
        dataType === 'CATEGORICAL' ? categories : [minValue, maxValue],
      ]);
    const byName = (list: readonly unknown[][]) =>
      list.toSorted((left, right) => String(left[0]).localeCompare(String(right[0])));
    expect(byName(shape(ours))).toEqual(byName(shape(theirs)));
  });

  test.skipIf(isMissing)('each reads the cache of score configs that the other wrote', async () => {
    const words = ['score-configs', 'show', 'Helpfulness', '--json'];
    const theirs = await walk.tryPython(['fuse', ...words]);
    const ours = JSON.parse(await walk.coaia(['fuse', ...words]));
    expect(ours).toMatchObject({ name: 'Helpfulness', cached_at: expect.any(String) });
    expect(theirs.stdout).toContain('Helpfulness');
    expect((await walk.tryPython(['fuse', ...words])).stdout).toContain('Cache hit');
  });

  test.skipIf(isMissing)('each reads the score configs that the other exported', async () => {
    await walk.python(['fuse', 'score-configs', 'export', '-o', 'theirs.json']);
    await walk.coaia(['fuse', 'score-configs', 'export', '-o', 'ours.json']);
    const preview = ['score-configs', 'import', '--preview'];
    expect(await walk.coaia(['fuse', ...preview, 'theirs.json'])).toContain('Helpfulness');
    expect(await walk.python(['fuse', ...preview, 'ours.json'])).toContain('Helpfulness');
  });
});

interface Preset {
  readonly name: string;
  readonly dataType: string;
  readonly categories?: unknown;
  readonly minValue?: number | null;
  readonly maxValue?: number | null;
}
