import { runCoaia } from '#cli/testing';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openLangfuseStub } from '../../testing/langfuse-stub.ts';
import type { LangfuseStub } from '../../testing/langfuse-stub.ts';

let stub: LangfuseStub;
beforeEach(async () => {
  stub = await openLangfuseStub();
});
afterEach(() => stub.close());

const run = (line: string, env: Record<string, string> = {}) =>
  runCoaia(`fuse traces add-observation ${line}`, { env: { ...stub.env, ...env } });

test('exports trace, observation and parent; the exported id is the sent one', async () => {
  const { code, stdout } = await run('T -ts -n X -p P --export-env');
  expect(code).toBe(0);
  const [event] = stub.events();
  expect(event).toMatchObject({
    type: 'span-create',
    body: { traceId: 'T', name: 'X', parentObservationId: 'P', level: 'DEFAULT' },
  });
  expect(event?.body['id']).toMatch(/^[0-9a-f]{16}$/);
  expect(stdout).toBe(
    `export COAIA_TRACE_ID='T'\nexport COAIA_LAST_OBSERVATION_ID='${String(event?.body['id'])}'\nexport COAIA_PARENT_OBSERVATION_ID='P'\n`,
  );
});

test('every spelling of a type means the same', async () => {
  for (const spelled of ['-ts', '-tSPAN', '-t SPAN', '--type=SPAN', '-t span'])
    await run(`T ${spelled}`);
  await run('T -te');
  await run('T -tg');
  await run('T');
  await run('T -t tool');
  expect(stub.events().map(({ type }) => type)).toEqual([
    ...Array.from({ length: 5 }, () => 'span-create'),
    'event-create',
    'generation-create',
    'event-create',
    'tool-create',
  ]);
});

test('the seed order is recognised by COAIA_TRACE_ID and said on stderr', async () => {
  const { stderr } = await run('O T', { COAIA_TRACE_ID: 'T' });
  expect(stub.events()[0]?.body).toMatchObject({ id: 'O', traceId: 'T' });
  expect(stderr).toContain('T is the trace, O the observation');
  expect(stub.calls).toHaveLength(1);
});

test('without it the server is asked which of the two is a trace', async () => {
  await stub.close();
  stub = await openLangfuseStub(({ method }) =>
    method === 'GET' ? { json: { data: [{ id: 'T' }], meta: { totalPages: 1 } } } : undefined,
  );
  await run('O T');
  await run('T O');
  expect(stub.events().map(({ body }) => [body['traceId'], body['id']])).toEqual([
    ['T', 'O'],
    ['T', 'O'],
  ]);
});

test('named ids win over positions, and COAIA_TRACE_ID stands in for a missing trace', async () => {
  await run('--trace-id T O');
  await run('O --trace-id T', { COAIA_TRACE_ID: 'E' });
  await run('--observation-id O T');
  await run('-n x', { COAIA_TRACE_ID: 'E' });
  expect(stub.events().map(({ body }) => body['traceId'])).toEqual(['T', 'T', 'T', 'E']);
  expect(
    stub
      .events()
      .slice(0, 3)
      .map(({ body }) => body['id']),
  ).toEqual(['O', 'O', 'O']);
  const none = await run('-n x');
  expect(none).toMatchObject({ code: 2, stdout: '' });
});

test('TLID times are UTC, and an impossible one sends nothing', async () => {
  await run('T -ts --start-time 251216143022 --end-time 2512161431');
  await run('T -ts --start-time 251216143022 --tz +02:00');
  expect(stub.events().map(({ body }) => [body['startTime'], body['endTime']])).toEqual([
    ['2025-12-16T14:30:22Z', '2025-12-16T14:31:00Z'],
    ['2025-12-16T12:30:22Z', undefined],
  ]);
  const wrong = await run('T --start-time 259916143022');
  expect(wrong).toMatchObject({ code: 2, stdout: '' });
  expect(stub.events()).toHaveLength(2);
});

test('all fields of a generation travel', async () => {
  await run(
    `T -tg --model m --usage '{"input":1,"output":2}' --usage-details '{"input":1}' --cost-details '{"total":0.5}' --model-parameters '{"t":0}' --prompt a:b:3 --completion-start-time @1000 --status-message s --level warning --tool-calls '[{"name":"f"}]' -m '{"k":1}' --version 2`,
  );
  expect(stub.events()[0]).toMatchObject({
    type: 'generation-create',
    body: {
      model: 'm',
      usage: { input: 1, output: 2 },
      usageDetails: { input: 1 },
      costDetails: { total: 0.5 },
      modelParameters: { t: 0 },
      promptName: 'a:b',
      promptVersion: 3,
      completionStartTime: '1970-01-01T00:16:40.000Z',
      statusMessage: 's',
      level: 'WARNING',
      metadata: { k: 1, tool_calls: [{ name: 'f' }] },
      version: '2',
    },
  });
});

test('a span with a model travels in the form that takes one', async () => {
  await run('T -ts --model m');
  expect(stub.events()[0]).toMatchObject({
    type: 'observation-create',
    body: { type: 'SPAN', model: 'm' },
  });
});

test('the surrounding span is the parent only inside its own trace', async () => {
  const env = { COAIA_TRACE_ID: 'T', COAIA_PARENT_OBSERVATION_ID: 'P' };
  await run('T', env);
  await run('OTHER', env);
  expect(stub.events().map(({ body }) => body['parentObservationId'])).toEqual(['P', undefined]);
});

test('usage that is not an object exits 2', async () => {
  expect(await run("T -tg --usage '[1]'")).toMatchObject({ code: 2, stdout: '' });
  expect(stub.calls).toEqual([]);
});
