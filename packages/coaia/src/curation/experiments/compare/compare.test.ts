import type { Scope } from '#base';
import { createLocalObservability } from '#observability';
import { openTestDatabases } from '#store/testing';
import type { Database } from '#store';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createDatasetRunItem } from '../../dataset-runs/dataset-runs.ts';
import { START, seedDataset, seedRun, type SeedAnswer } from '../testing/seed-runs.ts';
import { compareExperiments, type ParsedCompareQuery } from './compare.ts';
import { listExperimentLines } from './lines.ts';
import { compareAnswer, linesAnswer } from './schema.ts';

const scope: Scope = { projectId: 'p1', level: 'project', via: 'key' };
const ITEMS = Array.from({ length: 14 }, (_, index) => `i${String(index + 1).padStart(2, '0')}`);

describe.each(openTestDatabases())('on $name', ({ open }) => {
  let db: Database;
  const ports = () => ({ db, clock: () => START });
  const compare = async (query: Partial<ParsedCompareQuery> = {}) => {
    const found = await compareExperiments(ports(), scope, {
      baseline: 'old',
      candidates: ['new'],
      mode: 'all',
      lower: [],
      page: 1,
      limit: 100,
      preview: 100,
      ...query,
    });
    // The declared form is the form, in every test of this file.
    expect(compareAnswer.parse(found)).toEqual(found);
    return found;
  };

  beforeEach(async () => {
    db = await open();
    await seedDataset(ports(), scope, ITEMS.length);
  });
  afterEach(() => db.close());

  /** Old: 4 of 14 pass. New: the first 10 pass, i13 is not scored, i14 is not answered at all. */
  async function seedPair() {
    const old = ITEMS.map((item, index): SeedAnswer => ({
      item,
      cost: 0.01,
      milliseconds: 1000,
      scores: { correct: index < 4, rating: index / 10, tone: 'calm' },
    }));
    const now = ITEMS.slice(0, 13).map((item, index): SeedAnswer => ({
      item,
      ...(index === 12 ? { error: 'timed out' } : { cost: 0.02 }),
      milliseconds: 800,
      output: index === 0 ? 'by old' : 'by new',
      scores:
        index === 12
          ? {}
          : { correct: index < 10, rating: index / 10 - (index === 1 ? 0.05 : -0.1), tone: 'curt' },
    }));
    return {
      old: await seedRun(ports(), scope, 'old', old),
      new: await seedRun(ports(), scope, 'new', now),
    };
  }

  test('pairs are counted, what is missing is named, and nothing is made up for it', async () => {
    const ids = await seedPair();
    const found = await compare();
    const correct = found.scores.find(({ name }) => name === 'correct');
    expect(found.scores.map(({ name, kind }) => [name, kind])).toEqual([
      ['correct', 'pass'],
      ['rating', 'number'],
      ['tone', 'label'],
    ]);
    expect(correct?.runs).toMatchObject([
      { n: 14, missing: 0, mean: 4 / 14 },
      { n: 12, missing: 2, mean: 10 / 12 },
    ]);
    expect(correct?.deltas).toMatchObject([
      {
        runId: ids.new,
        pairs: 12,
        missing: ['i13', 'i14'],
        missingCount: 2,
        meanDifference: 0.5,
        // Six items became right, none wrong: 2 / 2^6.
        mcnemar: { onlyBaseline: 0, onlyCandidate: 6, p: 0.031_25, midP: 0.015_625 },
        verdict: 'higher',
      },
    ]);
    expect(found.runs.map(({ items, errors }) => [items, errors])).toEqual([
      [14, 0],
      [13, 1],
    ]);
    expect(found.latency.deltas).toMatchObject([{ pairs: 13, meanDifference: -200 }]);
    expect(found.latency.deltas[0]).toMatchObject({
      interval: { low: -200, high: -200 },
      verdict: 'lower',
    });
    expect(found.cost.runs[1]).toMatchObject({ n: 12, missing: 2 });
    expect(found.cost.runs[1]?.mean).toBeCloseTo(0.02, 12);
    expect(found.scores[2]).toMatchObject({
      runs: [{ mean: null, labels: { calm: 14 } }, { labels: { curt: 12 } }],
      deltas: [{ pairs: 12, meanDifference: null, interval: null, verdict: 'too few pairs' }],
    });
    expect(found.runs[1]?.prompts).toEqual([{ name: 'answer', version: 3 }]);
  });

  test('below ten pairs there is an interval and no verdict', async () => {
    const score = (value: number) =>
      ITEMS.slice(0, 9).map((item) => ({ item, scores: { s: value } }));
    await seedRun(ports(), scope, 'old', score(0.2));
    await seedRun(ports(), scope, 'new', score(0.9));
    const { scores } = await compare();
    expect(scores[0]?.deltas[0]).toMatchObject({ pairs: 9, verdict: 'too few pairs' });
    expect(scores[0]?.deltas[0]?.meanDifference).toBeCloseTo(0.7, 12);
  });

  test('five items that changed sides are no difference, whatever the interval', async () => {
    const pass = (count: number) =>
      ITEMS.slice(0, 12).map((item, index) => ({ item, scores: { ok: index < count } }));
    await seedRun(ports(), scope, 'old', pass(0));
    await seedRun(ports(), scope, 'new', pass(5));
    const { scores } = await compare();
    expect(scores[0]?.deltas[0]).toMatchObject({
      mcnemar: { onlyCandidate: 5, p: 0.0625 },
      verdict: 'no difference shown',
    });
    expect(scores[0]?.deltas[0]?.interval?.low).toBeGreaterThan(0);
  });

  test('rows carry outputs, values and differences; modes choose rows', async () => {
    const ids = await seedPair();
    const all = await compare();
    const row = all.rows.find(({ itemId }) => itemId === 'i02');
    expect(row).toMatchObject({
      input: { question: 'i02' },
      expectedOutput: 'answer i02',
      metadata: { lang: 'en', nr: 2 },
      cells: {
        [ids.old]: {
          output: 'by old',
          cost: 0.01,
          latency: 1000,
          scores: { correct: 1, tone: 'calm' },
        },
        [ids.new]: { output: 'by new', scores: { correct: 1, tone: 'curt' } },
      },
    });
    expect(row?.cells[ids.new]?.deltas).toMatchObject({ correct: 0, latency: -200 });
    expect(row?.cells[ids.new]?.deltas?.['rating']).toBeCloseTo(-0.05, 12);
    expect(row?.cells[ids.old]?.deltas).toBeUndefined();
    expect(all.rows.find(({ itemId }) => itemId === 'i14')?.cells[ids.new]).toBeUndefined();
    const shown = async (query: Partial<ParsedCompareQuery>) =>
      (await compare(query)).rows.map(({ itemId }) => itemId);
    expect(await shown({ mode: 'regressions', score: 'rating' })).toEqual(['i02']);
    expect(await shown({ mode: 'improvements', score: 'rating', lower: ['rating'] })).toEqual([
      'i02',
    ]);
    expect(await shown({ mode: 'improvements' })).toEqual(ITEMS.slice(4, 10));
    expect(await shown({ mode: 'regressions', score: 'cost' })).toEqual(ITEMS.slice(0, 12));
    expect(await shown({ mode: 'errors' })).toEqual(['i13', 'i14']);
    expect(await shown({ mode: 'different' })).toEqual(ITEMS.slice(1));
    expect(await shown({ page: 2, limit: 5 })).toEqual(ITEMS.slice(5, 10));
    const cut = await compare({ preview: 4 });
    expect(cut.rows[0]?.cells[ids.old]).toMatchObject({ output: 'by o', outputCut: true });
    expect(cut.meta).toMatchObject({ totalItems: 14, shownItems: 14, score: 'correct' });
  });

  test('a slice changes the sums; points follow the chosen score', async () => {
    await seedPair();
    const french = await compare({ slice: 'lang=fr' });
    expect(french.meta.totalItems).toBe(7);
    expect(french.scores[0]?.runs[0]).toMatchObject({ n: 7, mean: 2 / 7 });
    expect(french.slices).toMatchObject([
      { key: 'lang', values: [{ count: 7 }, { count: 7 }] },
      { key: 'nr', values: { length: 14 } },
    ]);
    const { points } = await compare({ score: 'latency' });
    expect(points.find(({ itemId }) => itemId === 'i14')?.values).toEqual([1000, null]);
    await expect(compare({ slice: 'lang' })).rejects.toMatchObject({ code: 'COAIA-2303' });
    await expect(compare({ score: 'none' })).rejects.toMatchObject({ code: 'COAIA-2303' });
  });

  test('runs are found by id and by name; other projects find nothing', async () => {
    const ids = await seedPair();
    expect((await compare({ baseline: ids.new, candidates: ['old'] })).runs[0]?.name).toBe('new');
    await expect(compare({ candidates: ['none'] })).rejects.toMatchObject({ code: 'COAIA-2300' });
    await expect(compare({ candidates: ['old'] })).rejects.toMatchObject({ code: 'COAIA-2303' });
    await expect(compare({ dataset: 'none' })).rejects.toMatchObject({ code: 'COAIA-2300' });
    const other = { ...scope, projectId: 'p2' };
    const query = {
      baseline: ids.old,
      candidates: [ids.new],
      mode: 'all',
      lower: [],
      page: 1,
      limit: 1,
      preview: 1,
    } as const;
    await expect(compareExperiments(ports(), other, query)).rejects.toMatchObject({
      code: 'COAIA-2300',
    });
  });

  test('where a run answered items in one trace, each has the cost, time and scores of its own part', async () => {
    const time = (second: number) => new Date(START + second * 1000).toISOString();
    const event = (type: string, body: { readonly id: string }) => ({
      id: `${type}-${body.id}`,
      type,
      timestamp: time(0),
      body: { traceId: 'one', ...body },
    });
    const part = (id: string, from: number, cost: number) => [
      event('span-create', { id, startTime: time(from), endTime: time(from + 2) } as never),
      event('generation-create', {
        id: `${id}-g`,
        parentObservationId: id,
        startTime: time(from),
        endTime: time(from + 1),
        costDetails: { total: cost },
      } as never),
      event('score-create', { id: `${id}-s`, observationId: id, name: 's', value: cost } as never),
    ];
    const { errors } = await createLocalObservability(ports(), scope).ingest([
      event('trace-create', { id: 'one' }),
      ...part('a', 0, 1),
      ...part('b', 5, 3),
    ]);
    expect(errors).toEqual([]);
    for (const [item, observationId] of [
      ['i01', 'a'],
      ['i02', 'b'],
    ] as const) {
      await createDatasetRunItem(ports(), scope, {
        runName: 'old',
        datasetItemId: item,
        observationId,
      });
    }
    const { runs, rows } = await compare({ candidates: [] });
    const cells = rows.map(({ cells: own }) => own[runs[0]?.id ?? '']);
    expect(cells).toMatchObject([
      { traceId: 'one', observationId: 'a', cost: 1, latency: 2000, scores: { s: 1 } },
      { traceId: 'one', observationId: 'b', cost: 3, latency: 2000, scores: { s: 3 } },
    ]);
    expect(runs[0]?.totalCost).toBe(4);
  });

  test('the list has the sums of every run, by cursor', async () => {
    await seedPair();
    const first = await listExperimentLines(ports(), scope, { limit: 1, dataset: 'qa' });
    const rest = await listExperimentLines(ports(), scope, { limit: 5, cursor: first.meta.cursor });
    expect(linesAnswer.parse(first)).toEqual(first);
    expect([...first.data, ...rest.data].map(({ name }) => name).toSorted()).toEqual([
      'new',
      'old',
    ]);
    const old = [...first.data, ...rest.data].find(({ name }) => name === 'old');
    expect(old).toMatchObject({ datasetName: 'qa', items: 14, errors: 0 });
    expect(old?.totalCost).toBeCloseTo(0.14, 12);
    expect(old?.scores[0]).toMatchObject({ name: 'correct', mean: 4 / 14 });
    expect(rest.meta).toEqual({});
  });
});
