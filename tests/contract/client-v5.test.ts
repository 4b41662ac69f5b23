/** `@langfuse/client` 5 with `@langfuse/otel`: prompts, datasets, experiments, scores, media, on both databases. */
import { LangfuseClient, LangfuseMedia } from '@langfuse/client';
import { LangfuseSpanProcessor } from '@langfuse/otel';
import { observe, setLangfuseTracerProvider, startActiveObservation } from '@langfuse/tracing';
import { NodeTracerProvider } from '@opentelemetry/sdk-trace-node';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startServer } from '../../bench/lib/server.ts';
import type { BenchServer } from '../../bench/lib/server.ts';
import {
  createTestPostgres,
  findTestPostgres,
} from '../../packages/coaia/src/store/open-test-database.ts';

const postgres = findTestPostgres();
const DATABASES = postgres === undefined ? ['sqlite'] : ['sqlite', 'postgres'];

describe.each(DATABASES)('on %s', (database) => {
  let server: BenchServer;
  let provider: NodeTracerProvider;
  let langfuse: LangfuseClient;
  let removeDatabase = async () => {};
  beforeAll(async () => {
    let env = {};
    if (database === 'postgres' && postgres !== undefined) {
      const made = await createTestPostgres(postgres);
      env = { DATABASE_URL: made.url };
      removeDatabase = async () => made.remove();
    }
    server = await startServer({ env });
    const [publicKey = '', secretKey = ''] = atob(server.authorization.slice(6)).split(':');
    const keys = { baseUrl: server.url, publicKey, secretKey };
    provider = new NodeTracerProvider({ spanProcessors: [new LangfuseSpanProcessor(keys)] });
    provider.register();
    setLangfuseTracerProvider(provider);
    langfuse = new LangfuseClient(keys);
  });
  afterAll(async () => {
    await langfuse?.shutdown();
    await provider?.shutdown();
    setLangfuseTracerProvider(null);
    await server?.stop();
    await removeDatabase();
  });

  const flush = () => Promise.all([provider.forceFlush(), langfuse.flush()]);
  const read = async (path: string) => {
    const answer = await fetch(`${server.url}/api/public${path}`, {
      headers: { authorization: server.authorization },
    });
    // oxlint-disable-next-line typescript/no-explicit-any -- its form is what the tests check
    return (await answer.json()) as any;
  };

  test('prompts: created, compiled, kept, moved, deleted', async () => {
    const name = 'v5/greeting';
    const first = await langfuse.prompt.create({
      name,
      prompt: 'Hello {{who}}',
      labels: ['production'],
      config: { t: 1 },
    });
    expect(first.compile({ who: 'Ada' })).toBe('Hello Ada');
    await langfuse.prompt.get(name);
    await langfuse.prompt.create({ name, prompt: 'Hi {{who}}' });
    await langfuse.prompt.update({ name, version: 2, newLabels: ['production', 'staging'] });
    const fresh = await langfuse.prompt.get(name, { cacheTtlSeconds: 0 });
    expect(fresh).toMatchObject({ version: 2, labels: ['latest', 'production', 'staging'] });
    expect((await langfuse.prompt.get(name, { version: 1 })).config).toEqual({ t: 1 });
    await langfuse.prompt.create({
      name: 'v5-chat',
      type: 'chat',
      prompt: [
        { role: 'system', content: 'Be {{manner}}' },
        { type: 'placeholder', name: 'history' },
      ],
      labels: ['production'],
    });
    const chat = await langfuse.prompt.get('v5-chat', { type: 'chat' });
    const history = [{ role: 'user', content: 'hey' }];
    expect(chat.compile({ manner: 'kind' }, { history })).toEqual([
      { role: 'system', content: 'Be kind' },
      ...history,
    ]);
    const instead = await langfuse.prompt.get('v5-none', { fallback: 'instead', maxRetries: 0 });
    expect(instead).toMatchObject({ prompt: 'instead', isFallback: true });
    await langfuse.prompt.delete(name, { version: 1 });
    expect((await read('/v2/prompts?name=v5/greeting')).data).toMatchObject([{ versions: [2] }]);
  });

  test('a dataset, and an experiment over it', async () => {
    const name = 'v5/questions';
    await langfuse.api.datasets.create({ name, metadata: { a: 1 } });
    for (const [q, expectedOutput] of [
      [1, '2'],
      [2, '4'],
      [3, 'six'],
    ] as const)
      await langfuse.dataset.createItem({ datasetName: name, input: { q }, expectedOutput });
    const dataset = await langfuse.dataset.get(name);
    expect(dataset.items).toHaveLength(3);
    const result = await dataset.runExperiment({
      name: 'doubling',
      runName: 'doubling 1',
      metadata: { model: 'none' },
      task: async ({ input }) => String((input as { q: number }).q * 2),
      evaluators: [
        async ({ output, expectedOutput }) => ({
          name: 'exact',
          value: output === expectedOutput ? 1 : 0,
        }),
      ],
      runEvaluators: [async () => ({ name: 'overall', value: 0.5, comment: 'by hand' })],
    });
    await flush();
    const run = await read(`/datasets/${encodeURIComponent(name)}/runs/doubling%201`);
    expect(run).toMatchObject({ name: 'doubling 1', datasetName: name });
    const linked = run.datasetRunItems.map(({ traceId }: { traceId: string }) => traceId);
    expect(new Set(linked)).toEqual(new Set(result.itemResults.map(({ traceId }) => traceId)));
    const { data } = await read('/v2/scores?limit=100');
    const byName = (wanted: string) => data.filter((one: { name: string }) => one.name === wanted);
    expect(byName('exact').map(({ value }: { value: number }) => value)).toEqual(
      expect.arrayContaining([0, 1, 1]),
    );
    expect(byName('overall')).toMatchObject([{ datasetRunId: run.id, value: 0.5 }]);
    const trace = await read(`/traces/${linked[0]}`);
    expect(trace.observations).toHaveLength(1);
  });

  test('an experiment over items that are nowhere stored', async () => {
    const result = await langfuse.experiment.run({
      name: 'local',
      data: [{ input: 'a', expectedOutput: 'A' }],
      task: async ({ input }) => String(input).toUpperCase(),
      evaluators: [
        async ({ output, expectedOutput }) => ({
          name: 'local exact',
          value: output === expectedOutput ? 1 : 0,
          dataType: 'BOOLEAN',
        }),
      ],
    });
    await flush();
    expect(result.itemResults).toMatchObject([{ output: 'A' }]);
    const [item] = result.itemResults;
    const trace = await read(`/traces/${item?.traceId}`);
    expect(trace).toMatchObject({ input: 'a', output: 'A' });
    expect(trace.scores).toMatchObject([{ name: 'local exact', value: 1, dataType: 'BOOLEAN' }]);
  });

  test('observed functions, scores of what is active, and of a trace', async () => {
    const double = observe(async (number: number) => number * 2, { name: 'double' });
    const id = await startActiveObservation('outer', async (span) => {
      span.update({ input: 3, output: await double(3) });
      langfuse.score.activeObservation({ name: 'of span', value: 0.25 });
      langfuse.score.activeTrace({ name: 'of trace', value: 'fine', dataType: 'CATEGORICAL' });
      return span.traceId;
    });
    langfuse.score.create({ id: 'v5-fixed', traceId: id, name: 'late', value: 1 });
    await flush();
    const trace = await read(`/traces/${id}`);
    const names = trace.observations.map(({ name }: { name: string }) => name);
    expect(names.toSorted()).toEqual(['double', 'outer']);
    const scores = trace.scores.map((one: Record<string, unknown>) => [
      one['name'],
      one['stringValue'] ?? one['value'],
    ]);
    expect(Object.fromEntries(scores)).toEqual({ 'of span': 0.25, 'of trace': 'fine', late: 1 });
  });

  test('a file in an input is uploaded, referred to, and put back', async () => {
    const contentBytes = new TextEncoder().encode('hello from the client');
    const file = new LangfuseMedia({ source: 'bytes', contentBytes, contentType: 'text/plain' });
    const id = await startActiveObservation('with file', async (span) => {
      span.update({ input: { file } });
      return span.traceId;
    });
    await flush();
    const { observations } = await read(`/traces/${id}`);
    expect(observations[0].input.file).toMatch(/^@@@langfuseMedia:type=text\/plain\|id=/);
    const resolved = await langfuse.media.resolveReferences({
      obj: observations[0].input,
      resolveWith: 'base64DataUri',
    });
    expect(resolved).toEqual({
      file: `data:text/plain;base64,${Buffer.from(contentBytes).toString('base64')}`,
    });
  });
});
