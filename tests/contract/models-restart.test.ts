/** Models, what they price, metrics, old endpoints and feedback after a restart, on both databases. */
import { describe, expect, test } from 'vitest';
import { startServer } from '../../bench/lib/server.ts';
import { DATABASES } from './places.ts';
import { cleaners, createOwnPlace, send } from './restarts.ts';

const DAY = '2026-03-01';
const generation = (id: string) => ({
  id,
  traceId: 'trace-1',
  name: 'ask',
  model: 'house',
  startTime: `${DAY}T10:00:00Z`,
  usageDetails: { input: 1000 },
});
const QUERY = {
  view: 'observations',
  dimensions: [{ field: 'providedModelName' }],
  metrics: [{ measure: 'totalCost', aggregation: 'sum' }],
  filters: [{ type: 'string', column: 'type', operator: '=', value: 'GENERATION' }],
  fromTimestamp: `${DAY}T00:00:00Z`,
  toTimestamp: '2026-03-02T00:00:00Z',
};
const metrics = `metrics?query=${encodeURIComponent(JSON.stringify(QUERY))}`;

describe.each(DATABASES)('on %s', (name) => {
  test('models price what comes after a restart, and the old endpoints stored it', async () => {
    const place = await createOwnPlace(name);
    const first = await startServer(place);
    const body = { modelName: 'house', matchPattern: '^house$', inputPrice: 0.001 };
    const model = await send(first, 'POST', 'public/models', body);
    await send(first, 'PUT', 'public/models/gone', { ...body, inputPrice: 9 });
    await send(first, 'DELETE', 'public/models/gone');
    const trace = { id: 'trace-1', name: 'old', timestamp: `${DAY}T09:00:00Z` };
    await send(first, 'POST', 'public/traces', trace);
    await send(first, 'POST', 'public/generations', generation('g1'));
    await send(first, 'PATCH', 'public/generations', {
      generationId: 'g1',
      endTime: `${DAY}T10:00:02Z`,
    });
    await send(first, 'POST', 'public/spans', { id: 's1', traceId: 'trace-1' });
    await send(first, 'PATCH', 'public/spans', { spanId: 's1', name: 'changed' });
    await send(first, 'POST', 'public/events', { id: 'e1', traceId: 'trace-1' });
    const said = { targetType: 'docs', target: '/docs/metrics', feedback: 'Clear.' };
    await send(first, 'POST', 'public/feedback', said);
    await first.stop();

    const second = await startServer(place);
    cleaners.push(() => second.stop());
    const missing = await send(second, 'GET', 'public/models/gone');
    expect(missing.error).toBe('LangfuseNotFoundError');
    await send(second, 'POST', 'public/generations', generation('g2'));
    const sum = [{ providedModelName: 'house', sum_totalCost: 2 }];
    expect((await send(second, 'GET', `public/${metrics}`)).data).toEqual(sum);
    expect((await send(second, 'GET', `public/v2/${metrics}`)).data).toEqual(sum);
    const daily = await send(second, 'GET', `public/metrics/daily?toTimestamp=2026-03-02`);
    expect(daily.data).toMatchObject([{ date: DAY, countTraces: 1, totalCost: 2 }]);
    const stored = await send(second, 'GET', 'public/traces/trace-1');
    expect(stored.name).toBe('old');
    expect(
      stored.observations.toSorted((a: { id: string }, b: { id: string }) =>
        a.id < b.id ? -1 : 1,
      ),
    ).toMatchObject([
      { id: 'e1', type: 'EVENT' },
      { id: 'g1', modelId: model.id, inputPrice: 0.001, latency: 2 },
      { id: 'g2', calculatedTotalCost: 1 },
      { id: 's1', type: 'SPAN', name: 'changed' },
    ]);
    const [{ id: projectId }] = (await send(second, 'GET', 'public/projects')).data;
    const feedback = await send(second, 'GET', `v1/projects/${projectId}/feedback`);
    expect(feedback.data).toMatchObject([said]);
  }, 60_000);
});
