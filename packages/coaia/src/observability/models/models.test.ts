/** Models over HTTP on both databases, and what they do to the cost of what is ingested. */
import type { Database } from '#store';
import { openTestDatabases } from '#store/testing';
import type { Model, Observation, Paged } from '@coaia/client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { callRoute } from '../testing/call-route.ts';

const START = '2026-03-01T00:00:00.000Z';

describe.each(openTestDatabases())('models over $name', ({ open }) => {
  let db: Database;
  let events = 0;
  const call = async (request: string, body?: unknown, projectId = 'p1') =>
    (
      await callRoute({
        api: { db, clock: () => Date.parse(START) },
        request,
        body,
        scope: { projectId, level: 'project', via: 'key' },
      })
    ).json;
  const create = (body: object) =>
    call('POST /api/public/models', { unit: 'TOKENS', ...body }) as Promise<Model>;
  const list = (search = '') => call(`GET /api/public/models${search}`) as Promise<Paged<Model>>;

  /** Ingests one generation and reads it back. */
  async function observe(body: object, projectId = 'p1'): Promise<Observation> {
    const id = `o${++events}`;
    const event = {
      id: `e${events}`,
      type: 'generation-create',
      timestamp: START,
      body: { id, traceId: 't', startTime: START, ...body },
    };
    const { ingestBatch } = await import('../ingestion/ingest-batch.ts');
    await ingestBatch({ db, clock: Date.now }, { projectId, level: 'project', via: 'key' }, [
      event,
    ]);
    return call(`GET /api/public/observations/${id}`, undefined, projectId) as Promise<Observation>;
  }

  beforeAll(async () => {
    db = await open();
  });
  afterAll(() => db.close());

  it('lists the built-in models, read only', async () => {
    const { data, meta } = await list('?limit=100');
    expect(meta.totalItems).toBeGreaterThanOrEqual(60);
    expect(data.every(({ isLangfuseManaged }) => isLangfuseManaged)).toBe(true);
    const id = 'builtin:openai:gpt-4o';
    const model = (await call(`GET /api/public/models/${id}`)) as Model;
    expect(model).toMatchObject({ modelName: 'gpt-4o', unit: 'TOKENS', inputPrice: 2.5e-6 });
    expect(model.pricingTiers[0]).toMatchObject({ isDefault: true, priority: 0, conditions: [] });
    await expect(call(`DELETE /api/public/models/${id}`)).rejects.toMatchObject({
      code: 'COAIA-0003',
    });
    const body = { modelName: 'x', matchPattern: 'x', inputPrice: 1 };
    await expect(call(`PUT /api/public/models/${id}`, body)).rejects.toMatchObject({
      code: 'COAIA-1132',
    });
  });

  it('creates, reads, replaces and deletes', async () => {
    const model = await create({
      modelName: 'house',
      matchPattern: '(?i)^house$',
      startDate: '2026-01-01',
      inputPrice: 0.001,
      outputPrice: 0,
      tokenizerId: 'openai',
      tokenizerConfig: { tokensPerName: 1 },
    });
    expect(model).toMatchObject({
      isLangfuseManaged: false,
      startDate: '2026-01-01T00:00:00.000Z',
      inputPrice: 0.001,
      outputPrice: 0,
      totalPrice: null,
      prices: { input: { price: 0.001 }, output: { price: 0 } },
      tokenizerConfig: { tokensPerName: 1 },
    });
    expect(await call(`GET /api/public/models/${model.id}`)).toEqual(model);
    const changed = (await call(`PUT /api/public/models/${model.id}`, {
      modelName: 'house',
      matchPattern: '^house$',
      totalPrice: 0.5,
    })) as Model;
    expect(changed).toMatchObject({ id: model.id, inputPrice: null, totalPrice: 0.5, unit: null });
    expect((await list('?limit=100&page=1')).data.map(({ id }) => id)).toContain(model.id);
    await expect(call(`GET /api/public/models/${model.id}`, undefined, 'p2')).rejects.toMatchObject(
      { code: 'COAIA-0003' },
    );
    await expect(
      call(`DELETE /api/public/models/${model.id}`, undefined, 'p2'),
    ).rejects.toMatchObject({ code: 'COAIA-0003' });
    await call(`DELETE /api/public/models/${model.id}`);
    await expect(call(`GET /api/public/models/${model.id}`)).rejects.toMatchObject({
      code: 'COAIA-0003',
    });
    expect(
      await call(`PUT /api/public/models/chosen`, {
        modelName: 'chosen',
        matchPattern: 'chosen',
        inputPrice: 1,
      }),
    ).toMatchObject({ id: 'chosen' });
  });

  const tier = {
    name: 'Standard',
    isDefault: true,
    priority: 0,
    conditions: [],
    prices: { input: 1 },
  };
  const named = { modelName: 'm', matchPattern: 'm' };
  const condition = { usageDetailPattern: '(', operator: 'gt', value: 1, caseSensitive: true };
  it.each([
    [{ ...named }, 'COAIA-1130'],
    [{ ...named, inputPrice: 1, pricingTiers: [tier] }, 'COAIA-1130'],
    [{ ...named, inputPrice: 1, totalPrice: 1 }, 'COAIA-1130'],
    [{ ...named, matchPattern: '(', inputPrice: 1 }, 'COAIA-1131'],
    [{ ...named, pricingTiers: [{ ...tier, isDefault: false }] }, 'COAIA-1130'],
    [{ ...named, pricingTiers: [{ ...tier, priority: 1 }] }, 'COAIA-1130'],
    [{ ...named, pricingTiers: [{ ...tier, prices: {} }] }, 'COAIA-1130'],
    [{ ...named, pricingTiers: [tier, { ...tier, name: 'B', isDefault: false }] }, 'COAIA-1130'],
    [
      {
        ...named,
        pricingTiers: [
          tier,
          { ...tier, name: 'B', isDefault: false, priority: 1, conditions: [condition] },
        ],
      },
      'COAIA-1131',
    ],
  ])('refuses %j', async (body, code) => {
    await expect(create(body)).rejects.toMatchObject({ code });
  });

  it('prices what is ingested: own before built-in, newest start, back again when deleted', async () => {
    const usage = { model: 'gpt-4o', usageDetails: { input: 1000 } };
    expect((await observe(usage)).calculatedTotalCost).toBe(0.0025);
    const old = await create({ modelName: 'own', matchPattern: '^gpt-4o$', inputPrice: 0.001 });
    const first = await observe(usage);
    expect(first).toMatchObject({ modelId: old.id, calculatedTotalCost: 1, inputPrice: 0.001 });
    const newer = await create({
      modelName: 'own',
      matchPattern: '(?i)^GPT-4o',
      startDate: '2026-02-01T00:00:00Z',
      inputPrice: 0.002,
    });
    await create({
      modelName: 'own',
      matchPattern: '^gpt-4o$',
      startDate: '2026-04-01T00:00:00Z',
      inputPrice: 9,
    });
    expect(await observe(usage)).toMatchObject({ modelId: newer.id, calculatedTotalCost: 2 });
    expect((await observe(usage, 'p2')).calculatedTotalCost).toBe(0.0025);
    await call(`DELETE /api/public/models/${newer.id}`);
    expect(await observe(usage)).toMatchObject({ modelId: old.id, calculatedTotalCost: 1 });
  });

  it('chooses the tier by usage and by parameters', async () => {
    const large = {
      usageDetailPattern: '^INPUT',
      operator: 'gt',
      value: 100,
      caseSensitive: false,
    };
    await create({
      modelName: 'tiered',
      matchPattern: '^tiered$',
      pricingTiers: [
        { ...tier, prices: { input: 1 } },
        {
          ...tier,
          name: 'Large',
          isDefault: false,
          priority: 2,
          conditions: [large],
          prices: { input: 2 },
        },
        {
          ...tier,
          name: 'Batch',
          isDefault: false,
          priority: 1,
          conditions: [
            { source: 'model_parameters', key: 'service', operator: 'in', values: ['batch'] },
          ],
          prices: { input: 0.5 },
        },
      ],
    });
    const cost = async (input: number, modelParameters?: object) => {
      const found = await observe({ model: 'tiered', usageDetails: { input }, modelParameters });
      return [found.calculatedTotalCost, found.inputPrice];
    };
    expect(await cost(100)).toEqual([100, 1]);
    expect(await cost(101)).toEqual([202, 2]);
    expect(await cost(101, { service: 'batch' })).toEqual([50.5, 0.5]);
  });

  it('is not held up by a pattern that backtracks without end', async () => {
    await create({ modelName: 'evil', matchPattern: '^(a+)+$', inputPrice: 1 });
    const found = await observe({ model: `${'a'.repeat(60)}b`, usageDetails: { input: 1 } });
    expect(found.modelId).toBeNull();
  });
});
