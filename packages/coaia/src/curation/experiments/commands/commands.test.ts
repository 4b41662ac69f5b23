/** The commands on one embedded store: two runs of coaia's own making, listed, compared and judged. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCoaia } from '#cli/testing';
import { openDatabase } from '#store';
import { beforeAll, expect, test } from 'vitest';
import { seedDataset, seedRun, START } from '../testing/seed-runs.ts';

const home = mkdtempSync(join(tmpdir(), 'coaia-experiments-'));
const run = (line: string) => runCoaia(line, { home });
const ITEMS = Array.from({ length: 12 }, (_, index) => `i${String(index + 1).padStart(2, '0')}`);

beforeAll(async () => {
  const { code, stdout } = await run('fuse projects list --json');
  expect(code).toBe(0);
  const [project] = (JSON.parse(stdout) as { readonly data: readonly { readonly id: string }[] })
    .data;
  const db = await openDatabase(
    { kind: 'sqlite', path: join(home, '.coaia', 'coaia.db') },
    { mode: 'process', migrate: 'never' },
  );
  const ports = { db, clock: () => START };
  const scope = { projectId: project?.id ?? '', level: 'project', via: 'key' } as const;
  await seedDataset(ports, scope, ITEMS.length);
  const seed = (name: string, passed: number, count: number, milliseconds: number) =>
    seedRun(
      ports,
      scope,
      name,
      ITEMS.slice(0, count).map((item, index) => ({
        item,
        milliseconds,
        scores: { correct: index < passed, rating: index / 20 },
      })),
    );
  await seed('monday', 3, 12, 1000);
  await seed('tuesday', 10, 12, 900);
  await seed('broken', 10, 11, 900);
  await db.close();
});

test('runs are listed with their means and shown one by one', async () => {
  const list = await run('experiments list --dataset qa');
  expect(list.code).toBe(0);
  expect(list.stdout).toMatch(/tuesday .*correct 0\.833; rating 0\.275/);
  expect(list.stdout).toContain('Total experiments: 3');
  const shown = await run('experiments show tuesday --items');
  expect(shown.stdout).toContain('12 items over qa, 0 with errors');
  expect(shown.stdout).toMatch(/correct \| +0\.833 \| \[0\.552, 0\.953\]/);
  expect(shown.stdout).toContain('tuesday-i01');
  expect((await run('experiments show none')).code).toBe(1);
});

test('a comparison says difference, interval, p and verdict', async () => {
  const found = await run('experiments compare monday tuesday');
  expect(found.code).toBe(0);
  expect(found.stdout).toMatch(/correct .*\+0\.583.*0\.0156.*higher/);
  expect(found.stdout).toMatch(/latency .*1000 ms .*-100 ms .*lower/);
  const whole = JSON.parse((await run('experiments compare monday tuesday --json')).stdout);
  expect(whole.rows).toHaveLength(12);
  const reverse = await run('experiments compare monday --baseline tuesday --csv');
  expect(reverse.stdout.split('\n')[1]).toMatch(/^correct,monday,.*lower/);
  expect((await run('experiments compare monday')).code).toBe(2);
});

test('the gate passes and fails by exit code', async () => {
  const gate = async (rest: string) => (await run(`experiments gate ${rest}`)).code;
  expect(await gate('tuesday monday --score correct --min-delta 0.5')).toBe(0);
  expect(await gate('tuesday monday --score correct --min-delta 0.6')).toBe(1);
  expect(await gate('tuesday monday --score correct --min-delta 0.5 --by interval')).toBe(1);
  expect(await gate('monday tuesday --score correct')).toBe(1);
  expect(await gate('tuesday monday --score latency --max-delta -50 --by interval')).toBe(0);
  expect(await gate('tuesday monday --score correct --min-mean 0.9')).toBe(1);
  expect(await gate('tuesday monday --score correct --min-pairs 13')).toBe(1);
  expect(await gate('tuesday monday --score none')).toBe(2);
  const failed = await run('experiments gate broken monday --score correct --json');
  expect(failed.code).toBe(1);
  expect(JSON.parse(failed.stdout)).toMatchObject({ passed: false, pairs: 11, missingCount: 1 });
  expect(failed.stderr).toContain('COAIA-2310');
  expect(await gate('broken monday --score correct --max-missing 1')).toBe(0);
});
