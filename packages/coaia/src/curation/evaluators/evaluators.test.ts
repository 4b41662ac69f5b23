import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openTestDatabases } from '#store/testing';
import { openEvaluating, SCOPE } from '../evaluations/testing/open-evaluating.ts';
import type { Evaluating } from '../evaluations/testing/open-evaluating.ts';
import {
  deleteRule,
  getRule,
  listRules,
  listUnstableRules,
  updateRule,
} from '../evaluation-rules/rules.ts';
import { rulePatch, unstableRuleBody, unstableRulePatch } from '../evaluation-rules/schema.ts';
import { createUnstableRule, updateUnstableRule } from '../evaluation-rules/unstable-rules.ts';
import {
  createUnstableEvaluator,
  deleteEvaluator,
  getEvaluator,
  getUnstableEvaluator,
  listEvaluators,
  listEvaluatorVersions,
  listUnstableEvaluators,
  updateEvaluator,
} from './evaluators.ts';
import { cursorQuery, evaluatorPatch } from './schema.ts';
import { pageQuery, unstableEvaluatorBody } from './unstable-schema.ts';

const stranger = { ...SCOPE, projectId: 'p2' };
const OLD = {
  name: 'old',
  prompt: 'Rate {{answer}}',
  outputDefinition: {
    dataType: 'CATEGORICAL',
    reasoning: { description: 'Why' },
    score: { description: 'Which', categories: ['a', 'b'], shouldAllowMultipleMatches: false },
  },
  mapping: [{ variable: 'answer', source: 'output', jsonPath: null }],
};

describe.each(openTestDatabases())('on $name', ({ open }) => {
  let all: Evaluating;
  beforeEach(async () => {
    all = await openEvaluating(await open());
    await all.connect();
  });
  afterEach(() => all.close());

  const patch = (id: string, body: object) =>
    updateEvaluator(all.ports, SCOPE, id, evaluatorPatch.parse(body));
  const patchRule = (id: string, body: object) =>
    updateRule(all.ports, SCOPE, id, rulePatch.parse(body));
  const createOld = (body: object = OLD) =>
    createUnstableEvaluator(all.ports, SCOPE, unstableEvaluatorBody.parse(body));
  const createOldRule = (body: object) =>
    createUnstableRule(
      all.ports,
      SCOPE,
      unstableRuleBody.parse({ name: 'r', target: 'observation', enabled: false, ...body }),
    );
  const JUDGE = { evaluator: { name: 'old' } };

  test('names alone make no version, a definition does', async () => {
    const id = await all.evaluator();
    expect(await patch(id, { name: 'better', description: 'd' })).toMatchObject({
      name: 'better',
      description: 'd',
      version: 1,
    });
    const definition = {
      type: 'llm_as_judge',
      prompt: 'New {{input}}',
      outputDefinition: { dataType: 'BOOLEAN' },
    };
    const changed = await patch(id, definition);
    expect(changed).toMatchObject({ id, version: 2, name: 'better', variables: ['input'] });
    expect(await getEvaluator(all.ports, SCOPE, id)).toEqual(changed);
    const first = await listEvaluatorVersions(
      all.ports,
      SCOPE,
      id,
      cursorQuery.parse({ limit: '1' }),
    );
    expect(first.data).toMatchObject([{ version: 2, id: changed.versionId }]);
    const second = await listEvaluatorVersions(
      all.ports,
      SCOPE,
      id,
      cursorQuery.parse({ cursor: first.meta.cursor }),
    );
    expect(second).toMatchObject({ data: [{ version: 1 }], meta: {} });
    await expect(
      patch(id, { type: 'code', sourceCode: 'x', sourceCodeLanguage: 'PYTHON' }),
    ).rejects.toMatchObject({ code: 'COAIA-2258' });
  });

  test.each([
    [{}],
    [{ name: '' }],
    [{ type: 'llm_as_judge', prompt: 'x' }],
    [
      {
        type: 'llm_as_judge',
        prompt: [
          { role: 'user', content: 'a' },
          { role: 'system', content: 'b' },
        ],
        outputDefinition: { dataType: 'BOOLEAN' },
      },
    ],
    [
      {
        type: 'llm_as_judge',
        prompt: 'x',
        outputDefinition: {
          dataType: 'CATEGORICAL',
          categories: ['a'],
          shouldAllowMultipleMatches: true,
        },
      },
    ],
    [
      {
        type: 'llm_as_judge',
        prompt: 'x',
        outputDefinition: { dataType: 'NUMERIC', minValue: 2, maxValue: 1 },
      },
    ],
  ])('the change %j is refused', (body) =>
    expect(evaluatorPatch.safeParse(body).success).toBe(false),
  );

  test('lists go on where they ended, and show one project', async () => {
    const ids: string[] = [];
    for (let n = 0; n < 5; n++) {
      ids.push(await all.evaluator({ name: `e${n}` }));
      all.wait(10);
    }
    const seen: string[] = [];
    for (let cursor: string | undefined; ;) {
      const page = await listEvaluators(
        all.ports,
        SCOPE,
        cursorQuery.parse({ limit: '2', cursor }),
      );
      seen.push(...page.data.map(({ id }) => id));
      cursor = page.meta.cursor;
      if (cursor === undefined) break;
    }
    expect(seen).toEqual(ids.toReversed());
    expect(await listEvaluators(all.ports, stranger, cursorQuery.parse({}))).toEqual({
      data: [],
      meta: {},
    });
    await expect(getEvaluator(all.ports, stranger, ids[0] ?? '')).rejects.toMatchObject({
      code: 'COAIA-0003',
    });
    await expect(deleteEvaluator(all.ports, stranger, ids[0] ?? '')).rejects.toMatchObject({
      code: 'COAIA-0003',
    });
    await expect(
      listEvaluators(all.ports, SCOPE, cursorQuery.parse({ cursor: 'nonsense' })),
    ).rejects.toMatchObject({ code: 'COAIA-2104' });
  });

  test('the older spelling: the same name is the next version, the form is nested', async () => {
    const first = await createOld();
    expect(first).toMatchObject({
      type: 'llm_as_judge',
      version: 1,
      variables: ['answer'],
      mapping: [{ variable: 'answer', source: 'output' }],
      outputDefinition: OLD.outputDefinition,
      modelConfig: null,
      evaluationRuleCount: 0,
    });
    const second = await createOld({ ...OLD, type: 'llm_as_judge', prompt: 'Again {{answer}}' });
    expect(second).toMatchObject({ id: first.id, version: 2, prompt: 'Again {{answer}}' });
    expect(await getEvaluator(all.ports, SCOPE, first.id)).toMatchObject({
      prompt: [{ role: 'user', content: 'Again {{answer}}' }],
      outputDefinition: {
        dataType: 'CATEGORICAL',
        scoreReasoningInstructions: 'Why',
        scoreValueInstructions: 'Which',
        categories: ['a', 'b'],
        shouldAllowMultipleMatches: false,
      },
    });
    const list = await listUnstableEvaluators(all.ports, SCOPE, pageQuery.parse({}));
    expect(list).toMatchObject({
      data: [{ id: first.id }],
      meta: { totalItems: 1, totalPages: 1 },
    });
    await expect(
      createOld({ type: 'code', name: 'old', sourceCode: 'x', sourceCodeLanguage: 'TYPESCRIPT' }),
    ).rejects.toMatchObject({ code: 'COAIA-2258' });
  });

  test('the older spelling wants a model that can be reached', async () => {
    await all.ports.db.write((tx) => tx.run('DELETE FROM llm_connections'));
    await expect(createOld()).rejects.toMatchObject({
      code: 'COAIA-2250',
      message: expect.stringContaining('no connection'),
    });
  });

  test('rules of both spellings are one', async () => {
    const { id: evaluatorId } = await createOld();
    const rule = await createOldRule({ evaluators: [JUDGE], sampling: 0.5 });
    expect(rule).toMatchObject({
      evaluator: { id: evaluatorId, name: 'old', type: 'llm_as_judge' },
      evaluators: [{ evaluator: { id: evaluatorId }, mapping: null }],
      mapping: [{ variable: 'answer', source: 'output' }],
      status: 'inactive',
      sampling: 0.5,
    });
    expect(await getRule(all.ports, SCOPE, rule.id)).toMatchObject({
      enabled: false,
      evaluatorAssignments: [{ evaluatorId, variableMapping: null }],
    });
    await patchRule(rule.id, { enabled: true });
    expect(await listUnstableRules(all.ports, SCOPE, pageQuery.parse({}))).toMatchObject({
      data: [{ id: rule.id, status: 'active' }],
    });
    expect(await getUnstableEvaluator(all.ports, SCOPE, evaluatorId)).toMatchObject({
      evaluationRuleCount: 1,
    });
    await expect(createOldRule({ evaluators: [JUDGE] })).rejects.toMatchObject({
      code: 'COAIA-2256',
    });
    const changed = await updateUnstableRule(
      all.ports,
      SCOPE,
      rule.id,
      unstableRulePatch.parse({
        mapping: [{ variable: 'answer', source: 'input' }],
      }),
    );
    expect(changed.mapping).toEqual([{ variable: 'answer', source: 'input' }]);
    expect(await getEvaluator(all.ports, SCOPE, evaluatorId)).toMatchObject({
      evaluationRuleAssignments: [
        {
          evaluationRuleId: rule.id,
          variableMappingOverride: [{ variable: 'answer', source: 'input' }],
        },
      ],
    });
    await deleteRule(all.ports, SCOPE, rule.id);
    await expect(getRule(all.ports, SCOPE, rule.id)).rejects.toMatchObject({ code: 'COAIA-0003' });
  });

  test('a rule without evaluators is off, and deleting the last one switches it off', async () => {
    await expect(all.rule([])).rejects.toMatchObject({ code: 'COAIA-2258' });
    const evaluatorId = await all.evaluator();
    const rule = await all.rule([evaluatorId]);
    expect(await patchRule(rule, { evaluatorAssignments: [] })).toMatchObject({ enabled: false });
    await expect(patchRule(rule, { enabled: true })).rejects.toMatchObject({ code: 'COAIA-2258' });
    await patchRule(rule, { enabled: true, evaluatorAssignments: [{ evaluatorId }] });
    await deleteEvaluator(all.ports, SCOPE, evaluatorId);
    expect(await getRule(all.ports, SCOPE, rule)).toMatchObject({
      enabled: false,
      evaluatorAssignments: [],
    });
  });

  test('rules refuse what cannot be', async () => {
    const evaluatorId = await all.evaluator({ prompt: '{{question}}' });
    await expect(all.rule([evaluatorId])).rejects.toMatchObject({ code: 'COAIA-2251' });
    await expect(all.rule(['gone'])).rejects.toMatchObject({ code: 'COAIA-0003' });
    const filter = [{ type: 'string', column: 'colour', operator: '=', value: 'x' }];
    await expect(all.rule([evaluatorId], { filter })).rejects.toMatchObject({
      code: 'COAIA-2255',
      details: { column: 'colour', allowedValues: expect.arrayContaining(['traceName']) },
    });
    expect((await listRules(all.ports, SCOPE, cursorQuery.parse({}))).data).toEqual([]);
  });

  test.each(['a\u0000b', '\uD800', "'; DROP TABLE evaluators; --", '😀'.repeat(60), '{{x}}'])(
    'a name like %j is a name',
    async (name) => {
      const made = await createOld({ ...OLD, name });
      const again = await createOld({ ...OLD, name });
      expect(again).toMatchObject({ id: made.id, version: 2 });
      const rule = await createOldRule({ name, evaluators: [{ evaluator: { name } }] });
      expect(rule.evaluator?.id).toBe(made.id);
      await all.evaluator({ name, prompt: `${name} {{input}}` });
    },
  );

  test('at most 500 rules are on at once', async () => {
    const first = await all.rule([await all.evaluator()]);
    const [row] = await all.ports.db.read('SELECT * FROM evaluation_rules WHERE id = ?', [first]);
    const rows = Array.from({ length: 499 }, (_, n) => ({ ...row, id: `r${n}` }));
    await all.ports.db.write((tx) => tx.upsert('evaluation_rules', rows as never));
    const { evaluatorAssignments } = await getRule(all.ports, SCOPE, first);
    await expect(
      all.rule(evaluatorAssignments.map(({ evaluatorId }) => evaluatorId)),
    ).rejects.toMatchObject({ code: 'COAIA-2257' });
    await patchRule('r7', { enabled: false });
    await all.rule(evaluatorAssignments.map(({ evaluatorId }) => evaluatorId));
  });
});
