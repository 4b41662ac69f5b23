import { loadRoutes } from '#main/route-tables';
import { describe, expect, it } from 'vitest';
import { renderOpenApi } from './openapi.ts';
import { platformRoutes } from './routes/platform.ts';

type Operation = Readonly<Record<string, unknown>>;

async function render() {
  const routes = [...platformRoutes, ...(await loadRoutes())];
  const document = renderOpenApi(routes, { version: '1.2.3', baseUrl: 'http://127.0.0.1:1' });
  const paths = document['paths'] as Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  return { routes, paths, document };
}

describe('the OpenAPI document', () => {
  it('has every operation that runs, once', async () => {
    const { routes, paths } = await render();
    const operations = Object.values(paths).flatMap((path) => Object.values(path));
    expect(operations).toHaveLength(routes.length);
    const ids = operations.map(({ operationId }) => operationId);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('names each parameter of a path, and those of the query', async () => {
    const { paths } = await render();
    const trace = paths['/api/public/traces/{traceId}']?.['get'];
    expect(trace?.['parameters']).toContainEqual(
      expect.objectContaining({ name: 'traceId', in: 'path', required: true }),
    );
    const list = paths['/api/public/traces']?.['get'];
    expect(list?.['parameters']).toContainEqual(
      expect.objectContaining({ name: 'userId', in: 'query', required: false }),
    );
    for (const path of Object.keys(paths)) expect(path).not.toContain(':');
  });

  it('says who may call: health is open, ingestion also takes a browser key', async () => {
    const { paths } = await render();
    expect(paths['/api/public/health']?.['get']?.['security']).toEqual([]);
    expect(paths['/api/public/ingestion']?.['post']?.['security']).toContainEqual({
      browserKey: [],
    });
  });

  it('is plain JSON', async () => {
    const { document } = await render();
    const text = JSON.stringify(document);
    expect(JSON.parse(text)).toEqual(document);
  });
});
