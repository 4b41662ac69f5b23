/** What was imported, linked and scored is there after a crash, seen through the comparison and the versions. */
import { afterEach, describe, expect, test } from 'vitest';
import { startServer } from '../../bench/lib/server.ts';
import type { BenchServer } from '../../bench/lib/server.ts';
import { createPlace, DATABASES } from './places.ts';

const cleaners: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const clean of cleaners.splice(0).toReversed()) await clean();
});

async function send(
  server: BenchServer,
  method: string,
  path: string,
  body?: object,
  // oxlint-disable-next-line typescript/no-explicit-any -- its form is what the test checks
): Promise<any> {
  const answer = await fetch(`${server.url}${path}`, {
    method,
    headers: { authorization: server.authorization, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return answer.json();
}

const ITEMS = Array.from({ length: 12 }, (_, index) => `item-${index + 10}`);
const PAGE = '/api/v1/projects/default';

/** A run whose first `right` answers are right. */
async function makeRun(server: BenchServer, runName: string, right: number): Promise<void> {
  const batch = ITEMS.flatMap((item, index) => {
    const id = `${runName}-${item}`;
    const timestamp = new Date(Date.UTC(2026, 0, 1)).toISOString();
    const score = { id: `s-${id}`, traceId: id, name: 'right', value: index < right ? 1 : 0 };
    return [
      { id: `t-${id}`, type: 'trace-create', timestamp, body: { id, timestamp, output: id } },
      { id: `s-${id}`, type: 'score-create', timestamp, body: score },
    ];
  });
  await send(server, 'POST', '/api/public/ingestion', { batch });
  for (const item of ITEMS) {
    const link = { runName, datasetItemId: item, traceId: `${runName}-${item}` };
    await send(server, 'POST', '/api/public/dataset-run-items', link);
  }
}

describe.each(DATABASES)('on %s', (kind) => {
  test('imports, links and scores outlive a crash', { timeout: 90_000 }, async () => {
    const place = await createPlace(kind);
    cleaners.push(place.remove);
    const before = await startServer(place);
    const report = await send(before, 'POST', `${PAGE}/dataset-imports`, {
      datasetName: 'capitals',
      items: ITEMS.map((id) => ({
        id,
        input: id,
        metadata: { kind: id.endsWith('0') ? 'a' : 'b' },
      })),
      create: true,
    });
    expect(report).toMatchObject({ stored: 12, errorCount: 0 });
    await makeRun(before, 'old', 2);
    await makeRun(before, 'new', 11);
    await send(before, 'POST', `${PAGE}/dataset-trace-imports`, {
      datasetName: 'capitals',
      traceIds: ['old-item-10'],
    });
    await before.crash();

    const after = await startServer(place);
    cleaners.push(() => after.stop());
    const found = await send(
      after,
      'GET',
      `${PAGE}/experiments/compare?baseline=old&candidates=new`,
    );
    expect(found.scores).toMatchObject([
      {
        name: 'right',
        kind: 'pass',
        deltas: [
          { pairs: 12, meanDifference: 0.75, mcnemar: { onlyCandidate: 9 }, verdict: 'higher' },
        ],
      },
    ]);
    expect(found.rows).toHaveLength(12);
    expect(await send(after, 'GET', `${PAGE}/datasets`)).toMatchObject({
      data: [{ name: 'capitals', itemCount: 13, runCount: 2 }],
    });
    const moments = await send(after, 'GET', `${PAGE}/dataset-changes?name=capitals`);
    expect(moments.data.at(-1)).toMatchObject({ added: 12 });
    const list = await send(after, 'GET', `${PAGE}/experiments?dataset=capitals`);
    expect(list.data.map(({ name }: { name: string }) => name).toSorted()).toEqual(['new', 'old']);
  });
});
