/** Evaluators, rules and evaluations over a crash in the middle of the work, on both databases. */
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { startServer } from '../../bench/lib/server.ts';
import type { BenchServer } from '../../bench/lib/server.ts';
import { openModelServer } from '../../packages/coaia/src/models/testing/model-server.ts';
import { createPlace, DATABASES } from './places.ts';

async function send(
  server: BenchServer,
  method: string,
  path: string,
  body?: unknown,
  // oxlint-disable-next-line typescript/no-explicit-any -- its form is what the test checks
): Promise<any> {
  const answer = await fetch(`${server.url}/api/${path}`, {
    method,
    headers: { authorization: server.authorization, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return answer.json();
}

const COUNT = 12;

const observe = (server: BenchServer, n: number) => {
  const timestamp = new Date().toISOString();
  const body = {
    id: `o${n}`,
    traceId: `t${n}`,
    name: 'answer',
    startTime: timestamp,
    endTime: timestamp,
    input: `[[slow 500]] question ${n}`,
    output: `answer ${n}`,
  };
  const batch = [{ id: `e${n}`, type: 'generation-create', timestamp, body }];
  return send(server, 'POST', 'public/ingestion', { batch });
};

async function writeRule(server: BenchServer, baseURL: string) {
  await send(server, 'PUT', 'public/llm-connections', {
    provider: 'judge',
    adapter: 'openai',
    secretKey: 'sk-judge',
    baseURL,
    customModels: ['judge-1'],
  });
  const evaluator = await send(server, 'POST', 'public/v2/evaluators', {
    name: 'quality',
    type: 'llm_as_judge',
    prompt: '{{input}} {{output}}',
    outputDefinition: { dataType: 'NUMERIC', minValue: 0, maxValue: 1 },
  });
  const rule = await send(server, 'POST', 'public/v2/evaluation-rules', {
    name: 'answers',
    enabled: true,
    evaluatorAssignments: [{ evaluatorId: evaluator.id }],
  });
  return { evaluator, rule };
}

async function waitForCount(server: BenchServer, status: string, least: number) {
  for (;;) {
    const { meta } = await send(server, 'GET', 'v1/projects/default/evaluations?limit=1');
    if (meta.counts[status] >= least) return;
    await sleep(50);
  }
}

// They mostly wait for claims to run out, so they wait together.
describe.concurrent.each(DATABASES)('on %s', (name) => {
  test('what was under way in a crash is evaluated after it, and nothing twice', async ({
    onTestFinished: onCleanUp,
  }) => {
    const model = await openModelServer();
    onCleanUp(() => model.close());
    const place = await createPlace(name);
    onCleanUp(() => place.remove());
    const first = await startServer(place);
    const { evaluator, rule } = await writeRule(first, model.baseUrl);
    for (let n = 0; n < COUNT; n++) await observe(first, n);
    await waitForCount(first, 'done', 1);
    const { meta } = await send(first, 'GET', 'v1/projects/default/evaluations');
    expect(meta.counts.done).toBeLessThan(COUNT);
    await first.crash();

    const second = await startServer(place);
    onCleanUp(() => second.stop());
    // What the crash interrupted waits until its claim has run out.
    await waitForCount(second, 'done', COUNT);
    const { data: scores } = await send(second, 'GET', 'public/v2/scores?source=EVAL&limit=100');
    expect(scores).toHaveLength(COUNT);
    const ids = scores.map((score: { observationId: string }) => score.observationId);
    expect(new Set(ids).size).toBe(COUNT);
    expect(scores[0]).toMatchObject({
      name: 'quality',
      source: 'EVAL',
      comment: expect.any(String),
      metadata: { evaluatorId: evaluator.id, evaluationRuleId: rule.id },
    });
    const { executionTraceId } = scores[0].metadata;
    const call = await send(second, 'GET', `public/traces/${executionTraceId}`);
    expect(call).toMatchObject({ environment: 'llm-as-a-judge' });

    // Both spellings read the one store.
    const old = await send(second, 'GET', `public/unstable/evaluation-rules/${rule.id}`);
    expect(old).toMatchObject({
      status: 'active',
      evaluator: { id: evaluator.id, name: 'quality' },
    });
    const again = await send(second, 'GET', `public/unstable/evaluators/${evaluator.id}`);
    expect(again).toMatchObject({ prompt: '{{input}} {{output}}', evaluationRuleCount: 1 });
    const versions = await send(second, 'GET', `public/v2/evaluators/${evaluator.id}/versions`);
    expect(versions.data).toMatchObject([{ version: 1, variables: ['input', 'output'] }]);
  }, 120_000);
});
