import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCoaia } from '#cli/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findPercentile } from '../trace-summaries.ts';

let home: string;
const run = (line: string) => runCoaia(line, { home });
const analyze = async (line = '') =>
  JSON.parse((await run(`fuse traces analyze --json ${line}`)).stdout) as unknown;

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'coaia-analyze-'));
  for (const [id, name, tags, day, seconds, level] of [
    ['a', 'buy', 'x,y', '01', 1, 'DEFAULT'],
    ['b', 'buy', 'x', '01', 3, 'ERROR'],
    ['c', 'buy', 'x', '02', 2, 'DEFAULT'],
    ['d', 'look', '', '02', 4, 'DEFAULT'],
  ] as const) {
    const time = `2026-03-${day}T10:00:0`;
    const tagged = tags === '' ? '' : `--tags ${tags}`;
    await run(`fuse traces create ${id} -n ${name} ${tagged} --timestamp ${time}0Z`);
    const times = `--start-time ${time}0Z --end-time ${time}${seconds}Z`;
    const cost = `--cost-details '{"total": 0.1}'`;
    await run(`fuse traces add-observation ${id} o${id} -tg ${times} --level ${level} ${cost}`);
  }
});
afterAll(() => rm(home, { recursive: true, force: true }));

test('groups by name: counts, durations, failures, cost', async () => {
  expect(await analyze()).toEqual([
    {
      group: 'buy',
      traces: 3,
      observations: 3,
      errors: 1,
      p50: 2,
      p95: 3,
      longest: 3,
      cost: 0.3,
    },
    {
      group: 'look',
      traces: 1,
      observations: 1,
      errors: 0,
      p50: 4,
      p95: 4,
      longest: 4,
      cost: 0.1,
    },
  ]);
});

test('groups by tag and by day, filtered and limited', async () => {
  expect(await analyze('--by tag')).toMatchObject([
    { group: 'x', traces: 3 },
    { group: 'y', traces: 1 },
    { group: null, traces: 1 },
  ]);
  expect(await analyze('--by day --name buy')).toMatchObject([
    { group: '2026-03-01', traces: 2 },
    { group: '2026-03-02', traces: 1 },
  ]);
  expect(await analyze('--by name --limit 1')).toMatchObject([{ group: 'look', traces: 1 }]);
  expect(await analyze('--name none')).toEqual([]);
});

test('prints a table with the grouping as its first column', async () => {
  const { stdout } = await run('traces analyze --by user');
  expect(stdout).toMatch(/\| User +\| Traces \|/);
  expect(stdout).toMatch(/\| N\/A +\| +4 \|.*\$0\.4/);
  expect((await run('fuse traces analyze --by nothing')).code).toBe(2);
});

test.each([
  [[], 0.5, 0],
  [[7], 0.95, 7],
  [[1, 2, 3, 4], 0.5, 2],
  [[1, 2, 3, 4, 5], 0.5, 3],
  [[1, 2, 3, 4], 0.95, 4],
])('percentile of %j at %d', (values, share, expected) => {
  expect(findPercentile(values, share)).toBe(expected);
});
