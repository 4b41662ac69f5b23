import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCoaia } from '#cli/testing';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openLangfuseStub } from '../../testing/langfuse-stub.ts';
import type { LangfuseStub } from '../../testing/langfuse-stub.ts';

const folder = mkdtempSync(join(tmpdir(), 'coaia-batch-'));
let stub: LangfuseStub;
beforeEach(async () => {
  stub = await openLangfuseStub();
});
afterEach(() => stub.close());

const run = (line: string, stdin?: string) =>
  runCoaia(`fuse traces add-observations T ${line}`, {
    cwd: folder,
    env: stub.env,
    ...(stdin === undefined ? {} : { stdin }),
  });

const ITEMS = [
  { id: 'a', type: 'SPAN', name: 'load', start_time: '251216143022', input: 0 },
  { name: 'step', parent: 'load', startTime: '2025-12-16T14:30:23Z', output: false },
];

test('stdin and file, JSON and YAML, give the same observations', async () => {
  writeFileSync(join(folder, 'items.json'), JSON.stringify({ observations: ITEMS }));
  writeFileSync(
    join(folder, 'items.yaml'),
    '- id: a\n  type: SPAN\n  name: load\n  start_time: 251216143022\n  input: 0\n- name: step\n  parent: load\n  startTime: 2025-12-16T14:30:23Z\n  output: false\n',
  );
  await run('', JSON.stringify(ITEMS));
  await run('', ITEMS.map((item) => JSON.stringify(item)).join('\n'));
  await run('-f items.json');
  await run('--fil items.yaml --format yaml');
  const sent = stub.events().map(({ type, body }) => ({ type, body }));
  expect(sent).toHaveLength(8);
  for (let index = 2; index < 8; index++) expect(sent[index]).toEqual(sent[index % 2]);
  expect(sent[0]).toMatchObject({
    type: 'span-create',
    body: { id: 'a', startTime: '2025-12-16T14:30:22Z', input: 0 },
  });
  expect(sent[1]).toMatchObject({
    type: 'event-create',
    body: { id: 'T-obs-2', parentObservationId: 'a', output: false },
  });
});

test('YAML times keep their leading zero, quoted or not', async () => {
  await run(
    '--format yaml',
    '- start_time: 0512161430\n- start_time: "051216143022"\n- start_time: 2005-12-16T14:30:00+02:00\n',
  );
  expect(stub.events().map(({ body }) => body['startTime'])).toEqual([
    '2005-12-16T14:30:00Z',
    '2005-12-16T14:30:22Z',
    '2005-12-16T14:30:00+02:00',
  ]);
});

test('a dry run shows the real ids and makes no request', async () => {
  const { code, stdout } = await run('--dry-run', JSON.stringify(ITEMS));
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toEqual({
    trace_id: 'T',
    total_observations: 2,
    observations_preview: [
      {
        index: 1,
        id: 'a',
        type: 'SPAN',
        name: 'load',
        has_input: true,
        has_output: false,
        parent: null,
      },
      {
        index: 2,
        id: 'T-obs-2',
        type: 'EVENT',
        name: 'step',
        has_input: false,
        has_output: true,
        parent: 'a',
      },
    ],
  });
  expect(stub.calls).toEqual([]);
});

test('one refused item of two exits 5 and reports both by object id', async () => {
  await stub.close();
  stub = await openLangfuseStub((call) => {
    const { batch } = call.body as { batch: { id: string }[] };
    return {
      status: 207,
      json: {
        successes: [{ id: batch[0]?.id, status: 201 }],
        errors: [{ id: batch[1]?.id, status: 400, message: 'bad' }],
      },
    };
  });
  const { code, stdout, stderr } = await run('', JSON.stringify(ITEMS));
  expect(code).toBe(5);
  expect(JSON.parse(stdout)).toEqual({
    successes: [{ id: 'a', status: 201 }],
    errors: [{ id: 'T-obs-2', status: 400, message: 'bad' }],
    traceId: 'T',
  });
  expect(stderr).toContain('T-obs-2: bad');
});

test.each([
  ['unknown fields', '', [{ nmae: 'x' }], 0, 'unknown field nmae'],
  ['unknown fields, strictly', '--strict', [{ nmae: 'x' }], 1, 'unknown field nmae'],
  ['parents elsewhere, strictly', '--strict', [{ parent: 'gone' }], 1, 'gone is not in the batch'],
  [
    'circles',
    '',
    [
      { id: 'a', parent: 'b' },
      { id: 'b', parent: 'a' },
    ],
    1,
    'form a circle',
  ],
  ['double ids', '', [{ id: 'a' }, { id: 'a' }], 1, 'appears twice'],
  [
    'names that are not unique',
    '',
    [{ name: 'x' }, { name: 'x' }, { parent: 'x' }],
    1,
    '2 items are named x',
  ],
  ['wrong types', '', [{ type: 'SPAM' }], 1, 'unknown type'],
  ['wrong times', '', [{ start_time: '259916143022' }], 2, 'COAIA-1060'],
  ['items that are no objects', '', [3], 1, 'item 1 is not an object'],
])('%s', async (_, flags, items, code, message) => {
  const result = await run(flags, JSON.stringify(items));
  expect(result.code).toBe(code);
  expect(result.stderr).toContain(message);
  expect(stub.calls).toHaveLength(code === 0 ? 1 : 0);
});

test.each(['', '[', 'null', '[]'])('the text %j exits 1', async (text) => {
  expect(await run('', text)).toMatchObject({ code: 1, stdout: '' });
});

test('a file that is missing is named', async () => {
  const { code, stderr } = await run('-f nowhere.json');
  expect({ code, isNamed: stderr.includes('nowhere.json does not exist') }).toEqual({
    code: 1,
    isNamed: true,
  });
});
