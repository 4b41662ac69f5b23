/** Why a model said what it said: beside a prediction and alone. */
import { expect, it } from 'vitest';
import type { Flush } from './log/flush.ts';
import { openObserverOver } from './open-observer.ts';
import { makePrediction, SCOPE, SIGNATURE } from './testing/make-predictions.ts';

/** What the tests read of a trace or a span. */
interface TraceBody {
  readonly id: string;
  readonly name: string;
  readonly parentObservationId?: string;
  readonly tags?: readonly string[];
}

it('explanations are kept in traces, counted as no predictions, without what is hidden', async () => {
  const written: Flush[] = [];
  const write = async (flush: Flush) => void written.push(flush);
  const observer = openObserverOver(
    { write, prune: async () => false },
    {
      scope: SCOPE,
      log: { payload: 'all', sample: 1, redact: ['income'] },
      findSignature: () => SIGNATURE,
    },
  );
  const about = { kind: 'terms', scale: 'the prediction', baseline: 'the average' } as const;
  const terms = { wt: 2, 'log(income)': 7 };
  const values = [{ baseline: 1, total: 10, terms }];
  const { outputs: _, ...made } = makePrediction();
  const told = { startedAt: made.startedAt, durationMs: 1, about, values };
  observer.record({ ...makePrediction(), explanation: { ...told, isAlone: false } });
  observer.record({ ...made, explanation: { ...told, isAlone: true } });
  const { values: _none, ...failed } = told;
  const error = { code: 'AO450', message: 'no', stack: 'line 3' };
  const alone = { ...makePrediction(), status: 500, error };
  observer.record({ ...alone, explanation: { ...failed, isAlone: true } });
  await observer.close();
  const segments = written.flatMap((one) => one.segments);
  expect(segments.map((one) => one.prediction_count)).toEqual([1]);
  const stats = written.flatMap((one) => one.stats).filter(({ route }) => route === 'live');
  expect(stats).toMatchObject([{ predictions: 1, failed: 0, dropped: 0 }]);
  const events = written.flatMap((one) => one.events) as { type: string; body: TraceBody }[];
  const named = (name: string) => events.filter(({ body }) => body.name === name);
  expect(named('api-service')).toHaveLength(1);
  const [beside, only, bad] = named('explanation').map(({ body }) => body);
  for (const one of [beside, only])
    expect(one).toMatchObject({
      output: { baseline: 1, total: 10, terms: { wt: 2 } },
      metadata: { explained_by: 'terms', exactness: expect.stringMatching(/^exact/) },
    });
  expect(beside?.parentObservationId).toBe(named('api-service')[0]?.body.id);
  expect(only).toMatchObject({ input: { wt: 2.5 }, metadata: { request_id: made.requestId } });
  expect(bad).toMatchObject({ level: 'ERROR', metadata: { stack: 'line 3' } });
  expect(JSON.stringify(events)).not.toContain('income');
  const traces = events.filter(({ type }) => type === 'trace-create');
  expect(traces.map(({ body }) => body.tags)).toEqual([
    ['prediction'],
    ['explanation'],
    ['explanation'],
  ]);
});
