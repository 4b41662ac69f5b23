/** Wrong and hostile query parameters on every list: a plain answer or a plain refusal. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { toBatch, toTraceEvent } from './batch-corpus.ts';
import { isSoak, openHostileServer } from './hostile-server.ts';
import type { Answer, HostileServer } from './hostile-server.ts';
import { BAD_FILTERS, CONDITIONS, toCondition } from './filter-corpus.ts';
import { BAD_NUMBERS, HOSTILE_VALUES, LISTS } from './query-corpus.ts';
import { expectNoLeak, expectRefusal, expectStillWorking } from './refusals.ts';

describe('query parameters', () => {
  let server: HostileServer;
  beforeAll(async () => {
    server = await openHostileServer();
    const traces = [1, 2, 3].map((n) =>
      toTraceEvent(`t${n}`, { name: `n${n}`, sessionId: 's', tags: ['a'] }),
    );
    await server.post('/api/public/ingestion', toBatch(...traces));
  });
  afterAll(() => server.stop());

  const ask = (path: string, query: readonly (readonly [string, string])[]) =>
    server.send(`${path}?${new URLSearchParams(query as [string, string][]).toString()}`);

  /** Either a good answer or a proper refusal. */
  const expectPlain = (answer: Answer, label: string) => {
    if (answer.status !== 200) expectRefusal(answer, label, server.home);
    else expectNoLeak(answer, label, server.home);
  };

  it.each(LISTS)('refuse numbers out of range: $path', async ({ path, most, parameters }) => {
    for (const name of ['page', 'limit', 'buckets'].filter((one) => parameters.includes(one))) {
      const tooMany = name === 'limit' && most > 0 ? [String(most + 1)] : [];
      for (const value of [...BAD_NUMBERS, ...tooMany]) {
        const isLegalPage = name === 'page' && value === '1e9';
        const answer = await ask(path, [[name, value]]);
        const label = `${path} ${name}=${value.slice(0, 20)}`;
        if (isLegalPage) expect(answer.status, label).toBe(200);
        else expectRefusal(answer, label, server.home);
      }
    }
  });

  it.each(LISTS)('survive hostile values everywhere: $path', { timeout: 120_000 }, async (list) => {
    for (const name of list.parameters)
      for (const value of HOSTILE_VALUES)
        expectPlain(
          await ask(list.path, [[name, value]]),
          `${list.path} ${name}=${value.slice(0, 60)}`,
        );
  });

  it.each(LISTS)('survive repeated and unknown parameters: $path', async ({ path, parameters }) => {
    for (const name of parameters)
      expectPlain(
        await ask(path, [
          [name, 'a'],
          [name, '1'],
          [name, ''],
        ]),
        `${path} ${name} three times`,
      );
    expectPlain(
      await ask(path, [
        ['__proto__', 'x'],
        ['constructor', 'y'],
        ['a[b]', 'c'],
      ]),
      path,
    );
    expectPlain(await server.send(`${path}?&&==&a&=b&%&%zz=%zz`), `${path} broken escapes`);
    expectPlain(await server.send(`${path}?name=%00&q=%00`), `${path} NUL`);
    expectPlain(await server.send(`${path}?name=%ff%fe&q=%c3%28`), `${path} malformed UTF-8`);
  });

  it('survive one parameter 10,000 times', async () => {
    const short = Array.from({ length: 1500 }, () => 'tags=a').join('&');
    expectPlain(await server.send(`/api/public/traces?${short}`), '1,500 tags');
    // Longer lines are refused before they reach the application.
    const long = Array.from({ length: 10_000 }, () => 'environment=production').join('&');
    const answer = await server.send(`/api/public/traces?${long}`);
    expect([200, 400, 414, 431]).toContain(answer.status);
    expectNoLeak(answer, '10,000 environments', server.home);
  });

  const filtered = LISTS.filter(({ parameters }) => parameters.includes('filter'));

  it.each(filtered)('refuse filters that are no conditions: $path', async ({ path }) => {
    for (const filter of BAD_FILTERS)
      expectRefusal(await ask(path, [['filter', filter]]), filter.slice(0, 40), server.home);
  });

  it.each(filtered)(
    'survive every operator with every type of value: $path',
    { timeout: 600_000 },
    async ({ path }) => {
      const step = isSoak ? 1 : 13;
      for (let seed = 0; seed < CONDITIONS; seed += step) {
        const filter = JSON.stringify([toCondition(seed)]);
        expectPlain(await ask(path, [['filter', filter]]), `${path} ${filter.slice(0, 200)}`);
      }
    },
  );

  it('leave the server working', async () => {
    await expectStillWorking(server);
    expect(server.countRows()['traces']).toBe(4);
  });
});
