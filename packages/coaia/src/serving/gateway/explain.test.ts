import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runtimeFailures } from '../runtimes/errors.ts';
import type { Explanation } from '../signatures/signature.ts';
import { field } from '../signatures/testing/field.ts';
import { EXAMPLE, IRIS_MODEL, makeManifest, openStubService } from './testing/stub-service.ts';
import type { StubService } from './testing/stub-service.ts';

const TERMS: Explanation = {
  kind: 'terms',
  scale: 'the log-odds of the prediction',
  baseline: 'the average',
  outputs: ['baseline', 'total', 'term:petal_length'].map((name) => field(name)),
};
const iris = IRIS_MODEL.manifests[0]?.signature;

describe('addresses that explain', () => {
  let service: StubService;
  const deadlines: (number | undefined)[] = [];
  beforeAll(async () => {
    if (iris === undefined) throw new Error('the stub has no iris');
    const linear = {
      ...makeManifest('linear', 1, { ...iris, explanation: TERMS }),
      explainTimeoutMs: 7000,
    };
    service = await openStubService({
      models: [{ manifests: [linear] }, IRIS_MODEL],
      answer: async (_version, { rows }, { operation, deadline }) => {
        if (operation !== 'explain') return undefined;
        deadlines.push(deadline);
        const column = (name: string, value: number) => ({
          name,
          datatype: 'FP64' as const,
          shape: [rows],
          data: Float64Array.from({ length: rows }, () => value),
        });
        const outputs = [column('baseline', 1), column('total', 3), column('term:petal_length', 2)];
        return { outputs, warnings: [], timings: { queueMs: 0, workerMs: 0, batchRows: rows } };
      },
    });
  });
  afterAll(() => service.gateway.close());

  const one = { baseline: 1, total: 3, terms: { petal_length: 2 } };

  it("natively, in KServe's words, and beside a prediction; only the last is one", async () => {
    const { post, records } = service;
    const native = await post('/v1/models/linear/explain', [EXAMPLE, EXAMPLE]);
    expect(native.body).toMatchObject({
      explanations: [one, one],
      explained_by: 'terms',
      scale: TERMS.scale,
      baseline: TERMS.baseline,
      model: 'linear',
      version: '1',
    });
    const versioned = await post('/v1/models/linear/versions/1/explain', EXAMPLE);
    expect(versioned.body.explanations).toEqual([one]);
    const kserve = await post('/v1/models/linear:explain', { instances: [EXAMPLE] });
    expect(kserve.body).toEqual({ explanations: [one] });
    expect(records.map(({ explanation }) => explanation?.isAlone)).toEqual([true, true, true]);
    const metrics = await (await service.ask('/metrics')).text();
    expect(metrics).toMatch(/ao_requests_total\{[^}]*route="explain"[^}]*\} 3/);
    expect(metrics).not.toContain('route="champion"');
    const both = await post('/v1/models/linear/predict?explain=1', EXAMPLE);
    expect(both.body).toMatchObject({ predictions: [{ label: 'setosa' }], explanations: [one] });
    expect(records).toHaveLength(4);
    expect(records[3]).toMatchObject({
      requestId: both.body.request_id,
      outputs: [{ name: 'label' }, { name: 'probability' }],
      explanation: { isAlone: false, about: { kind: 'terms', scale: TERMS.scale }, values: [one] },
    });
    // Why, asked later by the id of the prediction, goes to its trace.
    const { request_id: id, trace_id: trace } = both.body;
    const later = await post('/v1/models/linear/explain', EXAMPLE, { 'x-request-id': id });
    expect(later.body).toMatchObject({ request_id: id, trace_id: trace });
    expect(records[4]).toMatchObject({ requestId: id, traceId: trace });
  });

  it('has a deadline of its own', () => {
    const rest = (deadlines[0] ?? 0) - Date.now();
    expect(rest).toBeGreaterThan(1000);
    expect(rest).toBeLessThanOrEqual(7000);
  });

  it('validates rows as predictions do', async () => {
    const { status, body } = await service.post('/v1/models/linear/explain', { petal_length: 'x' });
    expect([status, body.error.code]).toEqual([422, 'AO422']);
  });

  it('AO456 says how to add an explanation; only models that have one are documented', async () => {
    const { status, body } = await service.post('/v1/models/iris:explain', {
      instances: [EXAMPLE],
    });
    expect(status).toBe(runtimeFailures.table.AO456.status);
    expect(body.error).toContain('Write predict and explain in model-service/model.py');
    const document = (await (await service.ask('/openapi.json')).json()) as {
      paths: Record<string, { post?: { description?: string } }>;
    };
    expect(Object.keys(document.paths).filter((path) => path.endsWith('/explain'))).toEqual([
      '/v1/models/linear/explain',
    ]);
    expect(document.paths['/v1/models/linear/explain']?.post?.description).toContain(
      'the log-odds of the prediction',
    );
  });
});
