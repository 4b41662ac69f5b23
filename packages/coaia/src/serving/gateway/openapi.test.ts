import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { IRIS_MODEL, openStubService, PRICE_MODEL } from './testing/stub-service.ts';
import type { StubService } from './testing/stub-service.ts';

// oxlint-disable-next-line typescript/no-explicit-any -- its form is what the tests look at
type Json = Readonly<Record<string, any>>;

describe('the OpenAPI document', () => {
  let service: StubService;
  let document: Json;
  let text: string;
  beforeAll(async () => {
    service = await openStubService({ models: [IRIS_MODEL, PRICE_MODEL] });
    text = await (await service.ask('/openapi.json')).text();
    document = JSON.parse(text) as Json;
  });
  afterAll(() => service.gateway.close());

  it('is 3.1 and refers to nothing that it does not have', () => {
    expect(document['openapi']).toBe('3.1.0');
    for (const [, name = ''] of text.matchAll(/#\/components\/schemas\/([^"]+)/g))
      expect(document['components']['schemas']).toHaveProperty([name]);
    const operations = Object.values(document['paths'] as Json).flatMap((path) =>
      Object.values(path as Record<string, { readonly operationId: string }>),
    );
    const ids = operations.map(({ operationId }) => operationId);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('has examples that work at their addresses', async () => {
    const paths = Object.entries(document['paths'] as Json).filter(([path]) =>
      path.endsWith('/predict'),
    );
    expect(paths).toHaveLength(2);
    for (const [path, item] of paths) {
      const { requestBody } = (item as Json)['post'];
      const { example } = requestBody['content']['application/json'];
      expect((await service.post(path, example)).status).toBe(200);
    }
  });

  it('shows at the short address the only model there is', async () => {
    const one = await openStubService();
    expect(await (await one.ask('/openapi.json')).text()).toContain('"/predict"');
    await one.gateway.close();
    expect(text).not.toContain('"/predict"');
  });
});
