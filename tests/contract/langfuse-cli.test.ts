/** The official command line against this server, with the contracts of both major versions. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { event, openApiServer } from './api-server.ts';
import type { ApiServer } from './api-server.ts';
import { openLangfuseCli } from './langfuse-cli.ts';
import type { LangfuseCli } from './langfuse-cli.ts';
import { PAIR } from './pair.ts';

let server: ApiServer;
let cli: LangfuseCli;
beforeAll(async () => {
  server = await openApiServer();
  cli = openLangfuseCli(server);
  await server.ingest(PAIR);
});
afterAll(async () => {
  cli.close();
  await server.stop();
});

const run: LangfuseCli['run'] = (words, secretKey) => cli.run(words, secretKey);

/** What the program received, as it prints it with `--json`. */
// oxlint-disable-next-line typescript/no-explicit-any -- its form is what the tests check
async function ask(...words: readonly string[]): Promise<any> {
  const { code, stdout, stderr } = await run(words);
  expect({ words, code, stderr }).toMatchObject({ words, code: 0 });
  return JSON.parse(stdout);
}

const idsOf = (list: { readonly data: readonly { readonly id: string }[] }) =>
  list.data.map(({ id }) => id);

describe.each(['auto', '4'])('with --api-version %s', (version) => {
  const api = (...words: readonly string[]) => ask('--api-version', version, 'api', ...words);

  test('health and projects', async () => {
    expect(await api('health', 'get')).toMatchObject({ status: 'OK' });
    expect(await api('projects', 'list')).toMatchObject({ data: [{ id: expect.any(String) }] });
  });

  test('observations with groups and filters', async () => {
    const list = await api('observations', 'list', '--type', 'GENERATION', '--fields', 'core,io');
    expect(list.data).toMatchObject([{ id: 'generation-a', output: 'hello' }]);
    const roots = await api('observations', 'list', '--is-root-observation');
    expect(idsOf(roots)).toEqual(['event-b', 'root-a']);
  });

  test('every page by the cursor', async () => {
    const all = await api('observations', 'list', '--limit', '1', '--all');
    const items = Array.isArray(all) ? all : all.data;
    expect(items.map(({ id }: { id: string }) => id)).toEqual([
      'event-b',
      'generation-a',
      'root-a',
    ]);
  });
});

describe('with --api-version 3', () => {
  const api = (...words: readonly string[]) => ask('--api-version', '3', 'api', ...words);

  test('traces with every filter', async () => {
    const line =
      'traces list --name name-a --user-id user-a --session-id session-a --tags both --tags only-a ' +
      '--environment env-a --release release-a --version version-a --limit 5 --page 1 ' +
      '--from-timestamp 2026-02-01T00:00:00Z --to-timestamp 2026-02-02T00:00:00Z ' +
      '--order-by timestamp.asc --fields core,metrics';
    const found = await api(...line.split(' '));
    expect(found.data).toMatchObject([{ id: 'trace-a', latency: 4, input: null }]);
    expect(found.meta).toMatchObject({ page: 1, limit: 5, totalItems: 1, totalPages: 1 });
  });

  test('every page of traces', async () => {
    const all = await api('traces', 'list', '--limit', '1', '--all');
    const items = Array.isArray(all) ? all : all.data;
    expect(items.map(({ id }: { id: string }) => id)).toEqual(['trace-b', 'trace-a']);
  });

  test('one trace, one observation, one session', async () => {
    const trace = await api('traces', 'get', 'trace-a');
    expect(trace).toMatchObject({ id: 'trace-a', metadata: { letter: 'a' } });
    expect(trace.observations).toHaveLength(2);
    expect(await api('observations', 'get', 'generation-a')).toMatchObject({
      parentObservationId: 'root-a',
      usage: { input: 1000 },
    });
    expect(await api('sessions', 'get', 'session-a')).toMatchObject({ traces: [{}] });
  });

  test('observations and sessions in lists', async () => {
    const list = await api('observations', 'list', '--trace-id', 'trace-a', '--level', 'ERROR');
    expect(idsOf(list)).toEqual(['generation-a']);
    expect(idsOf(await api('sessions', 'list', '--environment', 'env-b'))).toEqual(['session-b']);
  });

  test('ingestion', async () => {
    const batch = [event('trace-create', { id: 'by-cli', name: 'by the command line' })];
    const result = await api('ingestion', 'batch', '--body-json', JSON.stringify({ batch }));
    expect(result).toEqual({ successes: [{ id: batch[0]?.id, status: 201 }], errors: [] });
    expect(await api('traces', 'get', 'by-cli')).toMatchObject({ name: 'by the command line' });
  });
});

test.each(['auto', '3'])('prompts with --api-version %s', async (version) => {
  const name = `folder/by cli ${version}`;
  const api = (...words: readonly string[]) =>
    ask('--api-version', version, 'api', 'prompts', ...words);
  const body = { name, prompt: 'Hello {{name}}', labels: ['production'], tags: [version] };
  const made = await api('create', '--body-json', JSON.stringify(body));
  expect(made).toMatchObject({ name, version: 1, labels: ['latest', 'production'] });
  expect(await api('get', name)).toMatchObject({ prompt: 'Hello {{name}}' });
  const change = JSON.stringify({ newLabels: ['staging'] });
  await api('update-version', name, '1', '--body-json', change);
  expect(await api('get', name, '--label', 'staging')).toMatchObject({ version: 1 });
  expect((await api('list', '--tag', version)).data).toMatchObject([{ name, versions: [1] }]);
  const gone = await run(['--api-version', version, 'api', 'prompts', 'delete', name]);
  expect(gone.code).toBe(0);
  expect((await api('list', '--tag', version)).data).toEqual([]);
});

test('OTLP spans', async () => {
  const span = {
    traceId: 'ab'.repeat(16),
    spanId: 'cd'.repeat(8),
    name: 'by otel',
    startTimeUnixNano: '1767225600000000000',
    endTimeUnixNano: '1767225601000000000',
  };
  const resourceSpans = [{ scopeSpans: [{ spans: [span] }] }];
  await ask('api', 'otel', 'export-traces', '--body-json', JSON.stringify({ resourceSpans }));
  expect((await server.read(`/observations/${span.spanId}`)).body).toMatchObject({
    name: 'by otel',
    latency: 1,
  });
});

test('deleting one and many traces', async () => {
  const ids = ['gone-1', 'gone-2', 'gone-3'];
  await server.ingest(ids.map((id) => event('trace-create', { id })));
  expect(await ask('api', 'traces', 'delete', 'gone-1')).toMatchObject({
    message: expect.any(String),
  });
  const body = JSON.stringify({ traceIds: ['gone-2', 'gone-3'] });
  expect(await ask('api', 'traces', 'delete-many', '--body-json', body)).toMatchObject({
    message: expect.any(String),
  });
  for (const id of ids) expect((await server.read(`/traces/${id}`)).status).toBe(404);
});

test('failures reach the user with their words', async () => {
  const missing = await run(['--api-version', '3', 'api', 'traces', 'get', 'none']);
  expect(missing.code).toBe(5);
  expect(missing.stdout + missing.stderr).toMatch(/LangfuseNotFoundError/);
  const refused = await run(['api', 'projects', 'list'], 'sk-lf-wrong');
  expect(refused.code).toBe(5);
  expect(refused.stdout + refused.stderr).toMatch(/Invalid credentials/);
  const absent = await run(['api', 'prompts', 'get', 'none']);
  expect(absent.code).toBe(5);
  expect(absent.stdout + absent.stderr).toMatch(/LangfuseNotFoundError/);
});
