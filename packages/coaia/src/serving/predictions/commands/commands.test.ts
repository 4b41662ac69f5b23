/** The commands over the store of a home: what they print, and how they end. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCoaia } from '#cli/testing';
import { openDatabase } from '#store';
import type { Database } from '#store';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openObserver } from '../open-observer.ts';
import {
  CLASSIFIER,
  makePrediction,
  registerModel,
  SCOPE,
  toPorts,
} from '../testing/make-predictions.ts';

let home: string;
const ids: string[] = [];

async function withStore(work: (db: Database) => Promise<void>): Promise<void> {
  const path = join(home, '.coaia', 'coaia.db');
  const db = await openDatabase({ kind: 'sqlite', path }, { mode: 'process', migrate: 'create' });
  await work(db);
  await db.close();
}

/** Forty answers of a classifier, and of a shadow that is wrong in the north. */
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'coaia-predictions-'));
  await runCoaia('status', { home });
  await withStore(async (db) => {
    await registerModel(db, CLASSIFIER);
    const observer = openObserver(toPorts(db), {
      scope: SCOPE,
      log: { payload: 'all', sample: 1, redact: [] },
      findSignature: () => CLASSIFIER,
    });
    const answer = (isYes: boolean) => [
      { name: 'label', datatype: 'BYTES', shape: [1], data: [isYes ? 'yes' : 'no'] } as const,
      {
        name: 'probability',
        datatype: 'FP64',
        shape: [1, 2],
        data: isYes ? [0.2, 0.8] : [0.8, 0.2],
      } as const,
    ];
    for (let index = 0; index < 40; index++) {
      const isNorth = index % 2 === 0;
      const made = makePrediction({
        region: isNorth ? 'north' : 'south',
        wt: 1 + index / 10,
        outputs: answer(index % 3 === 0),
      });
      ids.push(made.requestId);
      observer.record(made);
      observer.record({
        ...made,
        version: 2,
        route: 'shadow',
        outputs: answer(isNorth ? index % 3 !== 0 : index % 3 === 0),
      });
      if (index === 0) observer.record({ ...made, version: 4, route: 'shadow' });
    }
    await observer.close();
  });
});
afterAll(() => rm(home, { recursive: true, force: true }));

const run = (words: string) => runCoaia(`ops ${words}`, { home });

describe('commands about predictions', () => {
  it('list predictions and show one', async () => {
    const listed = await run('predictions --model cars --limit 3 --json');
    expect(listed).toMatchObject({ code: 0, stderr: '' });
    expect(JSON.parse(listed.stdout)).toHaveLength(3);
    const one = await run(`predictions ${ids[0]} --model cars`);
    expect(one.stdout).toContain('cars version 1');
    expect(one.stdout).toContain('shadow   version 2');
    expect(one.stdout).not.toContain('77777');
    const none = await run('predictions nothing --model cars');
    expect(none).toMatchObject({ code: 1, stdout: '' });
    expect(none.stderr).toContain('AO680');
    expect((await run('drift')).stderr).toContain('Fix: repeat the command with --model NAME');
  });

  it('give the verdict about a shadow', async () => {
    const { stdout, code } = await run('shadow --model cars');
    expect(code).toBe(0);
    expect(stdout).toContain('Version 2 disagrees in 50 % of 40 answers');
    const report = JSON.parse((await run('shadow --model cars --json')).stdout) as object;
    expect(report).toMatchObject({
      pairs: 40,
      disagreement: { value: 0.5, count: 40 },
      parts: [
        { field: 'region', part: 'north', disagreement: { value: 1, count: 20 } },
        {},
        {},
        {},
        {},
        {},
      ],
    });
    expect((await run('shadow --model cars --version 4')).stdout).toContain(
      'Version 4 disagrees in 0 % of 1 answers (too few for an interval).',
    );
    expect((await run('shadow --model cars --version 3')).stderr).toContain('AO684');
    expect((await run('shadow --model cars --since tomorrow-ish')).stderr).toContain('AO687');
  });

  it('record outcomes, and tell which ids are unknown', async () => {
    const lines = ids.map((id, index) => `${id},${index % 4 === 0 ? 'yes' : 'no'}`);
    await writeFile(join(home, 'out.csv'), ['request_id,actual', ...lines].join('\n'));
    const done = await run('outcomes out.csv --model cars');
    expect(done).toMatchObject({ code: 0, stdout: '40 recorded, 0 changed, 0 as before.\n' });
    await writeFile(join(home, 'more.csv'), `request_id,actual\nnothing,yes\n${ids[0]},no\n`);
    const part = await run('outcomes more.csv --model cars');
    expect(part).toMatchObject({ code: 5, stdout: '0 recorded, 1 changed, 0 as before.\n' });
    expect(part.stderr).toContain('Row 1: No prediction');
    await writeFile(join(home, 'none.csv'), 'request_id,actual\nnothing,yes\n');
    expect((await run('outcomes none.csv --model cars')).stderr).toContain('AO680');
    await writeFile(join(home, 'bad.csv'), 'id,actual\na,1\n');
    expect((await run('outcomes bad.csv --model cars')).stderr).toContain('AO682');
    expect((await run('outcomes gone.csv --model cars')).stderr).toContain('does not exist');
  });

  it('show calibration, the worst, and make a dataset of them', async () => {
    const { stdout } = await run('calibration --model cars');
    expect(stdout).toContain('accuracy: ');
    expect(stdout).toContain('bins of the chance of yes');
    const report = JSON.parse((await run('calibration --model cars --json')).stdout) as {
      bins: object[];
    };
    expect(report).toMatchObject({
      outcomes: 40,
      of: 'yes',
      // i = np.arange(40); y = (i % 4 == 0) & (i > 0); roc_auc_score(y, np.where(i % 3 == 0, 0.8, 0.2))
      auc: { value: expect.closeTo(0.489_247_311_8, 9), count: 40 },
      binning: 'count',
      // Seen 0.225; 0.225 + 1.96 * sqrt((26 + 14) * 0.25 * 0.75) / 40, one outcome of each kind added to both bins.
      expectedCalibrationError: expect.closeTo(0.225, 9),
      calibrationErrorInterval: { low: expect.closeTo(0.07, 2), high: expect.closeTo(0.3592, 4) },
      calibrationErrorByChance: { mean: expect.closeTo(0.05, 1), high: expect.closeTo(0.12, 1) },
      bins: [
        { from: 0.2, count: 26 },
        { from: 0.8, count: 14 },
      ],
    });
    const worst = JSON.parse((await run('worst --model cars --last 5 --json')).stdout) as {
      loss: number;
    }[];
    expect(worst).toHaveLength(5);
    expect(worst[0]?.loss).toBeCloseTo(-Math.log(0.2), 10);
    const made = await run('worst --model cars --last 5 --dataset hard');
    expect(made).toMatchObject({ code: 0, stdout: '5 items in hard, 0 were there already.\n' });
    expect((await runCoaia('fuse datasets get hard --json', { home })).stdout).toContain('hard');
    expect((await run('worst --model other --dataset x')).stderr).toContain('AO683');
  });

  it('say what drift is measured against', async () => {
    expect((await run('drift --model cars')).stdout).toContain('There is no reference yet');
    const rows = Array.from(
      { length: 50 },
      (_, index) => `${1 + index / 10},${index % 2 === 0 ? 'north' : 'south'},3`,
    );
    await writeFile(join(home, 'training.csv'), ['wt,region,income', ...rows].join('\n'));
    const set = await run('drift --model cars --window 24 --reference training.csv --check');
    expect(set).toMatchObject({ code: 0 });
    expect(set.stderr).toContain('Version 1 is compared with the 50 rows of training.csv.');
    expect(set.stdout).toContain('still filling, no alarm so far');
    expect(set.stdout).toContain('chance of any false alarm in 30 days');
  });

  it('refuse a comparison without examples', async () => {
    expect((await run('eval challenger')).stderr).toContain('AO686');
  });
});
