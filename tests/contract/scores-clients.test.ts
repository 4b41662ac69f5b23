/** Scores and their configs through the official clients: the command line and the generated client of SDK 5. */
import { createRequire } from 'node:module';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { event, openApiServer } from './api-server.ts';
import type { ApiServer } from './api-server.ts';
import { openLangfuseCli } from './langfuse-cli.ts';
import type { LangfuseCli } from './langfuse-cli.ts';

let server: ApiServer;
let cli: LangfuseCli;
beforeAll(async () => {
  server = await openApiServer();
  cli = openLangfuseCli(server);
  await server.ingest([event('trace-create', { id: 'trace-a', name: 'a' })]);
});
afterAll(async () => {
  cli.close();
  await server.stop();
});

// oxlint-disable-next-line typescript/no-explicit-any -- its form is what the tests check
async function ask(...words: readonly string[]): Promise<any> {
  const { code, stdout, stderr } = await cli.run(words);
  expect({ words, code, stderr }).toMatchObject({ words, code: 0 });
  return JSON.parse(stdout);
}

describe.each(['4', '3'])('langfuse --api-version %s', (version) => {
  const api = (...words: readonly string[]) => ask('--api-version', version, 'api', ...words);

  test('makes a config, scores by it, reads and deletes', async () => {
    const body = { name: `Quality ${version}`, dataType: 'NUMERIC', minValue: 0, maxValue: 10 };
    const config = await api('score-configs', 'create', '--body-json', JSON.stringify(body));
    expect(await api('score-configs', 'get', config.id)).toMatchObject(body);
    const id = `score-${version}`;
    const score = { id, traceId: 'trace-a', name: 'x', value: 7, configId: config.id };
    const made = await api('scores', 'create', '--body-json', JSON.stringify(score));
    expect(made).toEqual({ id });
    const list = await api('scores', 'list', '--config-id', config.id, '--fields', 'subject');
    expect(list.data).toMatchObject([
      { id, value: 7, name: body.name, subject: { id: 'trace-a' } },
    ]);
    const change = JSON.stringify({ isArchived: true });
    const changed = await api('score-configs', 'update', config.id, '--body-json', change);
    expect(changed.isArchived).toBe(true);
    await api('scores', 'delete', id);
    expect((await api('scores', 'list', '--id', id)).data).toEqual([]);
  });
});

// oxlint-disable-next-line typescript/no-explicit-any -- what it returns is what the tests check
type Call = (...parameters: unknown[]) => Promise<any>;

interface Client {
  readonly scores: Readonly<Record<'create', Call>>;
  readonly scoresV3: Readonly<Record<'getManyV3', Call>>;
  readonly scoreConfigs: Readonly<Record<'create' | 'get' | 'getById' | 'update', Call>>;
}

test('the generated client of SDK 5', async () => {
  const { LangfuseAPIClient } = createRequire(import.meta.resolve('@langfuse/tracing'))(
    '@langfuse/core',
  ) as { LangfuseAPIClient: new (options: object) => Client };
  const { url: baseUrl, publicKey: username, secretKey: password } = server;
  const client = new LangfuseAPIClient({ environment: '', baseUrl, username, password });
  const categories = [
    { label: 'Poor', value: 1 },
    { label: 'Good', value: 2 },
  ];
  const config = await client.scoreConfigs.create({
    name: 'Grade',
    dataType: 'CATEGORICAL',
    categories,
  });
  await client.scores.create({
    id: 'by-sdk',
    sessionId: 's',
    name: 'x',
    value: 'Good',
    configId: config.id,
  });
  const { data } = await client.scoresV3.getManyV3({ id: 'by-sdk', fields: 'details,subject' });
  expect(data).toMatchObject([
    {
      name: 'Grade',
      value: 'Good',
      dataType: 'CATEGORICAL',
      subject: { kind: 'session', id: 's' },
    },
  ]);
  expect(await client.scoreConfigs.getById(config.id)).toMatchObject({ categories });
  expect((await client.scoreConfigs.get({ limit: 1 })).data).toHaveLength(1);
  const wrong = { traceId: 'trace-a', name: 'x', value: 'Fair', configId: config.id };
  await expect(client.scores.create(wrong)).rejects.toMatchObject({ statusCode: 400 });
});
