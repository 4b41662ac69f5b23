import { afterEach, describe, expect, it } from 'vitest';
import { EXAMPLE, openStubService, PRICE_MODEL } from './testing/stub-service.ts';
import type { StubService, StubServiceOptions } from './testing/stub-service.ts';

describe("the service's own addresses", () => {
  let service: StubService | undefined;
  afterEach(() => service?.gateway.close());
  const open = async (options: StubServiceOptions = {}) => {
    service = await openStubService(options);
    return service;
  };

  it('predict a row, rows, and lists of values', async () => {
    const { post } = await open();
    const one = await post('/predict', EXAMPLE);
    expect(one.body).toMatchObject({
      predictions: [{ label: 'setosa', probability: [0.7502601055951177, 0.2497398944048823] }],
      classes: ['setosa', 'virginica'],
      model: 'iris',
      version: '1',
    });
    expect(one.body.request_id).toBe(one.headers.get('x-request-id'));
    expect(one.body.trace_id).toMatch(/^[\da-f]{32}$/);
    const two = await post('/v1/models/iris/versions/2/predict', [EXAMPLE, [6, 3, 5, 2]]);
    expect(two.body.version).toBe('2');
    expect(two.body.predictions.map(({ label }: { label: string }) => label)).toEqual([
      'setosa',
      'virginica',
    ]);
    const instances = await post('/predict', { instances: [[5.1, 3.5, 1.4, 0.2]] });
    expect(instances.body).toMatchObject({ predictions: ['setosa'], model: 'iris', version: '1' });
  });

  it('keep all digits of doubles, and write a single output as a value', async () => {
    const area = 0.1 + 0.2;
    const { post } = await open({ models: [PRICE_MODEL] });
    const { body } = await post('/predict', { area, rooms: null });
    expect(body.predictions).toEqual([area * 10 + 1000]);
  });

  it('say which value of which row is wrong, with an example that works', async () => {
    const { post, records } = await open();
    const { status, body } = await post('/predict', { instances: [[5.1, 'x']] });
    expect(status).toBe(422);
    expect(body.error.details).toContainEqual({
      row: 0,
      field: 'sepal_width',
      path: 'instances[0].sepal_width',
      got: '"x"',
      wanted: 'a number',
    });
    expect(body.error.message).toContain(JSON.stringify(EXAMPLE));
    expect(records[0]).toMatchObject({ status: 422, model: 'iris', error: { code: 'AO422' } });
  });
});
