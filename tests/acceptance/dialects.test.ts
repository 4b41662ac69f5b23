/** Spellings that documents of CoAiAPy and its TypeScript port promise; each does what it says on a real server. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openServerTarget } from './targets.ts';

let target: Awaited<ReturnType<typeof openServerTarget>>;
beforeAll(async () => {
  target = await openServerTarget();
  await target.run(['traces', 'create', 'T', '-s', 'S', '-n', 'first', '--tags', 'a', 'b']);
  await target.run(['datasets', 'create', 'qa']);
});
afterAll(() => target?.close());

async function print(...words: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await target.run(words);
  expect([words.join(' '), code, stderr]).toEqual([words.join(' '), 0, '']);
  return stdout;
}
const parse = (text: string) => JSON.parse(text);

test('the port: traces without an id, by options', async () => {
  const made = parse(
    await print('traces', 'create', '--name', 'n', '--session-id', 'P', '--input', '{"a":1}'),
  );
  expect(made.traceId).toMatch(/^[0-9a-f]{32}$/);
  const line = ['--trace-id', made.traceId, '--name', 'g', '--type', 'generation'];
  await print('traces', 'add-observation', ...line, '--input', 'i', '--output', 'o');
  await print('traces', 'patch-output', '--trace-id', made.traceId, '--output', 'done');
  expect(await target.read(`/traces/${made.traceId}`)).toMatchObject({
    sessionId: 'P',
    input: { a: 1 },
    output: 'done',
    observations: [{ type: 'GENERATION', name: 'g', output: 'o' }],
  });
  const list = [
    '--session-id',
    'S',
    '--tags',
    'a,b',
    '--order-by',
    'timestamp.asc',
    '--limit',
    '5',
  ];
  expect(parse(await print('traces', 'list', ...list, '--json'))).toMatchObject([{ id: 'T' }]);
});

test('the port: prompts, datasets, scores, score configs and comments by options', async () => {
  await print('prompts', 'create', '--name', 'p', '--prompt', 'Hi', '--config', '{"t":1}');
  expect(parse(await print('prompts', 'get', 'p', '--version', '1', '--json'))).toMatchObject({
    config: { t: 1 },
  });
  await print('datasets', 'create', '--name', 'ds', '--description', 'd');
  const item = ['--dataset', 'ds', '--input', 'i', '--expected', 'e', '--metadata', '{"k":1}'];
  await print('dataset-items', 'create', ...item);
  expect((await target.read('/dataset-items?datasetName=ds')).data).toHaveLength(1);
  await print(
    'scc',
    'create',
    '--name',
    'Dial',
    '--data-type',
    'NUMERIC',
    '--min',
    '0',
    '--max',
    '1',
  );
  await print('scores', 'apply', '--config', 'Dial', '--trace-id', 'T', '--value', '0.5');
  const score = ['--name', 'n', '--trace-id', 'T', '--value', '1', '--data-type', 'BOOLEAN'];
  await print('scores', 'create', ...score, '--comment', 'c');
  expect((await target.read('/v2/scores')).data).toMatchObject([
    { name: 'n', dataType: 'BOOLEAN', comment: 'c' },
    { name: 'Dial', value: 0.5 },
  ]);
  await print('comments', 'post', '--trace-id', 'T', '--content', 'text', '--author', 'ada');
  expect((await target.read('/comments')).data).toMatchObject([{ authorUserId: 'ada' }]);
});

test('older documents: orders and words that the code of CoAiAPy never had', async () => {
  expect(parse(await print('traces', '--json'))).toEqual(
    parse(await print('traces', 'list', '--json')),
  );
  await print('traces', 'add-obs', 'T', 'single', '-n', 'one');
  const batch = await target.run(['traces', 'add-obs-batch', 'T'], { stdin: '[{"id":"many"}]' });
  expect(batch.code).toBe(0);
  for (const id of ['single', 'many'])
    expect(await target.read(`/observations/${id}`)).toMatchObject({ traceId: 'T' });
  await print('scores', 'apply', 'T', 'score-1', '--name', 'older', '-v', '2');
  expect(parse(await print('scores', 'get', 'score-1'))).toMatchObject({ value: 2, traceId: 'T' });
  await print('scores', 'add', 'T', '--name', 'added', '-v', '3');
  await print('scc', 'apply', '--config-id', 'Dial', '--trace-id', 'T', '-v', '1');
  await print('datasets', 'add', 'qa', '-i', 'x', '-e', 'y');
  expect((await target.read('/dataset-items?datasetName=qa')).data).toHaveLength(1);
  await print('comments', 'create', 'by place', 'session', 'S');
  await print('comments', 'add', 'T', 'trace first');
  expect((await target.read('/comments?objectType=SESSION&objectId=S')).data).toHaveLength(1);
});

test('older documents: sessions by one argument, by id, and resumed', async () => {
  const env = { COAIA_USER_ID: 'ada' };
  expect((await target.run(['sessions', 'create', 'solo'], { env })).code).toBe(0);
  expect(await print('sessions', 'view', 'solo')).toContain('session_id: solo');
  expect(await print('sessions', 'resume', 'solo')).toBe(
    "export COAIA_SESSION_ID='solo'\nexport COAIA_TRACE_ID='solo'\nexport COAIA_USER_ID='ada'\n",
  );
});

test('a config file that another tool exported is replaced by --force', async () => {
  await print('scc', 'export', '-o', 'configs.json');
  const { code, stdout } = await target.run(['scc', 'import', 'configs.json', '--force', '--json']);
  expect(code).toBe(0);
  expect(parse(stdout)).toBeDefined();
  expect((await target.read('/score-configs')).data).toHaveLength(1);
});
