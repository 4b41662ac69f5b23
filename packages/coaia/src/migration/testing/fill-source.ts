/** A project with something of every kind, more than one page of the kinds that are read by pages. */
import { createHash } from 'node:crypto';
import type { RoomServer } from '../../observability/testing/open-room-server.ts';

/** What tests ask for by id. */
export interface Filled {
  readonly mediaId: string;
  readonly mediaBytes: Buffer;
  readonly modelId: string;
  readonly configId: string;
}

const TRACES = 60;

/** Writes it through the API, as programs do. */
export async function fillSource(server: RoomServer): Promise<Filled> {
  await fillPrompts(server);
  const { configId, modelId } = await fillDefinitions(server);
  const { mediaId, mediaBytes } = await fillMedia(server);
  await fillTraces(server, mediaId);
  await fillDatasets(server);
  await fillScores(server, configId);
  await fillComments(server);
  await fillQueues(server, configId);
  return { mediaId, mediaBytes, modelId, configId };
}

async function send(server: RoomServer, method: string, path: string, body: unknown) {
  const answer = await server.send(method, path, body);
  if (answer.status >= 300 || answer.body?.errors?.length > 0)
    throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
  return answer.body;
}

async function fillPrompts(server: RoomServer): Promise<void> {
  for (let index = 0; index < 11; index++)
    await send(server, 'POST', '/v2/prompts', {
      name: `folder/prompt ${index}`,
      prompt: `Text ${index} for {{who}}`,
      config: { temperature: index / 10 },
      labels: index === 3 ? ['production'] : [],
      tags: ['b', 'a'],
      commitMessage: `first ${index}`,
    });
  await send(server, 'POST', '/v2/prompts', {
    name: 'folder/prompt 3',
    prompt: 'Second: @@@langfusePrompt:name=folder/prompt 4|version=1@@@',
    labels: ['staging'],
  });
  await send(server, 'POST', '/v2/prompts', {
    name: 'chat',
    type: 'chat',
    prompt: [
      { role: 'system', content: 'Be {{mood}}' },
      { type: 'placeholder', name: 'history' },
    ],
  });
}

async function fillDefinitions(server: RoomServer) {
  const config = await send(server, 'POST', '/score-configs', {
    name: 'tone',
    dataType: 'CATEGORICAL',
    categories: [
      { label: 'rude', value: 0 },
      { label: 'kind', value: 1 },
    ],
    description: 'How it sounds',
  });
  const model = await send(server, 'POST', '/models', {
    modelName: 'house-model',
    matchPattern: '(?i)^house-model$',
    unit: 'TOKENS',
    pricingTiers: [
      { name: 'Standard', isDefault: true, priority: 0, conditions: [], prices: { input: 0.001 } },
      {
        name: 'Large',
        isDefault: false,
        priority: 1,
        conditions: [{ usageDetailPattern: 'input', operator: 'gt', value: 100 }],
        prices: { input: 0.002 },
      },
    ],
  });
  return { configId: config.id as string, modelId: model.id as string };
}

async function fillMedia(server: RoomServer) {
  const mediaBytes = Buffer.from('not really a picture');
  const body = await send(server, 'POST', '/media', {
    traceId: 'trace-1',
    field: 'input',
    contentType: 'image/png',
    contentLength: mediaBytes.length,
    sha256Hash: createHash('sha256').update(mediaBytes).digest('base64'),
  });
  await fetch(body.uploadUrl, {
    method: 'PUT',
    body: mediaBytes,
    headers: { 'content-type': 'image/png' },
  });
  await send(server, 'PATCH', `/media/${body.mediaId}`, {
    uploadedAt: '2026-03-01T10:00:00.000Z',
    uploadHttpStatus: 200,
  });
  return { mediaId: body.mediaId as string, mediaBytes };
}

const at = (minute: number) => new Date(Date.UTC(2026, 0, 5, 10, minute)).toISOString();

async function fillTraces(server: RoomServer, mediaId: string): Promise<void> {
  const picture = `@@@langfuseMedia:type=image/png|id=${mediaId}|source=bytes@@@`;
  const batch = Array.from({ length: TRACES }, (_, index) => [
    {
      id: `e-t${index}`,
      type: 'trace-create',
      timestamp: at(index),
      body: {
        id: `trace-${index}`,
        timestamp: at(index),
        name: `name ${index}`,
        userId: `user-${index % 3}`,
        sessionId: index % 2 === 0 ? `session-${index % 4}` : undefined,
        tags: ['z', 'y'],
        release: 'r1',
        version: 'v1',
        public: index === 2,
        environment: 'staging',
        input: index === 1 ? { picture } : { question: index },
        output: `answer ${index}`,
        metadata: { long: 'x'.repeat(300), nested: { deep: [1, 2] } },
      },
    },
    {
      id: `e-o${index}`,
      type: 'span-create',
      timestamp: at(index),
      body: {
        id: `span-${index}`,
        traceId: `trace-${index}`,
        name: 'root',
        startTime: at(index),
        endTime: at(index + 1),
        environment: 'staging',
        input: { question: index },
        metadata: { long: 'y'.repeat(300) },
      },
    },
    {
      id: `e-g${index}`,
      type: 'generation-create',
      timestamp: at(index),
      body: {
        id: `generation-${index}`,
        traceId: `trace-${index}`,
        parentObservationId: `span-${index}`,
        name: 'call',
        startTime: at(index),
        endTime: at(index + 1),
        completionStartTime: at(index),
        model: index % 2 === 0 ? 'gpt-4o-mini' : 'house-model',
        modelParameters: { temperature: 0.5, stream: true },
        usageDetails: { input: 120 + index, output: 10, total: 130 + index },
        ...(index % 5 === 0 ? { costDetails: { input: 0.25, output: 0.5, total: 0.75 } } : {}),
        promptName: 'chat',
        promptVersion: 1,
        level: index % 7 === 0 ? 'ERROR' : 'DEFAULT',
        statusMessage: index % 7 === 0 ? 'too long' : undefined,
        environment: 'staging',
        input: [{ role: 'user', content: 'hi' }],
        output: 'hello',
      },
    },
  ]).flat();
  await send(server, 'POST', '/ingestion', { batch });
}

async function fillDatasets(server: RoomServer): Promise<void> {
  const inputSchema = { type: 'object', properties: { q: { type: 'string' } } };
  for (const name of ['cases/one', 'two'])
    await send(server, 'POST', '/v2/datasets', { name, description: 'd', inputSchema });
  for (let index = 0; index < 102; index++)
    await send(server, 'POST', '/dataset-items', {
      datasetName: index < 100 ? 'cases/one' : 'two',
      id: `item-${index}`,
      input: { q: `question ${index}` },
      expectedOutput: index,
      metadata: { index },
      sourceTraceId: 'trace-1',
      status: index === 5 ? 'ARCHIVED' : 'ACTIVE',
    });
  for (const index of [1, 2])
    await send(server, 'POST', '/dataset-run-items', {
      runName: 'run a',
      runDescription: 'first run',
      metadata: { model: 'm' },
      datasetItemId: `item-${index}`,
      traceId: `trace-${index}`,
      observationId: `span-${index}`,
    });
}

async function fillScores(server: RoomServer, configId: string): Promise<void> {
  const run = await server.send('GET', '/datasets/cases%2Fone/runs/run%20a');
  const scores = [
    { id: 's1', traceId: 'trace-1', name: 'accuracy', value: 0.5, comment: 'fine' },
    {
      id: 's2',
      traceId: 'trace-1',
      observationId: 'span-1',
      configId,
      name: 'tone',
      value: 'kind',
    },
    { id: 's3', sessionId: 'session-0', name: 'flag', value: 1, dataType: 'BOOLEAN' },
    { id: 's4', datasetRunId: run.body.id, name: 'overall', value: 3, metadata: { a: 1 } },
    { id: 's5', traceId: 'trace-2', name: 'words', value: 'free text', dataType: 'TEXT' },
  ];
  for (const score of scores)
    await send(server, 'POST', '/scores', { ...score, environment: 'staging' });
}

async function fillComments(server: RoomServer): Promise<void> {
  const { data } = await send(server, 'GET', '/projects', undefined);
  for (const [objectType, objectId] of [
    ['TRACE', 'trace-1'],
    ['OBSERVATION', 'span-1'],
    ['SESSION', 'session-0'],
  ])
    await send(server, 'POST', '/comments', {
      projectId: data[0].id,
      objectType,
      objectId,
      content: `about ${objectId}`,
    });
}

async function fillQueues(server: RoomServer, configId: string): Promise<void> {
  const queue = await send(server, 'POST', '/annotation-queues', {
    name: 'to look at',
    description: 'odd ones',
    scoreConfigIds: [configId],
  });
  for (const [objectType, objectId, status] of [
    ['TRACE', 'trace-1', 'PENDING'],
    ['SESSION', 'session-0', 'COMPLETED'],
  ])
    await send(server, 'POST', `/annotation-queues/${queue.id}/items`, {
      objectType,
      objectId,
      status,
    });
}
