/** Who evaluates what when processes come and go, and how long the log is kept. */
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest';
import { closeSandbox } from '#sandbox';
import { openTestDatabases } from '#store/testing';
import { getEvaluation, listEvaluations } from './evaluations.ts';
import { followChanges } from './follow.ts';
import { pruneEvaluations } from './prune-evaluations.ts';
import { evaluationQuery } from './schema.ts';
import { claimEvaluation, readDue } from './storage.ts';
import { openEvaluating, SCOPE } from './testing/open-evaluating.ts';
import type { Evaluating } from './testing/open-evaluating.ts';
import { openWorker } from './worker.ts';

afterAll(closeSandbox);

const CODE = {
  name: 'code',
  type: 'code',
  sourceCodeLanguage: 'TYPESCRIPT',
  sourceCode: `function evaluate() {
    return { scores: [{ name: 'a', value: true }, { name: 'b', value: 1 }] };
  }`,
};
const PROJECT = {
  id: 'default',
  organization_id: 'o',
  name: 'p',
  metadata: '{}',
  retention_days: 7,
  strict: null,
  created_at: 0,
  updated_at: 0,
};

describe.each(openTestDatabases())('on $name', ({ open }) => {
  let all: Evaluating;
  beforeEach(async () => {
    all = await openEvaluating(await open());
  });
  afterEach(() => all.close());
  const log = async () =>
    (await listEvaluations(all.ports, SCOPE, evaluationQuery.parse({ limit: '100' }))).data;

  test('who finds a claim of somebody who is gone goes on, and scores once', async () => {
    await all.rule([await all.evaluator(CODE)]);
    await all.observe('a', 'q');
    await followChanges(all.ports);
    const now = all.ports.clock();
    const [row] = await readDue(all.ports.db, now, { limit: 1 });
    if (row === undefined) throw new Error('nothing is due');
    const claim = { claim: 'gone', now, until: now + 20_000 };
    expect(await all.ports.db.write((tx) => claimEvaluation(tx, row, claim))).toBe(true);
    expect(await all.ports.db.write((tx) => claimEvaluation(tx, row, claim))).toBe(false);
    await all.settle();
    expect(await getEvaluation(all.ports, SCOPE, row.id)).toMatchObject({ status: 'running' });
    all.wait(21_000);
    await all.settle();
    expect(await all.scores()).toHaveLength(2);
    expect(await getEvaluation(all.ports, SCOPE, row.id)).toMatchObject({ status: 'done' });
  });

  test('several workers on one store evaluate each thing once', async () => {
    await all.rule([await all.evaluator(CODE)]);
    const workers = [1, 2, 3].map(() => openWorker(all.ports, { lookMs: 20 }));
    for (let n = 0; n < 30; n++) await all.observe(`o${n}`, 'q');
    const isDone = async () =>
      (await log()).filter(({ status }) => status === 'done').length === 30;
    while (!(await isDone())) await new Promise((resolve) => setTimeout(resolve, 50));
    await Promise.all(workers.map((worker) => worker.close()));
    expect(await all.scores()).toHaveLength(60);
    expect((await log()).every(({ attempts }) => attempts === 1)).toBe(true);
  }, 60_000);

  test('the log is kept as long as the project keeps anything', async () => {
    await all.rule([await all.evaluator(CODE)]);
    await all.observe('old', 'q');
    await all.settle();
    await all.ports.db.write(async (tx) => {
      await tx.upsert('organizations', [{ id: 'o', name: 'o', created_at: 0 }]);
      await tx.upsert('projects', [PROJECT]);
    });
    all.wait(6 * 86_400_000);
    await all.observe('new', 'q');
    await all.settle();
    expect(await pruneEvaluations(all.ports)).toBe(0);
    all.wait(2 * 86_400_000);
    expect(await pruneEvaluations(all.ports)).toBe(1);
    expect(await log()).toMatchObject([{ observationId: 'new' }]);
  });

  test('after a long time away, when the sequence was cut, nothing is missed', async () => {
    await all.rule([await all.evaluator(CODE)]);
    await all.observe('first', 'q');
    await all.settle();
    for (const id of ['a', 'b', 'c']) await all.observe(id, 'q');
    await all.ports.db.write((tx) =>
      tx.run('DELETE FROM changes WHERE seq < (SELECT max(seq) FROM changes)'),
    );
    await all.settle();
    const ids = (await all.scores()).map(({ observation_id: id }) => String(id));
    expect([...new Set(ids)].toSorted()).toEqual(['a', 'b', 'c', 'first']);
  });
});
