/** The final state of records does not depend on the order, grouping or repetition in which events arrive. */
import { hash } from 'node:crypto';
import { openTestDatabases } from '#store/testing';
import type { Database } from '#store';
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ingestBatch } from './ingest-batch.ts';

const scope = { projectId: 'p', level: 'project', via: 'local' } as const;

const NAMES = ['a', 'b', null] as const;
const toTime = (milliseconds: number) =>
  new Date(Date.UTC(2026, 0, 2, 3, 4) + milliseconds).toISOString();
const time = (second: number) => toTime(second * 1000);

const optional = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });

const observationBody = fc.record({
  traceId: optional(fc.constantFrom('t1', 't2')),
  name: optional(fc.constantFrom(...NAMES)),
  startTime: optional(fc.integer({ min: 0, max: 9 }).map(time)),
  endTime: optional(fc.integer({ min: 0, max: 9 }).map(time)),
  level: optional(fc.constantFrom('DEFAULT', 'ERROR', 'WARNING')),
  environment: optional(fc.constantFrom('prod', 'dev')),
  input: optional(fc.constantFrom({ a: 1 }, '', 0, null, 'text')),
  metadata: optional(
    fc.constantFrom({ a: { x: 1 } }, { a: { y: 2 }, b: 1 }, { a: 3 }, 'plain', {}),
  ),
  usage: optional(
    fc.constantFrom({ input: 10, output: 5 }, { promptTokens: 3, completionTokens: 4 }),
  ),
  costDetails: optional(fc.constantFrom({ total: 0.1 }, { input: 0.2, output: 0.3 })),
});

const traceBody = fc.record({
  name: optional(fc.constantFrom(...NAMES)),
  timestamp: optional(fc.integer({ min: 0, max: 9 }).map(time)),
  sessionId: optional(fc.constantFrom('s1', 's2')),
  public: optional(fc.boolean()),
  tags: optional(fc.subarray(['x', 'y', 'z'])),
  output: optional(fc.constantFrom('done', null, { ok: true })),
  metadata: optional(fc.constantFrom({ k: 1 }, { k: { z: 1 } }, null)),
});

const TYPES = [
  'span-create',
  'generation-create',
  'span-update',
  'observation-update',
  'tool-create',
];

const event = fc.oneof(
  fc.record({
    type: fc.constantFrom(...TYPES),
    subject: fc.constantFrom('o1', 'o2'),
    body: observationBody,
  }),
  fc.record({
    type: fc.constant('trace-create'),
    subject: fc.constantFrom('t1', 't2'),
    body: traceBody,
  }),
);

const events = fc.array(fc.tuple(event, fc.integer({ min: 0, max: 3 })), {
  minLength: 1,
  maxLength: 5,
});

/** Everything that reads can see, without the server's own clock. */
async function readState(db: Database) {
  const strip = (rows: readonly Readonly<Record<string, unknown>>[]) =>
    rows.map(({ created_at: _created, updated_at: _updated, writers: _writers, ...rest }) => rest);
  return {
    traces: strip(await db.read('SELECT * FROM traces ORDER BY id')),
    observations: strip(await db.read('SELECT * FROM observations ORDER BY id')),
    sessions: strip(await db.read('SELECT id FROM sessions ORDER BY id')),
    counters: await db.read(
      'SELECT name, SUM(value) AS value FROM counters GROUP BY name HAVING SUM(value) <> 0 ORDER BY name',
    ),
  };
}

async function clear(db: Database) {
  await db.write(async (tx) => {
    for (const table of ['traces', 'observations', 'sessions', 'scores', 'counters', 'changes']) {
      await tx.run(`DELETE FROM ${table}`);
    }
  });
}

describe.each(openTestDatabases())('order of events on $name', ({ open }) => {
  let db: Database;
  beforeAll(async () => {
    db = await open();
  });
  afterAll(() => db.close());

  async function store(batches: readonly (readonly unknown[])[]) {
    await clear(db);
    for (const batch of batches) {
      const { errors } = await ingestBatch({ db, clock: () => 0 }, scope, batch);
      expect(errors).toEqual([]);
    }
    return readState(db);
  }

  it('ends in the same state for every permutation, split and repetition', async () => {
    await fc.assert(
      fc.asyncProperty(
        events.chain((drafts) =>
          fc.tuple(
            fc.constant(drafts),
            fc.shuffledSubarray([...drafts.keys()], { minLength: drafts.length }),
            fc.nat(drafts.length),
          ),
        ),
        async ([drafts, order, cut]) => {
          const list = drafts.map(([draft, second], index) => ({
            id: `e${index}`,
            type: draft.type,
            // Within one batch the position decides between equal times, so here none are equal.
            timestamp: toTime(20_000 + second * 1000 + index),
            body: { id: draft.subject, ...draft.body },
          }));
          const shuffled = order.map((index) => list[index]);
          const expected = await store([list]);
          expect(await store([shuffled.slice(0, cut), shuffled.slice(cut)])).toEqual(expected);
          expect(await store(shuffled.map((one) => [one]))).toEqual(expected);
          expect(await store([list, shuffled])).toEqual(expected);
        },
      ),
      { numRuns: 60 },
    );
  });

  /** Names of trace `t1`, each in an event of the same millisecond, with ids that say nothing about order. */
  const toTies = (names: readonly string[]) =>
    names.map((name) => ({
      id: `${hash('sha1', name).slice(0, 8)}-${name}`,
      type: 'trace-create',
      timestamp: time(1),
      body: { id: 't1', name, metadata: { last: name } },
    }));
  const letters = 'abcdefghijklmnop'.split('');

  it('lets the last of one moment in a batch win, whatever the ids are', async () => {
    for (const names of [letters, letters.toReversed()]) {
      const { traces } = await store([toTies(names)]);
      expect(traces[0]).toMatchObject({ name: names.at(-1) });
      expect(JSON.parse(String(traces[0]?.['metadata']))).toMatchObject({ last: names.at(-1) });
    }
  });

  it('ends in the same state when all or one of them comes again', async () => {
    const ties = toTies(letters);
    const expected = await store([ties]);
    expect(await store([ties, ties])).toEqual(expected);
    expect(await store([[...ties, ...ties.slice(0, 4)]])).toEqual(expected);
    expect(await store([ties, ...ties.slice(0, 5).map((one) => [one])])).toEqual(expected);
    expect(await store([ties, ties.slice(-3)])).toEqual(expected);
  });

  it('keeps the order over a batch that is stored in several goes', async () => {
    const filler = Array.from({ length: 600 }, (_, index) => ({
      id: `filler-${index}`,
      type: 'span-create',
      timestamp: time(1),
      body: { id: `o${index}`, traceId: 't1' },
    }));
    const [first, second, third] = toTies(['z', 'm', 'a']);
    const batch = [first, ...filler.slice(0, 300), second, ...filler.slice(300), third];
    expect((await store([batch])).traces[0]).toMatchObject({ name: 'a' });
  });
});
