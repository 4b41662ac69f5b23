/** What `[model.gate]` asks for, where the traffic is kept. */
import { openTestDatabases } from '#store/testing';
import type { DeploymentGateRule } from '@coaia/client';
import { afterEach, describe, expect, test } from 'vitest';
import { saveEvaluation } from '../predictions/evaluation/evaluations.ts';
import { createLocalDeployments } from './local-api.ts';
import { toEvaluation, toInput } from './testing/make-versions.ts';

const SCOPE = { projectId: 'p', level: 'project', via: 'key', publicKey: 'pk' } as const;

describe.each(openTestDatabases())('$name', ({ open }) => {
  const closing: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const close of closing.splice(0)) await close();
  });

  test('the rule of the gate is kept with the traffic and judges what was measured', async () => {
    const db = await open();
    closing.push(() => db.close());
    const api = createLocalDeployments({ db, clock: () => 1 }, SCOPE);
    await api.registerVersion({ ...toInput(1, 'a'), gate: { required: true } });
    await api.registerVersion({ ...toInput(2, 'b'), gate: { margin: 0.5 } });
    const promote = () => api.changeTraffic('cars', { change: { champion: 2 }, action: 'deploy' });
    await expect(promote()).rejects.toMatchObject({ code: 'AO662' });
    const put = (gate: DeploymentGateRule | null) =>
      api.changeTraffic('cars', { change: { gate }, action: 'gate' });
    const judge = async (gate: DeploymentGateRule | null) => {
      await put(gate);
      const { rule, verdict, reasons } = await api.getGate('cars', 2);
      expect(rule).toEqual(gate ?? undefined);
      return [verdict, ...reasons];
    };
    // The champion's loss is 1, so the difference is from -0.1 to 0.1 of it; the evaluation's own margin is 0.1.
    await saveEvaluation({ db, clock: () => 1 }, SCOPE, 'cars', toEvaluation(2, 1, 0));
    expect(await judge({ margin: 0.11 })).toEqual([
      'passes',
      'Not worse than version 1 by 0.11 mae or more, over all 40 examples.',
    ]);
    expect(await judge({ margin: 0.05 })).toEqual([
      'refuses',
      'Not enough evidence over all examples: mae is 0 more than version 1 (-0.1 to 0.1, 40 examples) and must be shown to be less than 0.05 more; an evaluation with this margin says how many examples that takes.',
    ]);
    const strict = { metric: 'mse', by: ['wt'], minExamples: 41, confidence: 0.99, margin: 0.2 };
    expect(await judge(strict)).toEqual([
      'refuses',
      'The gate asks for mse; the evaluation of version 2 is by mae.',
      'The gate asks for groups by wt; the evaluation of version 2 has none of them.',
      'The gate asks for intervals of 99 %; the evaluation of version 2 has some of 95 %.',
      'The gate asks for 41 examples or more; the evaluation of version 2 has 40.',
    ]);
    await expect(promote()).rejects.toMatchObject({ code: 'AO662' });
    await expect(put({ margin: 2 })).rejects.toThrow('margin');
    await put({ margin: 0.2 });
    expect(await promote()).toEqual({ champion: 2, gate: { margin: 0.2 }, revision: 6 });
    // What is in force stays when callers go back.
    expect(await api.rollBack('cars', {})).toMatchObject({ champion: 1, gate: { margin: 0.2 } });
    expect(await judge(null)).toHaveLength(2);
  });
});
