/** Every type and operator of the JSON filter, on traces and on both forms of observations. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openApiServer } from './api-server.ts';
import type { ApiServer } from './api-server.ts';
import { PAIR } from './pair.ts';

let server: ApiServer;
beforeAll(async () => {
  server = await openApiServer();
  await server.ingest(PAIR);
});
afterAll(() => server.stop());

/** type, column, operator, value, then the letters of the traces that match; `column#key` names a member. */
type Line = readonly [type: string, column: string, operator: string, value: unknown, ids: string];

async function find(path: string, [type, place, operator, value]: Line): Promise<string> {
  const [column, key] = place.split('#');
  const condition = { type, column, operator, value, ...(key === undefined ? {} : { key }) };
  const filter = encodeURIComponent(JSON.stringify([condition]));
  const { status, body } = await server.read(`${path}?filter=${filter}`);
  if (status !== 200) return `${status} ${JSON.stringify(body)}`;
  const ids = body.data.map(({ id }: { id: string }) => id.replace('trace-', ''));
  return ids.toSorted().join(' ');
}

// oxfmt-ignore
const TRACES: readonly Line[] = [
  ['string', 'name', '=', 'name-a', 'a'],
  ['string', 'name', 'contains', 'ame-', 'a b'],
  ['string', 'name', 'does not contain', '-a', 'b'],
  ['string', 'name', 'starts with', 'name', 'a b'],
  ['string', 'name', 'ends with', '-b', 'b'],
  ['string', 'id', '=', 'trace-a', 'a'],
  ['string', 'userId', '=', 'user-a', 'a'],
  ['string', 'sessionId', '=', 'session-b', 'b'],
  ['string', 'environment', '=', 'env-a', 'a'],
  ['string', 'version', '=', 'version-a', 'a'],
  ['string', 'release', '=', 'release-a', 'a'],
  ['string', 'name', 'contains', 'NAME', ''],
  ['datetime', 'timestamp', '>', '2026-02-01T10:00:00.000Z', 'b'],
  ['datetime', 'timestamp', '>=', '2026-02-01T10:00:00.000Z', 'a b'],
  ['datetime', 'timestamp', '<', '2026-02-03T10:00:00.000Z', 'a'],
  ['datetime', 'timestamp', '<=', '2026-02-03T12:00:00+02:00', 'a b'],
  ['stringOptions', 'name', 'any of', ['name-a', 'x'], 'a'],
  ['stringOptions', 'environment', 'none of', ['env-a'], 'b'],
  ['arrayOptions', 'tags', 'any of', ['only-a', 'x'], 'a'],
  ['arrayOptions', 'tags', 'none of', ['only-a'], 'b'],
  ['arrayOptions', 'tags', 'all of', ['both', 'only-a'], 'a'],
  ['number', 'latency', '>=', 4, 'a'],
  // An event has no end and counts as a moment.
  ['number', 'latency', '<', 4, 'b'],
  ['number', 'inputTokens', '=', 1000, 'a'],
  ['number', 'outputTokens', '>', 99, 'a'],
  ['number', 'totalTokens', '<=', 1100, 'a'],
  ['number', 'totalCost', '>', 0.0002, 'a'],
  ['number', 'inputCost', '>', 0.0001, 'a'],
  ['number', 'outputCost', '<', 0.0001, 'a'],
  ['number', 'errorCount', '=', 1, 'a'],
  ['number', 'warningCount', '=', 0, 'a b'],
  ['number', 'defaultCount', '=', 1, 'a b'],
  ['number', 'debugCount', '>', 0, ''],
  ['stringOptions', 'level', 'any of', ['ERROR'], 'a'],
  ['stringObject', 'metadata#letter', '=', 'a', 'a'],
  ['stringObject', 'metadata#letter', 'does not contain', 'a', 'b'],
  ['categoryOptions', 'score_categories#tone', 'any of', ['polite'], 'a'],
  ['numberObject', 'scores_avg#accuracy', '>', 0.7, 'a'],
  ['numberObject', 'scores_avg#accuracy', '<', 0.7, ''],
  ['numberObject', 'scores#accuracy', '=', 0.75, 'a'],
  ['booleanObject', 'score_booleans#valid', '=', true, 'a'],
  ['booleanObject', 'score_booleans#valid', '=', false, ''],
  ['booleanObject', 'score_booleans#valid', '<>', true, 'b'],
  ['booleanObject', 'score_booleans#valid', '<>', false, 'a b'],
  ['string', 'level', '=', 'DEFAULT', 'b'],
  ['number', 'tokens', '=', 1100, 'a'],
  ['categoryOptions', 'metadata#letter', 'any of', ['a', 'c'], 'a'],
  ['categoryOptions', 'metadata#letter', 'none of', ['a'], 'b'],
  ['numberObject', 'metadata#rank', '>=', 2, 'b'],
  ['numberObject', 'metadata#rank', '<', 2, 'a'],
  ['stringObject', 'metadata#letter', 'starts with', 'a', 'a'],
  ['stringObject', 'metadata#letter', 'ends with', 'b', 'b'],
  ['boolean', 'bookmarked', '=', false, 'a b'],
  ['boolean', 'bookmarked', '<>', false, ''],
  ['null', 'userId', 'is null', '', ''],
  ['null', 'userId', 'is not null', '', 'a b'],
];

// oxfmt-ignore
const OBSERVATIONS: readonly Line[] = [
  ['string', 'id', '=', 'root-a', 'root-a'],
  ['string', 'type', '=', 'EVENT', 'event-b'],
  ['string', 'name', 'starts with', 'gen', 'generation-a'],
  ['string', 'traceId', '=', 'trace-b', 'event-b'],
  ['datetime', 'startTime', '>', '2026-02-01T10:00:00.500Z', 'event-b generation-a'],
  ['datetime', 'endTime', '<', '2026-02-01T10:00:04.000Z', 'generation-a'],
  ['string', 'environment', '=', 'env-b', 'event-b'],
  ['stringOptions', 'level', 'any of', ['ERROR', 'WARNING'], 'generation-a'],
  ['string', 'statusMessage', 'contains', 'long', 'generation-a'],
  ['string', 'version', 'ends with', '-b', 'event-b'],
  ['number', 'latency', '>', 3, 'root-a'],
  ['number', 'timeToFirstToken', '=', 0.25, 'generation-a'],
  ['number', 'tokensPerSecond', '=', 40, 'generation-a'],
  ['number', 'inputTokens', '>=', 1000, 'generation-a'],
  ['number', 'outputTokens', '<', 100, ''],
  ['number', 'totalTokens', '=', 1100, 'generation-a'],
  ['number', 'inputCost', '>', 0.0001, 'generation-a'],
  ['number', 'outputCost', '>', 0.0001, ''],
  ['number', 'totalCost', '>', 0.0002, 'generation-a'],
  ['string', 'model', '=', 'gpt-4o-mini', 'generation-a'],
  ['string', 'promptName', '=', 'ask', 'generation-a'],
  ['number', 'promptVersion', '=', 3, 'generation-a'],
  ['stringObject', 'metadata#short', '=', 'yes', 'generation-a'],
  ['null', 'parentObservationId', 'is null', '', 'event-b root-a'],
  ['null', 'parentObservationId', 'is not null', '', 'generation-a'],
  ['string', 'userId', '=', 'user-b', 'event-b'],
  ['string', 'sessionId', '=', 'session-b', 'event-b'],
  ['string', 'traceName', '=', 'name-b', 'event-b'],
  ['string', 'traceEnvironment', '=', 'env-b', 'event-b'],
  ['arrayOptions', 'traceTags', 'any of', ['only-a'], 'generation-a root-a'],
  ['number', 'tokens', '=', 1100, 'generation-a'],
];

// oxfmt-ignore
const V2: readonly Line[] = [
  ...OBSERVATIONS,
  ['string', 'input', 'matches', 'hi', 'generation-a'],
  ['string', 'output', 'contains', 'ell', 'generation-a'],
  ['boolean', 'isRootObservation', '=', true, 'event-b root-a'],
  ['boolean', 'isRootObservation', '<>', true, 'generation-a'],
  ['arrayOptions', 'tags', 'all of', ['only-a', 'both'], 'generation-a root-a'],
  ['string', 'input', 'matches', 'HI', 'generation-a'],
  ['string', 'output', 'matches', '%', ''],
  ['stringObject', 'metadata#short', 'matches', 'ye', 'generation-a'],
  ['stringObject', 'metadata#short', 'matches', 'YE', ''],
  ['string', 'providedModelName', '=', 'gpt-4o-mini', 'generation-a'],
];

describe.each([
  { path: '/traces', lines: TRACES },
  { path: '/observations', lines: OBSERVATIONS },
  { path: '/v2/observations', lines: V2 },
])('the JSON filter of $path', ({ path, lines }) => {
  test.each(lines)('%s %s %s %j', async (...line) => {
    expect(await find(path, line)).toBe(line[4]);
  });

  test('conditions are joined by and', async () => {
    const conditions = [
      { type: 'string', column: 'environment', operator: '=', value: 'env-a' },
      { type: 'string', column: 'name', operator: 'does not contain', value: 'a' },
    ];
    const filter = encodeURIComponent(JSON.stringify(conditions));
    const { body } = await server.read(`${path}?filter=${filter}`);
    for (const { name, environment } of body.data) {
      expect(environment).toBe('env-a');
      expect(name).not.toContain('a');
    }
  });

  test('an empty list of conditions is all', async () => {
    const all = (await server.read(path)).body;
    expect((await server.read(`${path}?filter=%5B%5D`)).body).toEqual(all);
  });

  test('a column that does not exist is refused by its name', async () => {
    const filter = JSON.stringify([{ type: 'string', column: 'moood', operator: '=', value: 'x' }]);
    const { status, body } = await server.read(`${path}?filter=${encodeURIComponent(filter)}`);
    expect(status).toBe(400);
    expect(body.message).toContain('moood');
  });
});
