/** Checks 8 and 9: batches of observations, and the output of a trace. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openServerTarget, openStubTarget } from './targets.ts';

const JSON_BATCH = '[{"id":"j1","name":"one"},{"name":"two","type":"SPAN","parent":"one"}]';
/** An unquoted TLID is a number in YAML, an unquoted date a date. */
const YAML_BATCH = [
  '- id: y1',
  '  start_time: 251216143022',
  '- id: y2',
  '  start_time: "251216143022"',
  '- id: y3',
  '  start_time: 2025-12-16T14:30:22Z',
].join('\n');
const TIME = '2025-12-16T14:30:22.000Z';

describe('against a recording stub', () => {
  let target: Awaited<ReturnType<typeof openStubTarget>>;
  let refused: string | undefined;
  beforeEach(async () => {
    refused = undefined;
    target = await openStubTarget(({ body }) => {
      if (refused === undefined) return undefined;
      const { batch } = body as { batch: { id: string; body: { id: string } }[] };
      const isRefused = (one: { body: { id: string } }) => one.body.id === refused;
      const toError = ({ id }: { id: string }) => ({ id, status: 400, message: 'no' });
      const successes = batch
        .filter((one) => !isRefused(one))
        .map(({ id }) => ({ id, status: 201 }));
      return { status: 207, json: { successes, errors: batch.filter(isRefused).map(toError) } };
    });
    writeFileSync(join(target.home, 'batch.json'), JSON_BATCH);
    writeFileSync(join(target.home, 'batch.yaml'), YAML_BATCH);
  });
  afterEach(() => target.close());
  const add = (words: readonly string[], stdin?: string) =>
    target.run(['traces', 'add-observations', 'T', ...words], stdin === undefined ? {} : { stdin });

  test('check 8: JSON and YAML, stdin and file', async () => {
    await add(['-f', 'batch.json']);
    await add([], JSON_BATCH);
    await add(['-f', 'batch.yaml', '--format', 'yaml']);
    await add(['--format', 'yaml'], YAML_BATCH);
    const bodies = target.stub.events().map(({ body }) => body);
    expect(bodies.map(({ id }) => id).join(' ')).toBe('j1 T-obs-2 j1 T-obs-2 y1 y2 y3 y1 y2 y3');
    expect(bodies[1]).toMatchObject({ parentObservationId: 'j1' });
    expect(new Set(bodies.slice(4).map(({ startTime }) => Date.parse(String(startTime))))).toEqual(
      new Set([Date.parse(TIME)]),
    );
  });

  test('check 8: a dry run sends nothing', async () => {
    const { code, stdout } = await add(['-f', 'batch.json', '--dry-run']);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ trace_id: 'T', total_observations: 2 });
    expect(target.stub.calls).toEqual([]);
  });

  test('check 8: one refusal of two ends with 5, all of them with 1', async () => {
    refused = 'j1';
    const some = await add(['-f', 'batch.json']);
    expect(some.code).toBe(5);
    expect(JSON.parse(some.stdout)).toMatchObject({
      successes: [{ id: 'T-obs-2' }],
      errors: [{ id: 'j1' }],
    });
    expect((await add([], '[{"id":"j1"}]')).code).toBe(1);
  });

  test('check 9: an argument, stdin and a file; no timestamp is sent', async () => {
    writeFileSync(join(target.home, 'output.json'), '{"from":"file"}');
    await target.run(['traces', 'patch-output', 'T', '{"a":1}']);
    await target.run(['traces', 'patch-output', 'T'], { stdin: '[1]' });
    await target.run(['traces', 'patch-output', 'T', '-f', 'output.json']);
    expect(target.stub.events().map(({ body }) => body)).toEqual([
      { id: 'T', output: { a: 1 } },
      { id: 'T', output: [1] },
      { id: 'T', output: { from: 'file' } },
    ]);
  });
});

describe('against a real server', () => {
  let target: Awaited<ReturnType<typeof openServerTarget>>;
  beforeAll(async () => {
    target = await openServerTarget();
    writeFileSync(join(target.home, 'batch.json'), JSON_BATCH);
    writeFileSync(join(target.home, 'batch.yaml'), YAML_BATCH);
  });
  afterAll(() => target?.close());
  const add = (words: readonly string[], stdin?: string) =>
    target.run(['traces', 'add-observations', ...words], stdin === undefined ? {} : { stdin });

  test('check 8', async () => {
    expect((await add(['T', '-f', 'batch.json'])).code).toBe(0);
    expect((await add(['Y', '--format', 'yaml'], YAML_BATCH)).code).toBe(0);
    expect(await target.read('/observations/T-obs-2')).toMatchObject({
      type: 'SPAN',
      parentObservationId: 'j1',
    });
    const { data } = await target.read('/observations?traceId=Y');
    expect(data.map(({ startTime }: { startTime: string }) => startTime)).toEqual([
      TIME,
      TIME,
      TIME,
    ]);
    await add(['D', '-f', 'batch.json', '--dry-run']);
    expect((await target.server.read('/traces/D')).status).toBe(404);
  });

  test('check 8: what the server refuses is named, the rest is stored', async () => {
    const { code, stdout } = await add(['P'], '[{"id":"bad","model":{"x":1}},{"id":"good"}]');
    expect(code).toBe(5);
    expect(JSON.parse(stdout)).toMatchObject({
      errors: [{ id: 'bad' }],
      successes: [{ id: 'good' }],
    });
    expect(await target.read('/observations/good')).toMatchObject({ traceId: 'P' });
    expect((await target.server.read('/observations/bad')).status).toBe(404);
  });

  test('check 9: the time of the trace stays', async () => {
    const timestamp = '2025-01-02T03:04:05.000Z';
    await target.run(['traces', 'create', 'T9', '--timestamp', timestamp, '-i', 'in']);
    await target.run(['traces', 'patch-output', 'T9', '{"a":1}']);
    expect(await target.read('/traces/T9')).toMatchObject({
      timestamp,
      input: 'in',
      output: { a: 1 },
    });
    await target.run(['traces', 'patch-output', 'T9'], { stdin: 'plain' });
    expect(await target.read('/traces/T9')).toMatchObject({
      timestamp,
      input: 'in',
      output: 'plain',
    });
  });
});
