/** Callers choose ids, and some choose one twice: what is shown, and where outcomes go. */
import { openTestDatabases } from '#store/testing';
import type { Database } from '#store';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { getPrediction } from './log/list-predictions.ts';
import type { PredictionObserver, PredictionRecord } from './observer.ts';
import { openObserver } from './open-observer.ts';
import { recordOutcomes } from './outcomes/record-outcomes.ts';
import { createWorstDataset, listWorst } from './outcomes/worst.ts';
import type { PredictionPorts } from './ports.ts';
import { getShadowReport } from './shadow/shadow-report.ts';
import {
  makePrediction,
  registerModel,
  SCOPE,
  SIGNATURE,
  toPorts,
} from './testing/make-predictions.ts';

const [sqlite] = openTestDatabases();

describe.skipIf(sqlite === undefined)('one request id twice', () => {
  let db: Database;
  let ports: PredictionPorts;
  let observer: PredictionObserver;
  beforeAll(async () => {
    db = await sqlite!.open();
    ports = toPorts(db);
    await registerModel(db);
    observer = openObserver(ports, {
      scope: SCOPE,
      log: { payload: 'all', sample: 1, redact: [] },
      findSignature: () => SIGNATURE,
    });
  });
  afterAll(async () => {
    await observer.close();
    await db.close();
  });

  const start = Date.now() - 10_000;
  const make = (
    requestId: string,
    second: number,
    more: Partial<PredictionRecord> & { readonly value?: number; readonly wt?: number },
  ) => makePrediction({ requestId, startedAt: start + 1000 * second, ...more });
  const keep = async (...all: readonly PredictionRecord[]) => {
    for (const one of all) observer.record(one);
    await observer.flush();
  };
  const show = (id: string) => getPrediction(ports, SCOPE, 'cars', id);
  const send = (requestId: string, actual: unknown) =>
    recordOutcomes(ports, SCOPE, 'cars', [{ requestId, actual }]);

  it('shows both, each with its own shadow and trace, and refuses an outcome that could be of either', async () => {
    // In one trace of the caller, as ids that a proxy passes on are.
    const traceId = 'ab'.repeat(16);
    const first = make('order 1', 1, { value: 20, traceId, parentSpanId: '1'.repeat(16) });
    const second = make('order 1', 2, { value: 30, wt: 4, traceId, parentSpanId: '2'.repeat(16) });
    const [one, two] = [first, second].map((main) => ({
      ...main,
      version: 2,
      route: 'shadow' as const,
    }));
    await keep(first, second, one!, two!);
    expect(await show('order 1')).toMatchObject({
      outputs: [{ prediction: 30 }],
      shadows: [{ version: 2, outputs: [{ prediction: 30 }] }],
      others: [{ outputs: [{ prediction: 20 }], shadows: [{ outputs: [{ prediction: 20 }] }] }],
    });
    const spans = await db.read('SELECT id FROM observations WHERE trace_id = ?', [traceId]);
    expect(spans).toHaveLength(6);
    await expect(send('order 1', 21)).rejects.toMatchObject({
      code: 'AO680',
      message: expect.stringMatching(
        /^2 different predictions of cars have the request id order 1: version 1 at .*Z, version 1 at .*Z\. Of which/,
      ),
    });
    expect((await show('order 1')).outcomes).toEqual([]);
    // A shadow is compared with the answer beside which it ran.
    const report = await getShadowReport(ports, SCOPE, 'cars', { version: 2 });
    expect(report).toMatchObject({ pairs: 2, disagreement: { value: 0 } });
  });

  it('takes the outcome of what was sent again, whichever way: the one that was answered, or the first of equal ones', async () => {
    await keep(
      make('order 2', 1, { status: 503, error: { code: 'AO452', message: 'not loaded' } }),
      make('order 2', 2, { value: 25 }),
      make('order 2', 3, { value: 25, via: 'grpc' }),
    );
    expect(await send('order 2', 26)).toMatchObject({ recorded: 1, unknown: [] });
    expect(await send('order 2', 26)).toMatchObject({ unchanged: 1 });
    const shown = await show('order 2');
    const spans = await db.read<{ readonly name: string }>(
      'SELECT name FROM observations WHERE trace_id = ? ORDER BY name',
      [shown.traceId],
    );
    expect(spans.map(({ name }) => name)).toEqual(['grpc', 'model-service']);
    expect([shown, ...shown.others].map(({ outcomes }) => outcomes.length)).toEqual([0, 1, 0]);
  });

  it('keeps an outcome with its prediction when another one takes the id later', async () => {
    await keep(make('order 3', 1, { value: 20, wt: 2 }));
    await send('order 3', 29);
    await keep(make('order 3', 2, { value: 40, wt: 5 }));
    await expect(send('order 3', 41)).rejects.toMatchObject({ code: 'AO680' });
    const { data } = await listWorst(ports, SCOPE, 'cars', {});
    expect(data[0]).toMatchObject({
      requestId: 'order 3',
      predicted: { prediction: 20 },
      input: { wt: 2 },
    });
    expect(await createWorstDataset(ports, SCOPE, 'cars', { dataset: 'w' })).toMatchObject({
      stored: 2,
    });
  });
});
