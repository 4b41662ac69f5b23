import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { runCoaia } from '../testing.ts';
import { fileSchemas } from './file-schemas.ts';

const home = mkdtempSync(join(tmpdir(), 'coaia-schemas-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));

async function isValid(name: string, value: unknown): Promise<boolean> {
  const { stdout } = await runCoaia(`schema ${name}`, { home });
  const schema = z.fromJSONSchema(JSON.parse(stdout) as Parameters<typeof z.fromJSONSchema>[0]);
  return schema.safeParse(value).success;
}

const good: readonly (readonly [string, unknown])[] = [
  ['coaia', { $schema: './x.json', schemaVersion: 1, port: 26_300, offline: 'yes' }],
  [
    'coaia',
    { services: { llm: { url: 'http://127.0.0.1:1/v1', apiKey: 'env:X' } }, stash: 'redis' },
  ],
  [
    'coaia',
    { profiles: { prod: { protected: true } }, d2s_temperature: 0.5, d2s_instruction: 'x' },
  ],
  [
    'coaia',
    { jtaleconf: { host: 'h', port: '6379' }, pollyconf: { key: '' }, mine: [1], mns: { a: 'b' } },
  ],
  ['answers', { services: { langfuse: { baseUrl: 'http://x' } }, secrets: 'env' }],
  ['env', { A: 'x', B: 1, C: { D: true } }],
  [
    'template',
    { name: 'a', steps: [{ name: 's', observation_type: 'SPAN', needs: 'x', retry: 3 }] },
  ],
  ['template', { name: 'a', version: 1, variables: [{ name: 'v', type: 'string', default: 1 }] }],
  [
    'batch',
    [
      {
        id: 'a',
        type: 'SPAN',
        start_time: '251216143022',
        parent: 'x',
        usageDetails: { input: 1 },
      },
    ],
  ],
  [
    'score-configs',
    { configs: [{ name: 'n', dataType: 'NUMERIC', minValue: 0, categories: null }] },
  ],
];

const bad: readonly (readonly [string, unknown])[] = [
  ['coaia', { port: 'x' }],
  ['coaia', { durability: 'none' }],
  ['coaia', { services: { llm: { adress: 'x' } } }],
  ['coaia', { d2s_temperature: 3 }],
  ['coaia', { langfuse_base_url: 'ftp://x' }],
  ['answers', { services: { cloud: {} } }],
  ['answers', { secrets: 'paper' }],
  ['env', { 'A;B': 'x' }],
  ['env', { A: ['x'] }],
  ['template', { name: '../x' }],
  ['template', { name: 'a', steps: [{ retry: 0 }] }],
  ['batch', { id: 'a' }],
  ['batch', [{ colour: 'red' }]],
  ['score-configs', { configs: [{ dataType: 'NUMERIC' }] }],
  [
    'score-configs',
    { configs: [{ name: 'n', dataType: 'CATEGORICAL', categories: [{ label: 'x' }] }] },
  ],
];

test.each(good)('%s takes %j', async (name, value) =>
  expect(await isValid(name, value)).toBe(true),
);
test.each(bad)('%s refuses %j', async (name, value) =>
  expect(await isValid(name, value)).toBe(false),
);

describe('what the program writes and reads fits its schemas', () => {
  test('exported score configs', async () => {
    await runCoaia('fuse score-configs create n NUMERIC --min-value 0 --max-value 1', { home });
    await runCoaia('fuse score-configs export -o configs.json', { home });
    expect(
      await isValid('score-configs', JSON.parse(readFileSync(join(home, 'configs.json'), 'utf8'))),
    ).toBe(true);
  });

  test('batches that are taken', async () => {
    const [, batch] = good.find(([name]) => name === 'batch') ?? [];
    writeFileSync(
      join(home, 'batch.json'),
      JSON.stringify([{ ...(batch as readonly object[])[0], parent: undefined }]),
    );
    await runCoaia('fuse traces create t1', { home });
    expect(
      (await runCoaia('fuse traces add-observations t1 -f batch.json --strict', { home })).code,
    ).toBe(0);
  });

  test('settings that are taken', async () => {
    for (const [, value] of good.filter(([name]) => name === 'coaia')) {
      writeFileSync(join(home, 'coaia.json'), JSON.stringify(value));
      expect((await runCoaia('config validate', { home })).code, JSON.stringify(value)).toBe(0);
    }
    for (const [, value] of bad
      .filter(([name]) => name === 'coaia')
      .filter(([, one]) => !JSON.stringify(one).includes('adress'))) {
      writeFileSync(join(home, 'coaia.json'), JSON.stringify(value));
      expect((await runCoaia('config validate', { home })).code, JSON.stringify(value)).toBe(3);
    }
  });
});

test('all kinds are listed; another is refused', async () => {
  const { stdout } = await runCoaia('schema', { home });
  for (const { name } of fileSchemas) expect(stdout).toContain(name);
  const { code, stderr } = await runCoaia('schema templat', { home });
  expect(code).toBe(2);
  expect(stderr).toContain('coaia schema template');
});
