/** Random bodies that look nearly right, against a real server. The seed is printed; COAIA_FUZZ_SEED repeats a run. */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isSoak, openHostileServer } from './hostile-server.ts';
import type { HostileServer } from './hostile-server.ts';
import { toOtlp } from './otlp-corpus.ts';
import { expectNoLeak, expectStillWorking } from './refusals.ts';

const seed = Number(process.env['COAIA_FUZZ_SEED'] ?? Date.now() % 2 ** 31);
const numRuns = isSoak ? 2000 : 150;

const words = fc.constantFrom(
  'id',
  'type',
  'timestamp',
  'body',
  'traceId',
  'name',
  'input',
  'output',
  'metadata',
  'usage',
  'usageDetails',
  'costDetails',
  'model',
  'modelParameters',
  'startTime',
  'endTime',
  'level',
  'tags',
  'sessionId',
  'userId',
  'public',
  'environment',
  'value',
  'dataType',
  'promptName',
  'promptVersion',
  '__proto__',
  'constructor',
  '',
);
const texts = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.constantFrom(
    'trace-create',
    'span-create',
    'span-update',
    'generation-create',
    'score-create',
    'event-create',
  ),
  fc.constantFrom(
    '2026-01-02T03:04:05Z',
    '2026-02-30T00:00:00Z',
    '+275760-09-13T00:00:00Z',
    '1',
    'ERROR',
    'NUMERIC',
  ),
);
const numbers = fc.oneof(fc.double(), fc.integer(), fc.constantFrom(-0, 1e308, 2 ** 53, -1));
const values = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    texts,
    numbers,
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(words, tie('value'), { maxKeys: 5 }),
  ),
})).value;

const bodies = fc.record(
  {
    id: fc.oneof(texts, values),
    traceId: texts,
    name: values,
    input: values,
    metadata: values,
    usageDetails: values,
    costDetails: values,
    startTime: texts,
    endTime: texts,
    tags: values,
    value: values,
    model: fc.oneof(fc.constantFrom('gpt-4o', 'claude-3-5-sonnet'), values),
    sessionId: fc.oneof(texts, values),
  },
  { requiredKeys: [] },
);
const events = fc.record(
  {
    id: texts,
    type: texts,
    timestamp: fc.constant('2026-01-02T03:04:05Z'),
    body: fc.oneof(bodies, values),
  },
  { requiredKeys: ['timestamp'] },
);

/** A valid text with a few characters changed, doubled or gone. */
const broken = (valid: string) =>
  fc
    .array(
      fc.tuple(
        fc.nat(valid.length - 1),
        fc.constantFrom('', '"', '{', ']', ',', ':', '\\', '0', '\0', '\ud800'),
      ),
      {
        minLength: 1,
        maxLength: 4,
      },
    )
    .map((edits) => {
      let text = valid;
      for (const [at, piece] of edits) text = text.slice(0, at) + piece + text.slice(at + 1);
      return text;
    });

describe('fuzzing', () => {
  let server: HostileServer;
  beforeAll(async () => {
    server = await openHostileServer();
    console.log(`seed ${seed}, ${numRuns} runs`);
  });
  afterAll(() => server.stop());

  const check = async (path: string, text: string, good: readonly number[]) => {
    const answer = await server.post(path, text);
    expect([...good, 400], answer.text.slice(0, 300)).toContain(answer.status);
    expectNoLeak(answer, text.slice(0, 300), server.home);
    return answer;
  };

  it('batches of nearly right events are judged one by one', { timeout: 600_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.oneof(events, values), { maxLength: 8 }), async (batch) => {
        const answer = await check('/api/public/ingestion', JSON.stringify({ batch }), [207]);
        if (answer.status !== 207) return;
        const { successes, errors } = JSON.parse(answer.text) as { successes: []; errors: [] };
        expect(successes.length + errors.length).toBe(batch.length);
      }),
      { seed, numRuns },
    );
  });

  it('broken JSON is refused or read as what it says', { timeout: 600_000 }, async () => {
    const batch = JSON.stringify({
      batch: [
        {
          id: 'e',
          type: 'trace-create',
          timestamp: '2026-01-02T03:04:05Z',
          body: { id: 'fuzz', input: [1] },
        },
      ],
    });
    await fc.assert(
      fc.asyncProperty(broken(batch), (text) =>
        check('/api/public/ingestion', text, [207]).then(() => undefined),
      ),
      { seed, numRuns },
    );
    await fc.assert(
      fc.asyncProperty(broken(toOtlp()), (text) =>
        check('/api/public/otel/v1/traces', text, [200]).then(() => undefined),
      ),
      { seed, numRuns },
    );
  });

  it('random protobuf is refused or read', { timeout: 600_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), async (bytes) => {
        const answer = await server.post('/api/public/otel/v1/traces', Uint8Array.from(bytes), {
          'content-type': 'application/x-protobuf',
        });
        expect([200, 400]).toContain(answer.status);
        expectNoLeak(answer, Buffer.from(bytes).toString('hex'), server.home);
      }),
      { seed, numRuns },
    );
  });

  it('every stored record can be read, and totals agree with the rows', async () => {
    await expectStillWorking(server);
    const rows = server.countRows();
    for (const [path, table] of [
      ['/api/public/traces', 'traces'],
      ['/api/public/observations', 'observations'],
      ['/api/public/sessions', 'sessions'],
    ] as const) {
      const list = await server.send(`${path}?limit=1`);
      expect([path, JSON.parse(list.text)]).toMatchObject([
        path,
        { meta: { totalItems: rows[table] } },
      ]);
    }
    for (let page = 1; page <= Math.ceil((rows['traces'] ?? 0) / 100); page++) {
      const list = await server.send(`/api/public/traces?limit=100&page=${page}`);
      expect(list.status).toBe(200);
      for (const { id } of (JSON.parse(list.text) as { data: { id: string }[] }).data)
        if (!/^\.{1,2}$/.test(id))
          expect(
            (await server.send(`/api/public/traces/${encodeURIComponent(id)}`)).status,
            id,
          ).toBe(200);
    }
  });
});
