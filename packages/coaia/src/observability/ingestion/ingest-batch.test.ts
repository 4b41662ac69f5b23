/** The rules of the batch API on real stores: what is accepted, how it merges, what is refused and why. */
import { openTestDatabases } from '#store/testing';
import type { Database, ObservationRow, ScoreRow, TraceRow } from '#store';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRecorder, ingestBatch } from './ingest-batch.ts';

const scope = { projectId: 'p', level: 'project', via: 'local' } as const;

describe.each(openTestDatabases())('ingestion on $name', ({ open }) => {
  let db: Database;
  let count = 0;
  beforeAll(async () => {
    db = await open();
  });
  afterAll(() => db.close());

  const event = (type: string, body: Readonly<Record<string, unknown>>, timestamp?: string) => ({
    id: `event-${count++}`,
    type,
    timestamp: timestamp ?? '2026-01-02T03:04:05.000Z',
    body,
  });
  const ingest = (...events: readonly unknown[]) =>
    ingestBatch({ db, clock: () => 1_767_323_045_000 }, scope, events);
  const one = async <Row>(table: string, id: string) => {
    const rows = await db.read<Row>(`SELECT * FROM ${table} WHERE project_id = ? AND id = ?`, [
      'p',
      id,
    ]);
    expect(rows).toHaveLength(1);
    return rows[0] as Row;
  };
  const trace = (id: string) => one<TraceRow>('traces', id);
  const observation = (id: string) => one<ObservationRow>('observations', id);

  it('judges each event alone and says why', async () => {
    const result = await ingest(
      event('trace-create', { id: 'alone' }),
      event('trace-create', { id: 'bad', name: 7 }),
      event('no-such-type', {}),
      { id: 'x', type: 'trace-create', timestamp: 'yesterday', body: {} },
      event('dataset-run-item-create', {}),
      event('sdk-log', { log: 'hello' }),
      'text',
    );
    expect(result.successes.map(({ status }) => status)).toEqual([201, 201]);
    expect(result.errors.map(({ status }) => status)).toEqual([400, 400, 400, 400, 400]);
    expect(result.errors[0]?.error).toEqual([
      { path: ['body', 'name'], message: 'Expected a string, got a number' },
    ]);
    await trace('alone');
    expect(await db.read("SELECT id FROM traces WHERE id = 'bad'")).toEqual([]);
  });

  it('merges: later events win, absent and {} keep, null overwrites, metadata deep, tags united', async () => {
    await ingest(
      event('trace-create', {
        id: 'm',
        name: 'first',
        userId: 'u',
        public: true,
        input: 'question',
        metadata: { a: { x: 1 }, b: 1 },
        tags: ['z', 'a'],
      }),
    );
    await ingest(
      event(
        'trace-create',
        {
          id: 'm',
          name: 'second',
          userId: null,
          input: '',
          metadata: { a: { y: 2 } },
          tags: ['m'],
        },
        '2026-01-02T03:04:06.000Z',
      ),
    );
    const row = await trace('m');
    expect(row).toMatchObject({ name: 'second', user_id: null, public: 1, input: '"question"' });
    expect(JSON.parse(row.metadata ?? '')).toEqual({ a: { x: 1, y: 2 }, b: 1 });
    expect(row.tags).toBe('["a","m","z"]');
  });

  it('keeps values that are zero, false or empty', async () => {
    await ingest(event('trace-create', { id: 'zero', input: 0, output: false }));
    expect(await trace('zero')).toMatchObject({ input: '0', output: 'false' });
  });

  it('sorts creates before updates and completes a record born from an update', async () => {
    await ingest(
      event('generation-update', { id: 'g', endTime: '2026-01-02T03:04:09.000Z', name: 'late' }),
    );
    await ingest(
      event('generation-create', {
        id: 'g',
        traceId: 'gt',
        name: 'early',
        startTime: '2026-01-02T03:04:05.000Z',
      }),
    );
    expect(await observation('g')).toMatchObject({
      name: 'late',
      type: 'GENERATION',
      trace_id: 'gt',
    });
    // The wrapper trace it had until its own was known is gone.
    expect(await db.read("SELECT id FROM traces WHERE id = 'g'")).toEqual([]);
  });

  it('changes nothing when an event is sent again, whatever came in between', async () => {
    const first = event('trace-create', { id: 'again', name: 'one', metadata: { n: 1 } });
    const second = event('trace-create', { id: 'again', name: 'two', metadata: { n: 2 } });
    await ingest(first);
    await ingest(second);
    const before = await trace('again');
    await ingest(first, first, second);
    expect(await trace('again')).toEqual(before);
  });

  it('clamps an end before the start, and keeps trace sums as observations change', async () => {
    await ingest(
      event('span-create', {
        id: 'c1',
        traceId: 'c',
        startTime: '2026-01-02T03:04:05.000Z',
        endTime: '2026-01-02T03:04:01.000Z',
        level: 'ERROR',
      }),
      event('generation-create', {
        id: 'c2',
        traceId: 'c',
        startTime: '2026-01-02T03:04:06.000Z',
        usage: { promptTokens: 10, completionTokens: 5 },
        costDetails: { input: 0.1, output: 0.2 },
      }),
    );
    expect((await observation('c1')).end_time).toBe(Date.parse('2026-01-02T03:04:05.000Z'));
    expect(await trace('c')).toMatchObject({
      observation_count: 2,
      error_count: 1,
      open_count: 1,
      total_tokens: 15,
      total_cost: 0.3,
    });
    await ingest(
      event('generation-update', {
        id: 'c2',
        endTime: '2026-01-02T03:04:08.000Z',
        level: 'WARNING',
      }),
    );
    expect(await trace('c')).toMatchObject({
      observation_count: 2,
      open_count: 0,
      warning_count: 1,
      end_time: Date.parse('2026-01-02T03:04:08.000Z'),
      total_cost: 0.3,
    });
  });

  it('stores scores with inferred types and refuses impossible ones', async () => {
    const result = await ingest(
      event('score-create', { id: 's1', traceId: 'c', name: 'quality', value: 0.9 }),
      event('score-create', { id: 's2', traceId: 'c', name: 'tone', value: 'kind' }),
      event('score-create', { id: 's3', traceId: 'c', name: 'ok', value: 1, dataType: 'BOOLEAN' }),
      event('score-create', { id: 's4', name: 'nothing', value: 1 }),
      event('score-create', { id: 's5', traceId: 'c', sessionId: 's', name: 'both', value: 1 }),
      event('score-create', {
        id: 's6',
        traceId: 'c',
        name: 'word',
        value: 'x',
        dataType: 'NUMERIC',
      }),
      event('score-create', { id: 's7', traceId: 'c', name: 'cfg', value: 1, configId: 'none' }),
    );
    expect(result.successes).toHaveLength(3);
    expect(result.errors).toHaveLength(4);
    expect(await one<ScoreRow>('scores', 's2')).toMatchObject({
      data_type: 'CATEGORICAL',
      value: 0,
      string_value: 'kind',
    });
    expect(await one<ScoreRow>('scores', 's3')).toMatchObject({ value: 1, string_value: 'True' });
  });

  it('lets a browser key write scores and nothing else', async () => {
    const result = await ingestBatch({ db, clock: () => 0 }, { ...scope, level: 'scores' }, [
      event('score-create', { id: 'b1', traceId: 'c', name: 'thumb', value: 1 }),
      event('trace-create', { id: 'b2' }),
    ]);
    expect(result.successes).toHaveLength(1);
    expect(result.errors[0]).toMatchObject({ status: 401, message: 'Access Scope Denied' });
  });

  it('survives hostile names and numbers', async () => {
    const { errors } = await ingest(
      event('trace-create', {
        id: '__proto__',
        metadata: JSON.parse('{"__proto__": {"polluted": true}, "constructor": 1}') as unknown,
      }),
      event('span-create', { id: 'year', startTime: '+275760-09-13T00:00:00.000Z' }),
      event('span-create', { id: 'cost', costDetails: { total: -1 } }),
      event('span-create', { id: 'usage', usageDetails: { input: 'many' } }),
    );
    expect(errors).toHaveLength(3);
    expect((await trace('__proto__')).metadata).toBe(
      '{"__proto__":{"polluted":true},"constructor":1}',
    );
    expect(({} as Readonly<Record<string, unknown>>).polluted).toBeUndefined();
  });

  it('stores NUL as the replacement character and refuses it in ids', async () => {
    const { errors } = await ingest(
      event('trace-create', {
        id: 'nul',
        name: 'a\0b',
        tags: ['t\0'],
        metadata: { 'k\0': 'v\0', path: String.raw`C:\u0000` },
      }),
      event('trace-create', { id: 'nul\0' }),
    );
    expect(errors).toHaveLength(1);
    const row = await trace('nul');
    expect(row).toMatchObject({ name: 'a\u{FFFD}b', tags: '["t\u{FFFD}"]' });
    expect(JSON.parse(row.metadata ?? '')).toEqual({
      'k\u{FFFD}': 'v\u{FFFD}',
      path: String.raw`C:\u0000`,
    });
  });

  it("records inside the caller's own transaction", async () => {
    const recorder = createRecorder({ db, clock: () => 0 });
    const failing = db.write(async (tx) => {
      await recorder.record(tx, scope, [event('trace-create', { id: 'rolled-back' })]);
      throw new Error('the caller failed');
    });
    await expect(failing).rejects.toThrow('the caller failed');
    expect(await db.read("SELECT id FROM traces WHERE id = 'rolled-back'")).toEqual([]);
  });
});
