/** Evaluations by code, of experiments and of traces. */
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest';
import { closeSandbox } from '#sandbox';
import { openTestDatabases } from '#store/testing';
import { findBox } from '../../sandbox/testing.ts';
import { createDatasetItem } from '../dataset-items/dataset-items.ts';
import { createDatasetRunItem } from '../dataset-runs/dataset-runs.ts';
import { createDataset } from '../datasets/datasets.ts';
import { unstableRuleBody } from '../evaluation-rules/schema.ts';
import { createUnstableRule } from '../evaluation-rules/unstable-rules.ts';
import { createEvaluations, listEvaluations, runTrial } from './evaluations.ts';
import { evaluationQuery, runBody } from './schema.ts';
import { openEvaluating, SCOPE } from './testing/open-evaluating.ts';
import type { Evaluating } from './testing/open-evaluating.ts';
import { runAll } from './worker.ts';

const { note, skip } = await findBox();
afterAll(closeSandbox);

const TYPESCRIPT = `
function evaluate(ctx: EvaluationContext): EvaluationResult {
  const expected = ctx.experiment?.itemExpectedOutput;
  const isRight = ctx.observation.output === (expected ?? ctx.observation.input);
  return {
    scores: [
      { name: 'right', value: isRight, dataType: 'BOOLEAN', comment: String(expected) },
      { name: 'tools', value: ctx.observation.toolCalls.length, dataType: 'NUMERIC' },
    ],
  };
}`;
const PYTHON = `
def evaluate(ctx: EvaluationContext) -> EvaluationResult:
    calls = [call.name for call in ctx.observation.tool_calls]
    return EvaluationResult(scores=[Score(name="tools", value=",".join(calls), data_type="CATEGORICAL")])
`;
const toCode = (sourceCode: string, sourceCodeLanguage = 'TYPESCRIPT') => ({
  name: 'code',
  type: 'code',
  sourceCode,
  sourceCodeLanguage,
});
const CALLS = { tool_calls: [{ id: 'c1', function: { name: 'search', arguments: '{"q":1}' } }] };

describe.each(openTestDatabases())('on $name', ({ open }) => {
  let all: Evaluating;
  beforeEach(async () => {
    all = await openEvaluating(await open());
    await all.connect();
  });
  afterEach(() => all.close());
  const log = async () =>
    (await listEvaluations(all.ports, SCOPE, evaluationQuery.parse({ limit: '100' }))).data;

  test('TypeScript scores what it sees, and calls no model', async () => {
    await all.rule([await all.evaluator(toCode(TYPESCRIPT))]);
    await all.observe('a', 'same', { output: 'same' });
    await all.observe('b', 'q', { output: CALLS });
    await all.settle();
    expect(
      (await all.scores()).map(({ observation_id: id, name, value }) => [id, name, value]),
    ).toEqual([
      ['a', 'right', 1],
      ['a', 'tools', 0],
      ['b', 'right', 0],
      ['b', 'tools', 1],
    ]);
    expect(all.server.calls).toEqual([]);
    expect(await log()).toMatchObject([{ executionTraceId: null }, { executionTraceId: null }]);
  });

  test.skipIf(skip)(`Python gets the same in its own words${note}`, async () => {
    await all.rule([await all.evaluator(toCode(PYTHON, 'PYTHON'))]);
    await all.observe('a', 'q', { output: CALLS });
    await all.settle();
    expect(await all.scores()).toMatchObject([{ name: 'tools', string_value: 'search' }]);
  });

  test.each([
    ['throws', 'function evaluate() { throw new Error("no") }', 'COAIA-0752'],
    ['never ends', 'function evaluate() { for (;;) {} }', 'COAIA-0750'],
    ['returns nonsense', 'function evaluate() { return { score: 1 } }', 'COAIA-2261'],
    [
      'says another type',
      'function evaluate() { return { scores: [{ name: "a", value: 1, dataType: "BOOLEAN2" }] } }',
      'COAIA-2261',
    ],
    [
      'names a config that is not there',
      'function evaluate() { return { scores: [{ name: "a", value: 1, configId: "gone" }] } }',
      'COAIA-2261',
    ],
  ])(
    'code that %s gives an error and no score',
    async (_name, source, code) => {
      await all.rule([await all.evaluator(toCode(source))]);
      await all.observe('a', 'q');
      await all.settle();
      expect(await all.scores()).toEqual([]);
      expect(await log()).toMatchObject([{ status: 'failed', error: { code } }]);
    },
    30_000,
  );

  const seedExperiment = async () => {
    await createDataset(all.ports, SCOPE, { name: 'qa' });
    for (const id of ['i1', 'i2']) {
      const item = { datasetName: 'qa', id, input: `q ${id}`, expectedOutput: `about q ${id}` };
      await createDatasetItem(all.ports, SCOPE, item);
    }
  };
  const link = (item: string) =>
    createDatasetRunItem(all.ports, SCOPE, {
      runName: 'monday',
      datasetItemId: item,
      traceId: `trace-${item}`,
    });

  test('items of experiments are evaluated once they are linked, against what was expected', async () => {
    await seedExperiment();
    await all.evaluator(toCode(TYPESCRIPT));
    const body = { name: 'exp', target: 'experiment', enabled: true };
    await createUnstableRule(
      all.ports,
      SCOPE,
      unstableRuleBody.parse({
        ...body,
        evaluators: [{ evaluator: { name: 'code', type: 'code' } }],
      }),
    );
    await all.observe('i1', 'q i1');
    await all.observe('other', 'q');
    await all.settle();
    expect(await all.scores()).toEqual([]);
    await link('i1');
    await all.settle();
    expect(await all.scores()).toMatchObject([
      { name: 'right', observation_id: 'i1', value: 1, comment: 'about q i1' },
      { name: 'tools', observation_id: 'i1' },
    ]);
    expect(await log()).toMatchObject([{ target: 'experiment', datasetItemId: 'i1' }]);
  });

  test('spans of experiments are items too, and a link to the same adds nothing', async () => {
    await seedExperiment();
    const evaluatorId = await all.evaluator(toCode(TYPESCRIPT));
    const conditions = [
      { type: 'boolean', column: 'isExperimentItemRootSpan', operator: '=', value: true },
      { type: 'stringOptions', column: 'experimentId', operator: 'any of', value: ['exp-1'] },
    ];
    await all.rule([evaluatorId], { filter: conditions });
    await all.rule([evaluatorId], { target: 'experiment', name: 'by target' });
    const experiment = {
      id: 'exp-1',
      name: 'spans',
      item: { id: 'i1', root_observation_id: 'i1', expected_output: 'from the span' },
    };
    await all.observe('i1', 'q i1', { metadata: { kept: 1, experiment } });
    const child = { metadata: { experiment }, traceId: 'trace-i1', parentObservationId: 'i1' };
    await all.observe('child', 'q', child);
    await all.observe('other', 'q');
    await all.settle();
    const rights = async () => (await all.scores()).filter(({ name }) => name === 'right');
    expect(await rights()).toMatchObject([
      { observation_id: 'i1', comment: 'from the span' },
      { observation_id: 'i1', comment: 'from the span' },
    ]);
    await link('i1');
    await all.settle();
    expect(await rights()).toHaveLength(2);
  });

  test('all items of a run on demand, and only once', async () => {
    await seedExperiment();
    const evaluatorId = await all.evaluator(toCode(TYPESCRIPT));
    for (const id of ['i1', 'i2']) {
      await all.observe(id, `q ${id}`);
      await link(id);
    }
    const run = () =>
      createEvaluations(
        all.ports,
        SCOPE,
        evaluatorId,
        runBody.parse({ datasetName: 'qa', runName: 'monday' }),
      );
    const first = await run();
    expect(first).toMatchObject({ added: 2, known: 0 });
    await runAll(all.ports, first.evaluationIds);
    expect(await run()).toMatchObject({ added: 0, known: 2 });
    const scores = await all.scores();
    expect(scores.filter(({ name }) => name === 'right').map(({ comment }) => comment)).toEqual([
      'about q i1',
      'about q i2',
    ]);
  });

  test('traces without observations are a target too, after they have settled', async () => {
    await all.evaluator(toCode(TYPESCRIPT));
    const body = { name: 'traces', target: 'trace', enabled: true };
    const rule = await createUnstableRule(
      all.ports,
      SCOPE,
      unstableRuleBody.parse({ ...body, evaluator: { name: 'code', type: 'code' } }),
    );
    expect(rule).toMatchObject({ target: 'trace', timeScope: ['NEW'] });
    await all.ingest('trace-create', { id: 't1', input: 'x', output: 'x' });
    await all.settle();
    expect(await all.scores()).toEqual([]);
    all.wait(11_000);
    await all.settle();
    expect(await all.scores()).toMatchObject([
      { trace_id: 't1', observation_id: null, name: 'right', value: 1 },
      { name: 'tools' },
    ]);
  });

  test('a trial says what it would score and stores nothing but the call', async () => {
    const evaluatorId = await all.evaluator();
    await all.observe('a', 'q');
    const trial = await runTrial(all.ports, SCOPE, evaluatorId, { traceId: 'trace-a' });
    expect(trial.scores).toMatchObject([{ name: 'quality', value: expect.any(Number) }]);
    expect(await all.scores()).toEqual([]);
    await expect(
      runTrial(all.ports, SCOPE, evaluatorId, { traceId: 'gone' }),
    ).rejects.toMatchObject({ code: 'COAIA-2262' });
  });
});
