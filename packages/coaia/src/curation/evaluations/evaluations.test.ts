import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openTestDatabases } from '#store/testing';
import { isSampled } from '../evaluation-rules/sampling.ts';
import { listEvaluations } from './evaluations.ts';
import { evaluationQuery } from './schema.ts';
import { JUDGE, openEvaluating, SCOPE } from './testing/open-evaluating.ts';
import type { Evaluating } from './testing/open-evaluating.ts';

/** Says what the input tells it to say; without orders what the test server says by itself. */
const reply = (input: string) => {
  const said = /\[\[say (.*?)\]\]/s.exec(input)?.[1];
  return said === undefined ? undefined : { text: said };
};
const say = (value: unknown) => `[[say ${JSON.stringify(value)}]]`;

describe.each(openTestDatabases())('on $name', ({ open }) => {
  let all: Evaluating;
  beforeEach(async () => {
    all = await openEvaluating(await open(), { reply });
    await all.connect();
  });
  afterEach(() => all.close());

  const log = async () =>
    (await listEvaluations(all.ports, SCOPE, evaluationQuery.parse({ limit: '100' }))).data;

  test('a rule scores what arrives, and the score follows the answer', async () => {
    const evaluatorId = await all.evaluator();
    const ruleId = await all.rule([evaluatorId]);
    await all.observe('a', say({ reasoning: 'half right', score: 0.5 }));
    await all.observe('b', say({ reasoning: 'wrong', score: 0 }));
    await all.settle();
    const scores = await all.scores();
    expect(scores).toMatchObject([
      { trace_id: 'trace-a', observation_id: 'a', value: 0.5, comment: 'half right' },
      { trace_id: 'trace-b', observation_id: 'b', value: 0, comment: 'wrong' },
    ]);
    for (const score of scores)
      expect(score).toMatchObject({
        name: 'quality',
        source: 'EVAL',
        data_type: 'NUMERIC',
        metadata: { evaluatorId, evaluationRuleId: ruleId, evaluatorVersion: 1 },
      });
    expect(await log()).toMatchObject([
      { status: 'done', attempts: 1, error: null, evaluationRuleId: ruleId },
      { status: 'done', attempts: 1, error: null, evaluationRuleId: ruleId },
    ]);
  });

  test('the same answer server gives other scores for other inputs', async () => {
    await all.rule([await all.evaluator()]);
    for (const id of ['a', 'b', 'c', 'd']) await all.observe(id, `question ${id}`);
    await all.settle();
    const values = (await all.scores()).map(({ value }) => value);
    expect(values).toHaveLength(4);
    expect(new Set(values).size).toBeGreaterThan(2);
  });

  test("the judge's call is a trace of its own, and no rule looks at it", async () => {
    await all.rule([await all.evaluator()]);
    await all.observe('a', say({ reasoning: 'r', score: 1 }));
    await all.settle();
    all.wait(60_000);
    await all.settle();
    const [score] = await all.scores();
    const { executionTraceId } = score?.metadata ?? {};
    const [trace] = await all.ports.db.read('SELECT * FROM traces WHERE id = ?', [
      executionTraceId,
    ]);
    expect(trace).toMatchObject({ environment: 'llm-as-a-judge' });
    expect(await all.models.readRecord()).toMatchObject({
      trace_id: executionTraceId,
      type: 'GENERATION',
      model: 'judge-1',
    });
    expect(all.server.calls).toHaveLength(1);
    expect(await log()).toHaveLength(1);
  });

  test.each([
    ['no JSON', '[[say great!]]'],
    ['no score', say({ reasoning: 'r' })],
    ['no reasoning', say({ score: 1 })],
    ['a word for a number', say({ reasoning: 'r', score: 'high' })],
    ['a number out of range', say({ reasoning: 'r', score: 7 })],
    ['nothing of a chat answer', '[[malformed]]'],
    ['half an answer', '[[no-json]]'],
  ])('a judge that answers %s gives an error and no score', async (_name, input) => {
    await all.rule([await all.evaluator()]);
    await all.observe('a', input);
    await all.settle();
    expect(await all.scores()).toEqual([]);
    const [evaluation] = await log();
    expect(evaluation?.status).toBe('failed');
    expect(evaluation?.error?.code).toMatch(/^COAIA-(?:2260|4007)$/);
    // What the model said can be looked at.
    const [trace] = await all.ports.db.read('SELECT id FROM traces WHERE id = ?', [
      evaluation?.executionTraceId ?? '',
    ]);
    expect(trace).toBeDefined();
  });

  test('booleans, one category and several categories', async () => {
    const outputs = [
      { name: 'yes', output: { dataType: 'BOOLEAN' }, score: true },
      {
        name: 'one',
        output: {
          dataType: 'CATEGORICAL',
          categories: ['x', 'y'],
          shouldAllowMultipleMatches: false,
        },
        score: 'y',
      },
      {
        name: 'many',
        output: {
          dataType: 'CATEGORICAL',
          categories: ['x', 'y', 'z'],
          shouldAllowMultipleMatches: true,
        },
        score: ['z', 'x'],
      },
    ];
    for (const { name, output, score } of outputs) {
      const prompt = `{{input}} ${say({ reasoning: name, score })}`;
      await all.rule([await all.evaluator({ name, prompt, outputDefinition: output })]);
    }
    await all.observe('a', 'q');
    await all.settle();
    const seen = (await all.scores()).map(
      ({ name, value, string_value: text, data_type: type }) => [name, type, value, text],
    );
    expect(seen).toHaveLength(4);
    expect(seen).toEqual(
      expect.arrayContaining([
        ['many', 'CATEGORICAL', 0, 'x'],
        ['many', 'CATEGORICAL', 0, 'z'],
        ['one', 'CATEGORICAL', 0, 'y'],
        ['yes', 'BOOLEAN', 1, 'True'],
      ]),
    );
  });

  test('a sample of a quarter of 400 is exactly the ids whose hash lies below it', async () => {
    const prompt = `{{input}} ${say({ reasoning: 'r', score: 1 })}`;
    await all.rule([await all.evaluator({ prompt })], { sampling: 0.25 });
    const ids = Array.from({ length: 400 }, (_, n) => `obs-${n}`);
    for (const id of ids) await all.observe(id, 'q');
    await all.settle();
    const expected = ids.filter((id) => isSampled(id, 0.25)).toSorted();
    expect(expected.length).toBeGreaterThan(70);
    expect(expected.length).toBeLessThan(130);
    const scored = (await all.scores()).map(({ observation_id: id }) => String(id)).toSorted();
    expect(scored).toEqual(expected);
  }, 120_000);

  test('conditions decide, old data does not count, and a rule that is off wants nothing', async () => {
    await all.observe('before', 'q');
    all.wait(1000);
    const prompt = `{{input}} ${say({ reasoning: 'r', score: 1 })}`;
    await all.rule([await all.evaluator({ prompt })], {
      filter: [
        { type: 'stringOptions', column: 'type', operator: 'any of', value: ['GENERATION'] },
        { type: 'stringObject', column: 'metadata', key: 'tier', operator: '=', value: 'gold' },
        { type: 'arrayOptions', column: 'tags', operator: 'any of', value: ['live'] },
      ],
    });
    const time = new Date(all.ports.clock() + 5).toISOString();
    all.wait(10);
    for (const id of ['yes', 'untagged', 'poor'])
      await all.ingest('trace-create', {
        id: `trace-${id}`,
        tags: id === 'untagged' ? [] : ['live'],
      });
    await all.observe('yes', 'q', { metadata: { tier: 'gold' } });
    await all.observe('untagged', 'q', { metadata: { tier: 'gold' } });
    await all.observe('poor', 'q', { metadata: { tier: 'tin' } });
    const span = { id: 'span', traceId: 'trace-yes', startTime: time, endTime: time };
    await all.ingest('span-create', { ...span, metadata: { tier: 'gold' } });
    await all.settle();
    expect((await all.scores()).map(({ observation_id: id }) => id)).toEqual(['yes']);
  });

  test('what is not finished waits until it is', async () => {
    const prompt = `{{output}} ${say({ reasoning: 'r', score: 1 })}`;
    await all.rule([await all.evaluator({ prompt })]);
    await all.observe('a', 'q', { endTime: null, output: null });
    await all.settle();
    expect(await all.scores()).toEqual([]);
    expect(await log()).toMatchObject([{ status: 'pending' }]);
    await all.ingest('generation-update', {
      id: 'a',
      traceId: 'trace-a',
      endTime: new Date(all.ports.clock()).toISOString(),
      output: 'the end',
    });
    await all.settle();
    expect(await all.scores()).toHaveLength(1);
    expect(JSON.stringify(all.server.calls[0]?.body)).toContain('the end');
  });

  test('mapped values come from where they are said to come from', async () => {
    const variableMapping = [
      { variable: 'question', source: 'input', jsonPath: '$.messages[-1].content' },
      { variable: 'names', source: 'tool_calls', jsonPath: '$[*].name' },
      { variable: 'tier', source: 'metadata', jsonPath: "$['customer'].tier" },
    ];
    const prompt = `q={{question}} t={{names}} m={{tier}} ${say({ reasoning: 'r', score: 1 })}`;
    await all.rule([await all.evaluator({ prompt, variableMapping })]);
    await all.observe('a', null, {
      input: { messages: [{ content: 'first' }, { content: 'last' }] },
      output: { tool_calls: [{ id: '1', function: { name: 'search', arguments: '{}' } }] },
      metadata: { customer: { tier: 'gold' } },
    });
    await all.settle();
    expect(await all.scores()).toHaveLength(1);
    expect(all.server.calls[0]?.body.messages.at(-1).content).toMatch(
      /^q=last t=\["search"\] m=gold /,
    );
  });

  test('passing trouble is tried again later, lasting trouble is not', async () => {
    await all.rule([await all.evaluator()]);
    const busy = { kind: 'status', status: 503 } as const;
    all.server.misbehave(busy, busy, busy);
    await all.observe('a', say({ reasoning: 'r', score: 1 }));
    await all.settle();
    expect(await log()).toMatchObject([
      { status: 'pending', attempts: 1, error: { code: 'COAIA-4006' } },
    ]);
    all.wait(60_000);
    await all.settle();
    expect(await all.scores()).toHaveLength(1);
    expect(await log()).toMatchObject([{ status: 'done', attempts: 2, error: null }]);
  }, 60_000);

  test('without a connection a rule cannot be switched on, and says why', async () => {
    const lonely = await all.evaluator({ ...JUDGE, modelConfig: { provider: 'gone', model: 'm' } });
    await expect(all.rule([lonely])).rejects.toMatchObject({
      code: 'COAIA-2250',
      definition: { name: 'evaluator_preflight_failed', status: 422 },
      details: { evaluatorName: 'quality', provider: 'gone', model: 'm' },
    });
  });

  test('a connection that is refused pauses the evaluator and loses nothing', async () => {
    const evaluatorId = await all.evaluator();
    await all.rule([evaluatorId]);
    all.server.misbehave('echo-key');
    await all.observe('a', say({ reasoning: 'r', score: 1 }));
    await all.settle();
    const [row] = await all.ports.db.read('SELECT * FROM evaluators WHERE id = ?', [evaluatorId]);
    expect(row).toMatchObject({ paused_reason: 'provider_authentication_failed' });
    expect(await log()).toMatchObject([{ status: 'pending', error: { code: 'COAIA-4004' } }]);
    await all.settle();
    expect(all.server.calls).toHaveLength(1);
    await all.ports.db.write((tx) => tx.run('UPDATE evaluators SET paused_at = NULL'));
    await all.settle();
    expect(await all.scores()).toHaveLength(1);
  });
});
