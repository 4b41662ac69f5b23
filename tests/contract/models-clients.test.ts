/** Models and metrics through the official command line, with the contracts of both major versions. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { event, openApiServer } from './api-server.ts';
import type { ApiServer } from './api-server.ts';
import { openLangfuseCli } from './langfuse-cli.ts';
import type { LangfuseCli } from './langfuse-cli.ts';

let server: ApiServer;
let cli: LangfuseCli;
beforeAll(async () => {
  server = await openApiServer();
  cli = openLangfuseCli(server);
});
afterAll(async () => {
  cli.close();
  await server.stop();
});

// oxlint-disable-next-line typescript/no-explicit-any -- its form is what the tests check
async function ask(...words: readonly string[]): Promise<any> {
  const { code, stdout, stderr } = await cli.run(words);
  expect({ words, code, stderr }).toMatchObject({ words, code: 0 });
  return JSON.parse(stdout);
}

describe.each([
  ['4', 'metrics'],
  ['3', 'legacy-metrics-v1'],
])('langfuse --api-version %s', (version, resource) => {
  const api = (...words: readonly string[]) => ask('--api-version', version, 'api', ...words);

  test('makes a model, sums up what it prices, and deletes it', async () => {
    const name = `house-${version}`;
    const body = { modelName: name, matchPattern: `^${name}$`, unit: 'TOKENS', inputPrice: 0.5 };
    const model = await api('models', 'create', '--body-json', JSON.stringify(body));
    expect(await api('models', 'get', model.id)).toMatchObject({
      ...body,
      prices: { input: { price: 0.5 } },
    });
    const startTime = '2026-03-01T10:00:00.000Z';
    const usageDetails = { input: 4 };
    await server.ingest([
      event('generation-create', { id: name, traceId: 't', model: name, startTime, usageDetails }),
    ]);
    const query = {
      view: 'observations',
      metrics: [{ measure: 'totalCost', aggregation: 'sum' }],
      filters: [{ type: 'string', column: 'providedModelName', operator: '=', value: name }],
      fromTimestamp: '2026-03-01T00:00:00Z',
      toTimestamp: '2026-03-02T00:00:00Z',
    };
    const found = await api(resource, 'get', '--query', JSON.stringify(query));
    expect(found.data).toEqual([{ sum_totalCost: 2 }]);
    await api('models', 'delete', model.id);
    const { code } = await cli.run(['--api-version', version, 'api', 'models', 'get', model.id]);
    expect(code).not.toBe(0);
    const list = await api('models', 'list', '--limit', '100');
    expect(list.data.map(({ id }: { readonly id: string }) => id)).not.toContain(model.id);
    expect(list.meta.totalItems).toBeGreaterThan(60);
  });
});
