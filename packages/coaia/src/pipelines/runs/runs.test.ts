/** Runs on the engine, with a real model server across the network. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openTestDatabases } from '#store/testing';
import { openTestPipelines } from '../testing.ts';
import type { TestPipelines } from '../testing.ts';
import { answerApproval, cancelPipelineRun, forkPipelineRun, retryPipelineRun } from './runs.ts';
import { startPipelineRun } from './start-run.ts';

const llm = (id: string, prompt: string, more = {}) => ({
  id,
  name: `Step ${id}`,
  action: 'llm',
  with: { prompt },
  ...more,
});

const caught = (error: unknown) => error;

describe.each(openTestDatabases())('on $name', ({ open }) => {
  let all: TestPipelines;
  const later: (() => Promise<void>)[] = [];
  beforeEach(async () => {
    all = await openTestPipelines(await open());
  });
  afterEach(async () => {
    for (const close of later.splice(0)) await close();
    await all.close();
  });
  const work = async () => {
    const worker = await all.openWorker();
    later.push(() => worker.close());
    return worker;
  };
  const waitFor = async (
    id: string,
    isReached: (run: Awaited<ReturnType<typeof all.read>>) => boolean,
  ) => {
    await expect.poll(async () => isReached(await all.read(id)), { interval: 20 }).toBe(true);
    return all.read(id);
  };

  test('two steps with a model: one trace, real outputs, tokens and costs', async () => {
    const id = await all.start(
      {
        variables: [{ name: 'topic' }],
        steps: [
          llm('draft', 'Write about {{ topic }}', { model: 'gpt-4o-mini' }),
          llm('check', 'Check: {{ steps.draft.output }}', { needs: ['draft'] }),
        ],
      },
      { topic: 'rain' },
    );
    const run = await all.finish(id);
    expect(run).toMatchObject({ state: 'succeeded', error: null });
    const draft = 'You said "Write about rain", which is 3 words.';
    const check = `You said "Check: ${draft}", which is 10 words.`;
    expect(run.output).toEqual({ result: check, exports: {} });
    const traces = await all.traces();
    expect(traces).toMatchObject([
      {
        id: run.traceId,
        name: 'Pipeline: test',
        input: { topic: 'rain' },
        output: check,
        metadata: { run_id: id, run_state: 'succeeded', template_name: 'test' },
      },
    ]);
    const seen = await all.observations(run.traceId);
    expect(seen).toMatchObject([
      { name: 'Step draft', type: 'GENERATION', model: 'gpt-4o-mini', output: draft },
      { name: 'Step check', type: 'GENERATION', output: check },
    ]);
    // The server's counts, and our prices for this model.
    expect(seen[0]?.usage_details).toEqual({ input: 3, output: 9, total: 12 });
    expect(seen[0]?.total_cost).toBeCloseTo((3 * 0.15 + 9 * 0.6) / 1e6, 12);
  });

  test('a count that the server does not give is not made up', async () => {
    const run = await all.finish(await all.start([llm('a', 'x [[no-usage]]')]));
    const [seen] = await all.observations(run.traceId);
    expect(seen).toMatchObject({ level: 'DEFAULT', total_cost: null });
    expect(Object.keys(seen?.usage_details ?? {})).toEqual([]);
  });

  test('without a connection the run fails and says so', async () => {
    await all.close();
    all = await openTestPipelines(await open(), { isConnected: false });
    const run = await all.finish(await all.start([llm('a', 'x'), llm('b', 'y', { needs: ['a'] })]));
    expect(run).toMatchObject({
      state: 'failed',
      error: { code: 'COAIA-4000', step: 'a', hint: expect.stringContaining('coaia models') },
    });
    expect(run.steps).toMatchObject([
      { id: 'a', state: 'failed' },
      { id: 'b', state: 'pending' },
    ]);
    expect(await all.observations(run.traceId)).toMatchObject([
      { name: 'Step a', level: 'ERROR', status_message: expect.stringContaining('COAIA-4000') },
    ]);
    expect(await all.traces()).toMatchObject([{ metadata: { run_state: 'failed' } }]);
  });

  test('a failed run goes on at the step that failed', async () => {
    all.server.misbehave(
      ...Array.from({ length: 1 }, () => ({ kind: 'status', status: 400 }) as never),
    );
    const id = await all.start([
      step('zero'),
      llm('a', 'one', { needs: ['zero'] }),
      llm('b', 'two {{ steps.a.output }}'),
    ]);
    expect(await all.finish(id)).toMatchObject({ state: 'failed', error: { step: 'a' } });
    await retryPipelineRun(all.ports, all.scope, id);
    const run = await all.finish(id);
    expect(run).toMatchObject({ state: 'succeeded', attempt: 2 });
    const seen = await all.observations(run.traceId);
    expect(seen.map(({ name, level }) => [name, level]).toSorted(byText)).toEqual([
      ['Step a', 'DEFAULT'],
      ['Step b', 'DEFAULT'],
      ['Step zero', 'DEFAULT'],
    ]);
    expect(await all.traces()).toHaveLength(1);
  });

  test('an approval outlives the worker', async () => {
    const id = await all.start([
      { id: 'ask', name: 'Ask', action: 'human', with: { message: 'Go on?' } },
      llm('a', 'after {{ steps.ask.output.comment }}', { needs: ['ask'] }),
    ]);
    const worker = await all.openWorker();
    const asked = await waitFor(id, ({ state }) => state === 'waiting');
    expect(asked).toMatchObject({
      state: 'waiting',
      approvals: [{ step: 'ask', message: 'Go on?' }],
      worker: null,
    });
    await worker.close();
    const answer = { id, step: 'ask', approved: true, comment: 'fine' };
    await answerApproval(all.ports, all.scope, answer);
    expect(await all.finish(id)).toMatchObject({
      state: 'succeeded',
      approvals: [],
      output: { result: expect.stringContaining('after fine') },
    });
    expect(await answerApproval(all.ports, all.scope, answer).catch(caught)).toMatchObject({
      code: 'COAIA-5113',
    });
  });

  test('a cancelled run ends, and says so in its trace', async () => {
    const id = await all.start([
      { id: 'wait', name: 'Wait', action: 'wait', with: { for: '1h' } },
      llm('a', 'x', { needs: ['wait'] }),
    ]);
    await work();
    await waitFor(id, ({ state }) => state === 'waiting');
    await cancelPipelineRun(all.ports, all.scope, id);
    expect(await waitFor(id, ({ state }) => state === 'cancelled')).toMatchObject({
      error: { code: 'COAIA-0910' },
    });
    expect(await all.traces()).toMatchObject([{ metadata: { run_state: 'cancelled' } }]);
    expect(all.server.calls).toEqual([]);
  });

  test('a fork takes over what it does not do again, in a trace of its own', async () => {
    const id = await all.start([
      llm('a', 'one'),
      llm('b', 'two {{ steps.a.output }}', { needs: ['a'] }),
      llm('other', 'three'),
    ]);
    const first = await all.finish(id);
    const calls = all.server.calls.length;
    const forked = await forkPipelineRun(all.ports, all.scope, { id, fromStep: 'b' });
    const second = await all.finish(forked.id);
    expect(second).toMatchObject({ state: 'succeeded', output: { result: first.output?.result } });
    expect(all.server.calls).toHaveLength(calls + 1);
    expect(second.traceId).not.toBe(first.traceId);
    const seen = await all.observations(second.traceId);
    expect(seen.map(({ name }) => name).toSorted(byText)).toEqual([
      'Step a',
      'Step b',
      'Step other',
    ]);
    expect(seen.find(({ name }) => name === 'Step a')).toMatchObject({
      metadata: { taken_from_run: id },
    });
    const wrong = { id, fromStep: 'nothing' };
    expect(await forkPipelineRun(all.ports, all.scope, wrong).catch(caught)).toMatchObject({
      code: 'COAIA-5113',
    });
  });

  test('another pipeline runs as a run of its own, with what it is told', async () => {
    const id = await all.start([
      {
        id: 'child',
        name: 'Child',
        action: 'pipeline',
        with: { name: 'simple-trace', variables: { trace_name: 'inner' } },
      },
    ]);
    const run = await all.finish(id);
    expect(run.state).toBe('succeeded');
    const [seen] = await all.observations(run.traceId);
    const { child_trace_id: child } = (seen?.metadata ?? {}) as { child_trace_id: string };
    expect(seen).toMatchObject({ type: 'CHAIN' });
    expect(await all.observations(child)).toMatchObject([{ name: 'Main Task' }]);
  });

  test('pipelines that start each other end', async () => {
    const { putPipeline } = await import('../stored/stored-templates.ts');
    const steps = [{ id: 'again', name: 'Again', action: 'pipeline', with: { name: 'loop' } }];
    const text = JSON.stringify({ name: 'loop', version: '1.0.0', steps });
    const ports = { db: all.db, clock: Date.now, actions: new Set(['pipeline']) };
    await putPipeline(ports, all.scope, 'loop', { text, format: 'json' });
    const run = await all.finish(await all.start(steps));
    expect(run).toMatchObject({ state: 'failed', error: { code: 'COAIA-5114' } });
  });

  test('the same id runs once, and belongs to one template', async () => {
    const of = (name: string) =>
      startPipelineRun(all.ports, all.scope, {
        id: 'mine',
        template: { text: JSON.stringify({ name, steps: [step('a')] }), format: 'json' },
      });
    const [one, two] = [await of('x'), await of('x')];
    expect(two.run.traceId).toBe(one.run.traceId);
    expect(await all.traces()).toHaveLength(1);
    expect(await of('y').catch(caught)).toMatchObject({ code: 'COAIA-5115' });
  });

  test('secrets are encrypted at rest and masked everywhere else', async () => {
    const id = await all.start(
      { variables: [{ name: 'key', secret: true }], steps: [llm('a', 'say {{ key }}')] },
      { key: 'hunter2-hunter2' },
    );
    const run = await all.finish(id);
    expect(all.server.calls[0]?.body.messages[0].content).toBe('say hunter2-hunter2');
    expect(run).toMatchObject({ state: 'succeeded', variables: { key: '***' } });
    const tables = ['runs', 'run_steps', 'traces', 'observations'];
    const rows = await Promise.all(tables.map((table) => all.db.read(`SELECT * FROM ${table}`)));
    expect(JSON.stringify(rows)).not.toContain('hunter2');
  });

  test('a container ends with what it contains', async () => {
    const run = await all.finish(
      await all.start([
        { id: 'top', name: 'Top', observation_type: 'SPAN' },
        llm('a', 'x [[slow 50]]', { parent: 'top' }),
      ]),
    );
    const [top, inner] = await all.observations(run.traceId);
    expect(inner?.parent_observation_id).toBe(top?.id);
    expect(top?.end_time).toBe(inner?.end_time);
  });
});

function step(id: string) {
  return { id, name: `Step ${id}`, observation_type: 'EVENT' };
}

function byText(one: unknown, other: unknown): number {
  return String(one) < String(other) ? -1 : 1;
}
