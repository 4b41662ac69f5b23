/** Texts that one of the databases cannot hold, in models, queries and feedback. */
import type { Database } from '#store';
import { openTestDatabases } from '#store/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { callRoute } from '../testing/call-route.ts';

const ODD = 'a\u0000b\uD800c';

describe.each(openTestDatabases())('odd texts over $name', ({ open }) => {
  let db: Database;
  const call = async (request: string, body?: unknown) =>
    (await callRoute({ api: { db, clock: Date.now }, request, body })).json;

  beforeAll(async () => {
    db = await open();
  });
  afterAll(() => db.close());

  it('are stored in models or refused, never an inner failure', async () => {
    const body = {
      modelName: ODD,
      matchPattern: 'odd',
      inputPrice: 1,
      tokenizerConfig: { key: ODD },
    };
    const made = await call('POST /api/public/models', body).catch((error: unknown) => error);
    expect(made).toHaveProperty(made instanceof Error ? 'issues' : 'id');
  });

  it('match nothing in a query', async () => {
    const query = {
      view: 'observations',
      metrics: [{ measure: 'count', aggregation: 'count' }],
      filters: [{ type: 'string', column: 'name', operator: '=', value: ODD }],
      fromTimestamp: '0001-01-01T00:00:00Z',
      toTimestamp: '9999-12-31T00:00:00Z',
      timeDimension: { granularity: 'minute' },
      config: { row_limit: 2 },
    };
    const address = `GET /api/public/metrics?query=${encodeURIComponent(JSON.stringify(query))}`;
    expect(await call(address)).toMatchObject({ data: [{ count_count: 0 }, { count_count: 0 }] });
  });

  it('are kept in feedback', async () => {
    const body = { targetType: 'cli', target: ODD, feedback: ODD };
    expect(await call('POST /api/public/feedback', body)).toHaveProperty('id');
  });
});
