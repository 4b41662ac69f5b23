/** The calls of CoAiAPy's library against a real server. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  createClient,
  createLibrary,
  formatDatasetForFinetuning,
  isClientError,
  parseTlidToIso,
  validateScoreValue,
} from '../../packages/client/src/index.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openApiServer } from './api-server.ts';
import type { ApiServer } from './api-server.ts';

let server: ApiServer;
let home = '';
beforeAll(async () => {
  server = await openApiServer();
  home = await mkdtemp(join(tmpdir(), 'coaia-library-'));
});
afterAll(async () => {
  await server.stop();
  await rm(home, { recursive: true, force: true });
});

const open = () => {
  const { url: baseUrl, publicKey, secretKey } = server;
  return createLibrary(createClient({ baseUrl, publicKey, secretKey }));
};

test('traces, observations and outputs', async () => {
  const library = open();
  const traceId = await library.addTrace({ name: 'one', input: 0, userId: 'ada' });
  const parent = await library.addObservation(traceId, { name: 'outer', type: 'SPAN' });
  const ids = await library.addObservationsBatch(traceId, [
    { name: 'a', parentObservationId: parent },
    { name: 'b', parentObservationId: parent, input: false },
  ]);
  await library.patchTraceOutput(traceId, { done: true });
  const trace = await library.getTraceWithObservations(traceId);
  expect(trace).toMatchObject({ name: 'one', input: 0, output: { done: true }, userId: 'ada' });
  expect(trace.observations.map(({ id }) => id).toSorted()).toEqual([parent, ...ids].toSorted());
  expect(await library.getObservation(ids[1] ?? '')).toMatchObject({ type: 'EVENT', input: false });
});

test('datasets become lines for training', async () => {
  const library = open();
  await library.createDataset({ name: 'qa' });
  await library.createDataset({ name: 'other' });
  for (const datasetName of ['qa', 'other'])
    await library.createDatasetItem({
      datasetName,
      input: 'q',
      expectedOutput: { a: datasetName },
    });
  const lines = formatDatasetForFinetuning(await library.listDatasetItems('qa'));
  expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual([
    {
      messages: [
        { role: 'system', content: 'You are a helpful assistant' },
        { role: 'user', content: 'q' },
        { role: 'assistant', content: '{"a":"qa"}' },
      ],
    },
  ]);
});

test('scores by config, by label and by value; nothing is sent that does not fit', async () => {
  const library = open();
  const traceId = await library.addTrace({ name: 'scored' });
  const categories = [
    { label: 'Good', value: 1 },
    { label: 'Bad', value: 0 },
  ];
  await library.createScoreConfig({ name: 'verdict', dataType: 'CATEGORICAL', categories });
  for (const value of ['good', 0])
    await library.applyScoreConfig('verdict', { traceId }, { value, place: { home } });
  const { scores } = await library.getTraceWithObservations(traceId);
  expect(new Set(scores.map(({ stringValue }) => stringValue))).toEqual(new Set(['Bad', 'Good']));
  const wrong = library.applyScoreConfig(
    'verdict',
    { traceId },
    { value: 'fair', place: { home } },
  );
  await expect(wrong).rejects.toSatisfy(isClientError);
  const both = library.createScoreForTarget({ traceId, sessionId: 's' }, { name: 'n', value: 1 });
  await expect(both).rejects.toThrow('to one of them');
});

test.each([
  ['251216143022', '2025-12-16T14:30:22Z'],
  ['2512161430', '2025-12-16T14:30:00Z'],
])('%s is %s', (tlid, iso) => expect(parseTlidToIso(tlid)).toBe(iso));

test.each(['259916143022', '2502301200', 'now', ''])('%s is no time', (tlid) =>
  expect(() => parseTlidToIso(tlid)).toThrow('no time'),
);

test('values are checked by their config', () => {
  const range = { dataType: 'NUMERIC', minValue: 0, maxValue: 1 } as const;
  expect(validateScoreValue(range, '0.5')).toBe(0.5);
  expect(() => validateScoreValue(range, 2)).toThrow('from 0 to 1');
  expect(validateScoreValue({ dataType: 'BOOLEAN' }, 'yes')).toBe(1);
  expect(() => validateScoreValue({ dataType: 'BOOLEAN' }, 'perhaps')).toThrow('neither');
});
