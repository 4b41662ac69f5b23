import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { runCoaia } from '#cli/testing';

import { readSamples, type Sample } from './collect.ts';
import { checkConditions, parseConditions } from './condition.ts';
import type { StatsApi } from './ports.ts';
import { percentile, summarize, summarizeBy } from './summarize.ts';

let home = '';

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'coaia-stats-'));
});

afterEach(() => {
  rmSync(home, { recursive: true, force: true });
});

const TEMPLATE = {
  name: 'two',
  version: '1.2.0',
  steps: [
    { id: 'first', name: 'First' },
    { id: 'second', name: 'Second', needs: ['first'] },
  ],
};

describe('pipeline stats', () => {
  it('counts runs and their steps, and fails when told to', async () => {
    writeFileSync(join(home, 'two.json'), JSON.stringify(TEMPLATE));
    for (const _ of [1, 2])
      expect(await runCoaia('pipeline run ./two.json', { home })).toMatchObject({ code: 0 });
    const { stdout } = await runCoaia('pipeline stats --json', { home });
    const report = JSON.parse(stdout) as Record<string, unknown>;
    expect(report).toMatchObject({
      total: { runs: 2, failed: 0, success: 1, tokens: null, cost: null },
      previous: { runs: 0 },
      groups: [
        { group: 'first', runs: 2, success: 1 },
        { group: 'second', runs: 2, success: 1 },
      ],
      slowest: [{ pipeline: 'two' }, { pipeline: 'two' }],
    });
    const failing = await runCoaia("pipeline stats two --by version --fail-if 'runs>1'", { home });
    expect(failing.code).toBe(1);
    expect(failing.stdout).toContain('| 1.2.0   |    2 | 100.0 % |');
    expect(failing.stderr).toContain('COAIA-5310: runs is 2; > 1 was to fail.');
    const fine = await runCoaia("pipeline stats --fail-if 'p95>1h,success<50%'", { home });
    expect(fine.code).toBe(0);
  });

  it('says so where there are no runs, and refuses what is no condition', async () => {
    const { stdout } = await runCoaia('pipeline stats --since 1d', { home });
    expect(stdout).toBe('No runs in the last 1d; 0 in the 1d before.\n');
    const broken = await runCoaia("pipeline stats --fail-if 'p95 slow'", { home });
    expect([broken.code, broken.stderr]).toStrictEqual([2, expect.stringContaining('COAIA-5311')]);
  });
});

const sample = (fields: Partial<Sample>): Sample => ({
  id: 'r',
  pipeline: 'p',
  version: '1',
  environment: 'default',
  step: null,
  state: 'succeeded',
  took: 1000,
  queued: 10,
  tokens: null,
  cost: null,
  ...fields,
});

describe('summaries', () => {
  it('interpolate percentiles', () => {
    expect(percentile([4, 1, 3, 2], 0.5)).toBe(2.5);
    expect(percentile([1, 2, 3, 4, 5], 0.95)).toBeCloseTo(4.8);
    expect(percentile([], 0.5)).toBeNull();
  });

  it('count what is known and nothing else', () => {
    const samples = [
      sample({ tokens: 10, cost: 0.5 }),
      sample({ state: 'failed', took: 3000, tokens: 5 }),
      sample({ state: 'running', took: null, queued: null }),
    ];
    expect(summarize(samples)).toMatchObject({
      runs: 3,
      failed: 1,
      success: 0.5,
      p50: 2000,
      tokens: 15,
      cost: 0.5,
    });
    expect(summarize([])).toMatchObject({ runs: 0, success: null, p95: null, tokens: null });
  });

  it('name the pipeline where there are several', () => {
    const samples = [sample({}), sample({ pipeline: 'q' }), sample({ environment: 'prod' })];
    expect(summarizeBy(samples, 'version').map(({ group }) => group)).toStrictEqual(['p 1', 'q 1']);
    expect(summarizeBy(samples, 'env').map(({ group }) => group)).toStrictEqual([
      'default',
      'prod',
    ]);
  });

  it('read tokens and cost from the trace, and items of a list as one step', async () => {
    const time = '2026-01-01T00:00:00.000Z';
    const step = { state: 'succeeded', startedAt: time, endedAt: time.replace('00.000', '02.000') };
    const run = {
      id: 'r',
      traceId: 't',
      state: 'succeeded',
      createdAt: time,
      startedAt: time,
      endedAt: time,
      pipeline: { name: 'p', version: '1' },
    };
    const observation = {
      usageDetails: { input: 3, output: 4, total: 7 },
      calculatedTotalCost: 0.25,
      costDetails: {},
    };
    const api = {
      runs: {
        getPipelineRun: async () => ({
          steps: [
            { ...step, id: 'ask[0]', observationId: 'o1' },
            { ...step, id: 'ask[1]', observationId: 'o2' },
            { ...step, id: 'never', startedAt: null, observationId: null },
          ],
        }),
      },
      observability: {
        getTrace: async () => ({
          environment: 'prod',
          observations: [
            { ...observation, id: 'o1' },
            { ...observation, id: 'o2' },
          ],
        }),
      },
    } as unknown as StatsApi;
    const samples = await readSamples(api, [run] as unknown as Parameters<typeof readSamples>[1]);
    expect(samples).toMatchObject([
      { step: null, environment: 'prod', tokens: 14, cost: 0.5, queued: 0 },
      { step: 'ask', took: 2000, tokens: 7, cost: 0.25 },
      { step: 'ask', took: 2000, tokens: 7, cost: 0.25 },
    ]);
  });
});

describe('conditions', () => {
  const summary = summarize([sample({}), sample({ state: 'failed' })]);

  it.each(['p95>2s', 'p50<1s', 'success<50%', 'success<0.5', 'runs>2', 'cost>0', 'queue>=20ms'])(
    '%s does not hold',
    (text) => {
      expect(() => checkConditions(summary, parseConditions(text))).not.toThrow();
    },
  );

  it.each(['p95>0.5s', 'p50<=1s', 'success<95%', 'runs>=2', 'failed>0', 'cost>0,failed>0'])(
    '%s holds',
    (text) => {
      expect(() => checkConditions(summary, parseConditions(text))).toThrow(/was to fail/);
    },
  );
});
