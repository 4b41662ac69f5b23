/** The order, the rendering and the record of steps, over a journal in memory. */
import { describe, expect, test } from 'vitest';
import { openTest, step, toSaid, work } from './testing/open-test-workflow.ts';

describe('order', () => {
  test('follows parents, needs and what expressions read', async () => {
    const { calls, journal, run } = openTest({
      steps: [
        work('last', { needs: ['b'] }),
        work('b', { with: { say: '{{ steps.a.output }} and b' } }),
        work('a', { parent: 'top' }),
        step('top'),
      ],
    });
    await run();
    expect(toSaid(calls)).toEqual(['a', 'a and b', 'last']);
    expect(journal.worked).toEqual(['top', 'a', 'b', 'last']);
  });

  test('a finished step is never worked on again', async () => {
    const { calls, journal, run } = openTest({
      steps: [work('a'), work('b', { needs: ['a'], with: { say: '{{ steps.a.output }}!' } })],
    });
    journal.done.set('a', { output: 'from before', endedAt: 1 });
    await run();
    expect(toSaid(calls)).toEqual(['from before!']);
  });

  test('exports are variables of later steps, and of the run', async () => {
    const { calls, run } = openTest({
      steps: [work('b', { with: { say: '{{ NAME }}' } }), work('a', { exportAs: 'NAME' })],
    });
    expect(await run()).toMatchObject({ output: { exports: { NAME: 'a' }, result: 'a' } });
    expect(toSaid(calls)).toEqual(['a', 'a']);
  });

  test.each([
    ['a circle', [work('a', { needs: ['b'] }), work('b', { needs: ['a'] })]],
    ['a stranger', [work('a', { needs: ['nobody'] })]],
  ])('%s is refused', async (_name, steps) => {
    expect(await openTest({ steps }).run()).toMatchObject({ code: 'COAIA-5110' });
  });
});

describe('failures', () => {
  test('keep what needs the step from running, let everything else end, and fail the run', async () => {
    const { bodies, calls, run } = openTest({
      steps: [
        work('bad', { with: { say: 'fail' } }),
        work('after', { needs: ['bad'] }),
        work('other'),
      ],
    });
    expect(await run()).toMatchObject({ code: 'COAIA-9902', step: 'bad', message: 'It failed.' });
    expect(new Set(toSaid(calls))).toEqual(new Set(['fail', 'other']));
    expect(bodies()).toMatchObject([
      { name: 'Step bad', level: 'ERROR', statusMessage: 'COAIA-9902: It failed.' },
      { name: 'Step other' },
    ]);
    expect(bodies()).toHaveLength(2);
  });

  test('continue lets the rest run', async () => {
    const { calls, run } = openTest({
      steps: [
        work('bad', { with: { say: 'fail' }, onFailure: 'continue' }),
        work('after', { needs: ['bad'] }),
      ],
    });
    expect(await run()).toMatchObject({ output: { result: 'after' } });
    expect(toSaid(calls)).toEqual(['fail', 'after']);
  });

  test('steps named for it are taken instead, and not otherwise', async () => {
    const rescue = work('rescue', { with: { say: '{{ steps.main.error.message }}' } });
    const main = work('main', { onFailure: ['rescue'] });
    const steps = [
      main,
      rescue,
      work('after', { needs: ['main'] }),
      work('end', { needs: ['rescue'] }),
    ];
    const good = openTest({ steps });
    expect(await good.run()).toMatchObject({ output: {} });
    expect(toSaid(good.calls)).toEqual(['main', 'after']);
    const bad = openTest({ steps: [{ ...main, with: { say: 'fail' } }, ...steps.slice(1)] });
    expect(await bad.run()).toMatchObject({ output: {} });
    expect(toSaid(bad.calls)).toEqual(['fail', 'It failed.', 'end']);
  });

  test('that pass are tried again', async () => {
    const { bodies, run } = openTest({
      steps: [work('a', { with: { say: 'again' }, retry: { attempts: 3 } })],
    });
    expect(await run()).toMatchObject({ output: { result: 'again' } });
    expect(bodies()[0]).toMatchObject({ metadata: { attempts: 3 } });
  });

  test('the end of the process fails no step', async () => {
    const stop = new AbortController();
    const { bodies, run } = openTest(
      { steps: [work('a')] },
      {
        openApi: async () => {
          stop.abort(new Error('enough'));
          throw new Error('enough');
        },
      },
    );
    expect(await run(stop.signal)).toMatchObject({ message: 'enough' });
    expect(bodies()).toEqual([]);
  });
});

describe('conditions, lists and values', () => {
  test('a condition is asked when everything before it has ended', async () => {
    const { calls, journal, run } = openTest({
      steps: [
        work('a'),
        work('no', { condition: 'steps.a.output == "b"' }),
        work('yes', { condition: '{{ steps.a.output == "a" }}' }),
        work('below', { parent: 'no', needs: ['no'] }),
      ],
    });
    await run();
    expect(new Set(toSaid(calls))).toEqual(new Set(['a', 'below', 'yes']));
    expect([...journal.skipped]).toEqual(['no']);
  });

  test('each item is an observation of its own', async () => {
    const { bodies, calls, run } = openTest({
      steps: [
        work('list', { with: { say: ['x', 'y'] } }),
        work('each', {
          foreach: '{{ steps.list.output }}',
          with: { say: '{{ item }}{{ index }}' },
        }),
      ],
    });
    expect(await run()).toMatchObject({ output: { result: ['x0', 'y1'] } });
    expect(toSaid(calls).slice(1)).toEqual(['x0', 'y1']);
    const whole = bodies().find(({ name }) => name === 'Step each');
    expect(bodies().filter(({ parentObservationId: id }) => id === whole?.['id'])).toMatchObject([
      { name: 'Step each [0]', output: 'x0' },
      { name: 'Step each [1]', output: 'y1' },
    ]);
  });

  test('of a list one item fails, the others end', async () => {
    const { calls, run } = openTest({
      steps: [work('each', { foreach: ['a', 'fail', 'c'], with: { say: '{{ item }}' } })],
    });
    expect(await run()).toMatchObject({ code: 'COAIA-9902', step: 'each' });
    expect(calls).toHaveLength(3);
  });

  test('no list, and too long a list', async () => {
    const of = (foreach: string | readonly number[]) =>
      openTest({ steps: [work('a', { foreach })] }).run();
    expect(await of('1 + 1')).toMatchObject({ code: 'COAIA-5109' });
    expect(await of(Array.from({ length: 1001 }, (_, index) => index))).toMatchObject({
      code: 'COAIA-5109',
    });
  });

  test('secrets reach the action and nothing that is stored', async () => {
    const { bodies, calls, journal, run } = openTest({
      steps: [work('a', { with: { say: 'key {{ token }}' } })],
      variables: { token: '***' },
      sealed: { keyId: 'k', sealed: JSON.stringify({ token: 's3cr3t-value' }) },
    });
    await run();
    expect(toSaid(calls)).toEqual(['key s3cr3t-value']);
    expect(JSON.stringify([bodies(), [...journal.done]])).not.toContain('s3cr3t');
    expect(bodies()[0]).toMatchObject({ input: { say: 'key ***' }, output: 'key ***' });
  });

  test.each([
    ['a condition', { condition: '{{ 1 / 0 }}' }],
    ['a list', { foreach: '{{ 1 + 1 }}' }],
    ['a wait', { action: 'wait', with: { for: 'ever' } }],
  ])('%s that cannot be read is recorded as the step', async (_name, fields) => {
    const { bodies, run } = openTest({ steps: [work('a', fields)] });
    const { code } = (await run()) as { code: string };
    expect(bodies()).toMatchObject([
      { name: 'Step a', level: 'ERROR', statusMessage: expect.stringContaining(code) },
    ]);
  });

  test.each([
    ['an unknown action', work('a', { action: 'nothing' }), 'COAIA-5100'],
    ['a field that the action has not', work('a', { with: { sy: 1 } }), 'COAIA-5101'],
  ])('%s is refused', async (_name, bad, code) => {
    expect(await openTest({ steps: [bad] }).run()).toMatchObject({ code });
  });
});

describe('steps that outlive a process', () => {
  test('a person approves, refuses, or does not answer', async () => {
    const steps = [work('ask', { action: 'human', with: { message: 'Go on?' } })];
    const yes = openTest({ steps });
    yes.journal.signals.set('ask:approval', { approved: true, by: 'ann' });
    expect(await yes.run()).toMatchObject({ output: { result: { approved: true, by: 'ann' } } });
    const no = openTest({ steps });
    no.journal.signals.set('ask:approval', { approved: false, comment: 'not yet' });
    expect(await no.run()).toMatchObject({
      code: 'COAIA-5107',
      message: expect.stringContaining('not yet'),
    });
    expect(await openTest({ steps }).run()).toMatchObject({ code: 'COAIA-5108' });
  });

  test('a wait, and another pipeline', async () => {
    const { bodies, run } = openTest({
      steps: [
        work('wait', { action: 'wait', with: { for: '2s' } }),
        work('child', { action: 'pipeline', with: { name: 'other' }, needs: ['wait'] }),
      ],
    });
    expect(await run()).toMatchObject({ output: { result: 'child of other' } });
    expect(bodies()[1]).toMatchObject({ metadata: { child_run_id: 'child-1' } });
  });
});
