/** From a request to its trace, its outcome, the worst of them in a dataset: over both databases. */
import { openTestDatabases } from '#store/testing';
import type { Database } from '#store';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { getPrediction, listPredictions } from './log/list-predictions.ts';
import { getCalibration } from './outcomes/calibration.ts';
import { recordOutcomes } from './outcomes/record-outcomes.ts';
import { createWorstDataset, listWorst } from './outcomes/worst.ts';
import type { PredictionObserver } from './observer.ts';
import { openObserver } from './open-observer.ts';
import type { PredictionPorts } from './ports.ts';
import { getStats } from './stats/stats.ts';
import {
  makePrediction,
  registerModel,
  SCOPE,
  SIGNATURE,
  toPorts,
} from './testing/make-predictions.ts';

const LOG = { payload: 'all', sample: 1, redact: [] } as const;

describe.each(openTestDatabases())('predictions on $name', ({ open }) => {
  let db: Database;
  let ports: PredictionPorts;
  let observer: PredictionObserver;
  const told: string[] = [];
  beforeAll(async () => {
    db = await open();
    ports = toPorts(db);
    await registerModel(db);
    observer = openObserver(ports, {
      scope: SCOPE,
      log: LOG,
      findSignature: () => SIGNATURE,
      onProblem: (message) => told.push(message),
    });
  });
  afterAll(async () => {
    await observer.close();
    await db.close();
    expect(told).toEqual([]);
  });
  const count = async (table: string, where = '1 = 1') =>
    (await db.read<{ n: number }>(`SELECT count(*) AS n FROM ${table} WHERE ${where}`))[0]?.n;

  it('finds a prediction by its own id and by a caller’s, with one trace however often it is read', async () => {
    const own = makePrediction({ userId: 'ann', sessionId: 's1', tags: ['a'], lines: ['fitted'] });
    const given = makePrediction({
      requestId: 'order 7',
      wt: 9,
      warnings: ['too heavy'],
      flags: [
        {
          code: 'AO451',
          row: 0,
          field: 'wt',
          message: '`wt` = 9 is outside the training range 1 to 6',
        },
      ],
    });
    for (const one of [own, given]) observer.record(one);
    await observer.flush();
    for (const one of [own, given, own]) {
      const read = await getPrediction(ports, SCOPE, 'cars', one.requestId);
      expect(read).toMatchObject({
        requestId: one.requestId,
        traceId: one.traceId,
        version: 1,
        outputs: [{ prediction: 20 }],
      });
    }
    const [trace, ...more] = await db.read<{
      name: string;
      input: string;
      user_id: string;
      observation_count: number;
      metadata: string;
    }>('SELECT name, input, user_id, observation_count, metadata FROM traces WHERE id = ?', [
      own.traceId,
    ]);
    expect(more).toEqual([]);
    expect(trace).toMatchObject({ name: 'cars', user_id: 'ann', observation_count: 2 });
    expect(JSON.parse(trace?.input ?? '')).toEqual({ wt: 2.5, region: 'north' });
    expect(await count('prediction_ids')).toBe(1);
    const spans = await db.read<{ name: string; level: string; status_message: string | null }>(
      'SELECT name, level, status_message FROM observations WHERE trace_id = ? ORDER BY name',
      [given.traceId],
    );
    expect(spans).toMatchObject([
      { name: 'api-service', level: 'WARNING', status_message: expect.stringContaining('AO451') },
      { name: 'model-service' },
    ]);
  });

  it('keeps nothing of sensitive fields but how many there were', async () => {
    const rows = await db.read<{ sketch: string }>('SELECT sketch FROM prediction_sketches');
    const text =
      JSON.stringify(rows) +
      JSON.stringify(await db.read('SELECT input, output, metadata FROM traces'));
    expect(text).not.toContain('77777');
    const { inputs } = JSON.parse(rows[0]?.sketch ?? '') as {
      inputs: Record<string, { count: number; extrapolated: number; histogram: object }>;
    };
    expect(inputs['income']).toMatchObject({ count: 2, histogram: {} });
    expect(inputs['wt']).toMatchObject({ count: 2, extrapolated: 1, min: 2.5, max: 9 });
    const listed = await listPredictions(ports, SCOPE, 'cars', {});
    expect(JSON.stringify(listed)).not.toContain('77777');
  });

  it('pages through the log, and through what is flagged or failed', async () => {
    observer.record(
      makePrediction({
        status: 500,
        error: { code: 'AO450', message: 'the model failed', stack: 'line 1' },
      }),
    );
    for (let index = 0; index < 5; index++) observer.record(makePrediction({ value: index }));
    await observer.flush();
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const page: Awaited<ReturnType<typeof listPredictions>> = await listPredictions(
        ports,
        SCOPE,
        'cars',
        { limit: 3, ...(cursor === null ? {} : { cursor }) },
      );
      seen.push(...page.data.map(({ requestId }) => requestId));
      ({ cursor } = page.meta);
    } while (cursor !== null);
    expect(new Set(seen).size).toBe(8);
    expect(seen).toHaveLength(8);
    expect((await listPredictions(ports, SCOPE, 'cars', { only: 'failed' })).data).toMatchObject([
      { status: 500, error: { code: 'AO450' } },
    ]);
    expect((await listPredictions(ports, SCOPE, 'cars', { only: 'flagged' })).data).toMatchObject([
      { requestId: 'order 7' },
    ]);
    const stats = await getStats(ports, SCOPE, 'cars', {});
    expect(stats.total).toMatchObject({ predictions: 8, failed: 1, flagged: 1, dropped: 0 });
    expect(stats.total.p50Ms).toBeGreaterThan(1.9);
    expect(stats.total.p50Ms).toBeLessThan(2.1);
    const week = await getStats(ports, SCOPE, 'cars', { from: '7d' });
    expect(week).toMatchObject({ stepSeconds: 10_800, total: { predictions: 8, failed: 1 } });
  });

  it('scores what really happened, once, and again when it changes', async () => {
    const made = makePrediction({ value: 23 });
    observer.record(made);
    await observer.flush();
    const { requestId, traceId } = made;
    const send = (actual: unknown) => recordOutcomes(ports, SCOPE, 'cars', [{ requestId, actual }]);
    expect(await send(20)).toEqual({ recorded: 1, unchanged: 0, changed: 0, unknown: [] });
    expect(await send(20)).toMatchObject({ recorded: 0, unchanged: 1 });
    expect(await send(21)).toMatchObject({ changed: 1 });
    const scores = await db.read<{ name: string; value: number }>(
      'SELECT name, value FROM scores WHERE trace_id = ? ORDER BY name',
      [traceId],
    );
    expect(scores).toEqual([
      { name: 'absolute_error', value: 2 },
      { name: 'actual', value: 21 },
      { name: 'error', value: 2 },
      { name: 'squared_error', value: 4 },
    ]);
    expect((await getPrediction(ports, SCOPE, 'cars', requestId)).outcomes).toMatchObject([
      { actual: 21, loss: 2, revision: 2 },
    ]);
    await expect(
      recordOutcomes(ports, SCOPE, 'cars', [{ requestId: 'never', actual: 1 }]),
    ).rejects.toMatchObject({ code: 'AO680' });
    const mixed = await recordOutcomes(ports, SCOPE, 'cars', [
      { requestId: 'never', actual: 1 },
      { requestId: 'order 7', actual: 5 },
    ]);
    expect(mixed).toMatchObject({ recorded: 1, unknown: [{ index: 0, requestId: 'never' }] });
    await expect(
      recordOutcomes(ports, SCOPE, 'cars', [{ requestId: 'order 7', row: 3, actual: 1 }]),
    ).rejects.toMatchObject({ code: 'AO680' });
    const column = { datatype: 'FP64', shape: [2], data: new Float64Array([1, 2]) } as const;
    const two = makePrediction({
      model: 'pairs',
      inputs: { rows: 2, columns: [{ name: 'wt', ...column }] },
      outputs: [{ name: 'prediction', ...column }],
    });
    observer.record(two);
    await observer.flush();
    const tell = (more: object) =>
      recordOutcomes(ports, SCOPE, 'pairs', [{ requestId: two.requestId, actual: 5, ...more }]);
    // Of which row it is the outcome, nobody could know.
    await expect(tell({})).rejects.toThrow('has 2 rows; say which one');
    expect(await tell({ row: 1 })).toMatchObject({ recorded: 1 });
    expect(await tell({ actual: [1, 5] })).toMatchObject({ recorded: 1, unchanged: 1 });
  });

  it('puts the worst predictions into a dataset, once', async () => {
    const { data } = await listWorst(ports, SCOPE, 'cars', { since: '7d' });
    expect(data.map(({ loss }) => loss)).toEqual([15, 2]);
    expect(data[0]).toMatchObject({
      requestId: 'order 7',
      actual: 5,
      input: { wt: 9, region: 'north' },
    });
    const make = () => createWorstDataset(ports, SCOPE, 'cars', { dataset: 'hard', last: 10 });
    expect(await make()).toEqual({ dataset: 'hard', stored: 2, unchanged: 0, withoutInput: 0 });
    expect(await make()).toMatchObject({ stored: 0, unchanged: 2 });
    const items = await db.read<{ input: string; expected_output: string }>(
      'SELECT input, expected_output FROM dataset_items ORDER BY expected_output',
    );
    expect(items).toHaveLength(2);
    await expect(createWorstDataset(ports, SCOPE, 'other', { dataset: 'x' })).rejects.toMatchObject(
      { code: 'AO683' },
    );
  });

  it('measures errors of numbers', async () => {
    const report = await getCalibration(ports, SCOPE, 'cars', {});
    expect(report).toMatchObject({
      outcomes: 2,
      bins: [],
      accuracy: null,
      bias: { value: 8.5 },
      meanAbsoluteError: { value: 8.5 },
    });
    await expect(getCalibration(ports, SCOPE, 'nothing', {})).rejects.toMatchObject({
      code: 'AO681',
    });
    await expect(listWorst(ports, SCOPE, 'cars', { since: 'soon' })).rejects.toMatchObject({
      code: 'AO687',
    });
  });

  it('forgets single predictions that are too old, and keeps hours', async () => {
    const old = Date.now() - 40 * 86_400_000;
    const other = openObserver(ports, { scope: SCOPE, log: LOG, findSignature: () => SIGNATURE });
    other.record(makePrediction({ model: 'old', startedAt: old, requestId: 'old one' }));
    await other.flush();
    const rows = async () => [
      await count('prediction_segments', "model = 'old'"),
      await count('prediction_ids', "request_id = 'old one'"),
      await count('prediction_stats', "model = 'old'"),
      await count('prediction_sketches', "model = 'old'"),
    ];
    expect(await rows()).toEqual([1, 1, 2, 1]);
    await other.close();
    expect(await rows()).toEqual([0, 0, 1, 1]);
    expect(await count('prediction_segments')).toBeGreaterThan(2);
  });

  it('keeps a caller’s own trace as it is', async () => {
    const made = makePrediction({ parentSpanId: '1234567890abcdef' });
    await db.write((tx) =>
      ports.recorder.record(tx, SCOPE, [
        {
          id: 'e1',
          type: 'trace-create',
          timestamp: new Date().toISOString(),
          body: { id: made.traceId, name: 'checkout', input: 'cart' },
        },
      ]),
    );
    observer.record(made);
    await observer.flush();
    await getPrediction(ports, SCOPE, 'cars', made.requestId);
    const [trace] = await db.read('SELECT name, input FROM traces WHERE id = ?', [made.traceId]);
    expect(trace).toMatchObject({ name: 'checkout' });
    const [span] = await db.read(
      `SELECT parent_observation_id AS parent FROM observations WHERE trace_id = ? AND name = 'api-service'`,
      [made.traceId],
    );
    expect(span).toEqual({ parent: '1234567890abcdef' });
  });
});
