/** The addresses of predictions through the client, and a gateway on another machine. */
import { createClient, createPredictionsApi } from '@coaia/client';
import type { PredictionsApi } from '@coaia/client';
import { openRoomServer } from '../../observability/testing/open-room-server.ts';
import type { RoomServer } from '../../observability/testing/open-room-server.ts';
import { openTestDatabases } from '#store/testing';
import type { Database } from '#store';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { evaluate } from './evaluation/evaluate.ts';
import type { PredictionRecord } from './observer.ts';
import { openObserverOver } from './open-observer.ts';
import { makePrediction, registerModel, SCOPE, SIGNATURE } from './testing/make-predictions.ts';
import { createRemoteSink } from './write-flush.ts';

const [database] = openTestDatabases();

describe('predictions over HTTP', () => {
  let db: Database;
  let server: RoomServer;
  let api: PredictionsApi;
  const made: readonly PredictionRecord[] = Array.from({ length: 12 }, (_, index) =>
    makePrediction({ wt: 1 + index / 4, value: 20 + index }),
  );

  beforeAll(async () => {
    db = await database!.open();
    await registerModel(db);
    server = await openRoomServer(db);
    api = createPredictionsApi(
      createClient({ baseUrl: server.url, publicKey: 'pk-lf-own', secretKey: 'sk-lf-own' }),
    );
    const told: string[] = [];
    const observer = openObserverOver(createRemoteSink(api), {
      scope: SCOPE,
      log: { payload: 'all', sample: 1, redact: [] },
      findSignature: () => SIGNATURE,
      onProblem: (text) => told.push(text),
    });
    for (const one of made) {
      observer.record(one);
      observer.record({ ...one, version: 2, route: 'shadow' });
    }
    await observer.close();
    expect(told).toEqual([]);
  });
  afterAll(() => server.close());

  it('are what a gateway on another machine sent', async () => {
    const stats = await api.getPredictionStats('cars', { from: '1h' });
    expect(stats).toMatchObject({
      total: { predictions: 12, rows: 12 },
      versions: [{ version: 1, share: 1 }],
    });
    const { data, meta } = await api.listPredictions('cars', { limit: 5 });
    expect([data.length, typeof meta.cursor]).toEqual([5, 'string']);
    const one = await api.getPrediction('cars', made[0]?.requestId ?? '');
    expect(one).toMatchObject({
      inputs: [{ wt: 1, region: 'north' }],
      outputs: [{ prediction: 20 }],
      shadows: [{ version: 2 }],
    });
    const trace = await server.send('GET', `/traces/${made[0]?.traceId}`);
    expect(trace.body).toMatchObject({ name: 'cars', version: '1', tags: ['prediction'] });
    expect(trace.body.observations.map(({ name }: { name: string }) => name).toSorted()).toEqual([
      'api-service',
      'model-service',
      'shadow: version 2',
    ]);
  });

  it('take outcomes and give what is made of them', async () => {
    const outcomes = made.map(({ requestId }, index) => ({ requestId, actual: 20 + 2 * index }));
    expect(await api.recordOutcomes('cars', outcomes)).toMatchObject({ recorded: 12, unknown: [] });
    expect(
      (await api.listWorstPredictions('cars', { last: 2 })).data.map(({ loss }) => loss),
    ).toEqual([11, 10]);
    expect(await api.createWorstDataset('cars', { dataset: 'far', last: 3 })).toMatchObject({
      stored: 3,
    });
    expect(await api.getCalibration('cars', {})).toMatchObject({
      outcomes: 12,
      meanAbsoluteError: { value: 5.5, count: 12 },
    });
    expect(await api.getShadowReport('cars', {})).toMatchObject({
      pairs: 12,
      kind: 'number',
      disagreement: { value: 0 },
    });
    await expect(api.getPrediction('cars', 'nothing')).rejects.toMatchObject({ status: 404 });
  });

  it('keep a reference and evaluations', async () => {
    const rows = Array.from({ length: 40 }, (_, index) => ({
      wt: 1 + index / 20,
      region: 'north',
    }));
    expect(
      await api.setDriftReference('cars', { version: 1, source: 'training.csv', rows }),
    ).toEqual({ rows: 40 });
    expect(await api.getDrift('cars', { windowHours: 1 })).toMatchObject({
      reference: { rows: 40 },
      windows: [{ rows: 12 }],
    });
    const found = await evaluate(
      {
        model: 'cars',
        version: 2,
        source: 'x',
        signature: SIGNATURE,
        examples: [1, 2, 3].map((wt) => ({ input: { wt }, expected: wt })),
        by: [],
      },
      { candidate: async (given) => given.map(({ wt }) => ({ prediction: Number(wt) + 1 })) },
    );
    const kept = await api.saveEvaluation('cars', found);
    expect((await api.listEvaluations('cars')).data).toEqual([kept]);
    expect(kept).toMatchObject({ metric: 'mae', overall: { candidate: { value: 1 } } });
  });

  it('belong to their project, and refuse what they cannot read', async () => {
    const other = await server.sendAsOther('GET', '/api/v1/deployments/cars/predictions');
    expect(other.body).toEqual({ data: [], meta: { cursor: null } });
    expect(
      (await server.send('GET', '/api/v1/deployments/cars/stats?from=never')).body,
    ).toMatchObject({ code: 'AO687' });
    expect(
      (await server.send('POST', '/api/v1/deployments/cars/outcomes', { outcomes: [] })).status,
    ).toBe(400);
  });
});
