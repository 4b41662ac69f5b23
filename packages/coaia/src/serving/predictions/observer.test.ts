/** What the observer promises: cheap, bounded, honest about what it drops, nothing kept that must not be. */
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { createChooser, SAMPLED_PER_SECOND } from './log/choose.ts';
import type { Flush, FlushSink } from './log/flush.ts';
import { isFoundByTime, toIdTime, toShare } from './log/prediction-id.ts';
import { decodeSegment } from './log/segment.ts';
import type { PredictionRecord } from './observer.ts';
import { openObserverOver, type ObserverOptions } from './open-observer.ts';
import { makePrediction, SCOPE, SIGNATURE, toUuid7 } from './testing/make-predictions.ts';

function createSink() {
  const written: Flush[] = [];
  const state = { isAway: false, refusesTraces: false };
  const sink: FlushSink = {
    async write(flush) {
      if (state.isAway) throw new Error('the store is away');
      if (state.refusesTraces && flush.events.length > 0) throw new Error('malformed');
      written.push(flush);
    },
    prune: async () => false,
  };
  const segments = () => written.flatMap((one) => one.segments);
  const count = () => segments().reduce((sum, one) => sum + one.prediction_count, 0);
  const stats = () =>
    new Map(
      written
        .flatMap((one) => one.stats)
        .map((row) => [`${row.version}${row.route}${row.at}`, row]),
    );
  const total = (name: 'predictions' | 'dropped') =>
    [...stats().values()]
      .filter(({ route }) => route === 'live')
      .reduce((sum, row) => sum + row[name], 0);
  return { sink, state, written, segments, count, total };
}

const OPTIONS: ObserverOptions = {
  scope: SCOPE,
  log: { payload: 'all', sample: 1, redact: [] },
  findSignature: () => SIGNATURE,
};

async function readAll(segments: Flush['segments']) {
  return (await Promise.all(segments.map((one) => decodeSegment(one.data, one)))).flat();
}

describe('recording', () => {
  it('flushes by itself, in segments of at most 4,000, and counts what it writes', async () => {
    const { sink, segments, count, total } = createSink();
    const observer = openObserverOver(sink, { ...OPTIONS, flushMs: 20 });
    const made = Array.from({ length: 5000 }, () => makePrediction());
    for (const one of made) observer.record(one);
    await expect.poll(count).toBe(5000);
    expect(segments().map((one) => one.prediction_count)).toEqual([4000, 1000]);
    expect(total('predictions')).toBe(5000);
    const ids = (await readAll(segments())).map(({ requestId }) => requestId);
    expect(ids).toEqual(made.map(({ requestId }) => requestId));
    await observer.close();
  });

  it('counts what a measurement sends, and keeps it out of what drift is judged by', async () => {
    const { sink, written, count, total } = createSink();
    const observer = openObserverOver(sink, OPTIONS);
    for (let index = 0; index < 5; index++)
      observer.record({ ...makePrediction(), ...(index < 2 ? {} : { tags: ['bench'] }) });
    await observer.close();
    const sketches = written.flatMap((one) => one.sketches.map(({ sketch }) => JSON.parse(sketch)));
    expect([count(), total('predictions'), sketches]).toMatchObject([5, 5, [{ rows: 2 }]]);
  });

  it('writes one flush at a time; what comes meanwhile waits, as far as there is room', async () => {
    const { sink, count, total } = createSink();
    let letGo = () => {};
    const held = new Promise<void>((resolve) => (letGo = resolve));
    let writes = 0;
    const slow: FlushSink = {
      ...sink,
      async write(flush) {
        writes++;
        await held;
        await sink.write(flush);
      },
    };
    const observer = openObserverOver(slow, { ...OPTIONS, flushMs: 1, mostPending: 20 });
    observer.record(makePrediction({ wt: 1 }));
    await expect.poll(() => writes).toBe(1);
    for (let index = 0; index < 30; index++) observer.record(makePrediction());
    await sleep(20);
    expect(writes).toBe(1);
    letGo();
    await observer.close();
    expect([count(), total('predictions'), total('dropped')]).toEqual([21, 21, 10]);
  });

  it('drops what finds no room, counts it and says so', async () => {
    const { sink, count, total } = createSink();
    const told: string[] = [];
    const observer = openObserverOver(sink, {
      ...OPTIONS,
      mostPending: 10,
      onProblem: (text) => told.push(text),
    });
    for (let index = 0; index < 25; index++) observer.record(makePrediction());
    await observer.close();
    expect([count(), total('predictions'), total('dropped')]).toEqual([10, 10, 15]);
    expect(told).toEqual([
      '15 predictions of cars were dropped: more arrived than could be written.',
    ]);
  });

  it('waits for a store that is away, without counting twice', async () => {
    const { sink, state, count, total, written } = createSink();
    const told: string[] = [];
    const observer = openObserverOver(sink, { ...OPTIONS, onProblem: (text) => told.push(text) });
    state.isAway = true;
    observer.record(makePrediction());
    await observer.flush();
    observer.record(makePrediction());
    await observer.flush();
    expect(told).toHaveLength(2);
    state.isAway = false;
    await observer.flush();
    await observer.close();
    expect([count(), total('predictions')]).toEqual([2, 2]);
    expect(new Set(written.flatMap(({ segments }) => segments.map(({ id }) => id))).size).toBe(2);
  });

  it('does not hold the log back for a trace that is refused', async () => {
    const { sink, state, count } = createSink();
    const told: string[] = [];
    state.refusesTraces = true;
    const observer = openObserverOver(sink, { ...OPTIONS, onProblem: (text) => told.push(text) });
    observer.record(makePrediction());
    await observer.close();
    expect(count()).toBe(1);
    expect(told).toEqual(['Traces of predictions could not be written: malformed']);
  });
});

describe('what is kept', () => {
  const keep = async (log: Partial<ObserverOptions['log']>, made: readonly PredictionRecord[]) => {
    const { sink, segments, written } = createSink();
    const observer = openObserverOver(sink, { ...OPTIONS, log: { ...OPTIONS.log, ...log } });
    for (const one of made) observer.record(one);
    await observer.close();
    return { all: await readAll(segments()), events: written.flatMap(({ events }) => events) };
  };

  it('is everything but sensitive and redacted fields, exactly', async () => {
    const made = makePrediction({
      wt: 0.1 + 0.2,
      tags: ['x'],
      lines: ['hello'],
      requestId: 'given',
      traceId: 'odd',
    });
    const { all } = await keep({ redact: ['region'] }, [made, makePrediction()]);
    expect(all[0]).toMatchObject({
      requestId: 'given',
      traceId: 'odd',
      tags: ['x'],
      lines: ['hello'],
      rows: 1,
      startedAt: made.startedAt,
      timings: { queueMs: 0.5, workerMs: 1, batchRows: 1 },
    });
    expect(all[0]?.inputs?.columns).toEqual([
      { name: 'wt', datatype: 'FP64', shape: [1], data: new Float64Array([0.1 + 0.2]) },
    ]);
    expect(all[1]?.requestId).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('is no value of a hidden field, in flags, refusals, counts and traces neither', async () => {
    const { sink, written } = createSink();
    const observer = openObserverOver(sink, {
      ...OPTIONS,
      log: { ...OPTIONS.log, redact: ['region'] },
    });
    const flag = { code: 'AO451', row: 0, field: 'income', message: '`income` = 77777 is far' };
    observer.record(makePrediction({ flags: [flag] }));
    observer.record(
      makePrediction({
        status: 422,
        error: { code: 'AO422', message: '`region`: "north" is not one' },
      }),
    );
    await observer.close();
    const texts = JSON.stringify(written.map(({ events, sketches }) => [events, sketches]));
    const all = JSON.stringify(await readAll(written.flatMap(({ segments }) => segments)));
    expect(texts + all).not.toMatch(/77777|north/);
    expect(all).toContain('`region` was refused; its value is not shown.');
    expect(texts).toContain(String.raw`\"region\":{`);
  });

  it('holds rows of several forms, missing values, whole numbers and lists', async () => {
    const columns = [
      { name: 'n', datatype: 'INT64', shape: [2], data: new BigInt64Array([2n ** 60n, 3n]) },
      { name: 't', datatype: 'BYTES', shape: [2], data: ['ä', null] },
      {
        name: 'p',
        datatype: 'FP32',
        shape: [2, 2],
        data: new Float32Array([0.5, 0.25, Number.NaN, 1]),
      },
    ] as const;
    const wide = makePrediction({ inputs: { rows: 2, columns }, outputs: [] });
    const { all } = await keep({}, [makePrediction(), wide, makePrediction(), wide]);
    expect(all[3]?.inputs?.columns.map(({ data, shape }) => [...shape, ...data])).toEqual([
      [2, String(2n ** 60n), 3],
      [2, 'ä', null],
      [2, 2, 0.5, 0.25, Number.NaN, 1],
    ]);
    expect(all[2]?.inputs?.rows).toBe(1);
  });

  it('is nothing with payload none, not even a trace', async () => {
    const { all, events } = await keep({ payload: 'none' }, [makePrediction()]);
    expect(all[0]).not.toHaveProperty('inputs');
    expect(all[0]).not.toHaveProperty('outputs');
    expect(events).toEqual([]);
  });

  it('is the inputs of a share with payload sample, and of all that is flagged or failed', async () => {
    const made = Array.from({ length: 200 }, () => makePrediction());
    const flag = { code: 'AO451', row: 0, field: 'wt', message: 'far' };
    const { all, events } = await keep({ payload: 'sample', sample: 0.2 }, [
      ...made,
      makePrediction({ flags: [flag] }),
      makePrediction({ status: 500 }),
    ]);
    const kept = all.filter(({ inputs }) => inputs !== undefined);
    expect(kept.length).toBeGreaterThan(20);
    expect(kept.length).toBeLessThan(80);
    expect(all.slice(-2).every(({ inputs }) => inputs !== undefined)).toBe(true);
    expect(all.every(({ outputs }) => outputs !== undefined)).toBe(true);
    expect(events.filter(({ type }) => type === 'trace-create')).toHaveLength(kept.length);
    const [first] = events;
    expect(first?.body).toMatchObject({
      metadata: { sampling: { reason: 'sampled', share: 0.2 } },
    });
  });
});

describe('choosing', () => {
  it('takes every one up to fifty a second, then as many as that, and says which share', () => {
    const choose = createChooser({ sample: 1 }, 0);
    let held = 0;
    const consider = (count: number, reason: 'failed' | 'sampled', at: number) => {
      const choice = choose();
      const shares = Array.from({ length: count }, () => toShare(toUuid7(at)));
      const isHeld = shares.map((share) => choice.consider(reason, share));
      held = isHeld.filter(Boolean).length;
      const { share, notable } = choice.close(at);
      // Nothing that is chosen in the end was let go before.
      expect(shares.filter((one, index) => one < share && !isHeld[index])).toEqual([]);
      return { share, notable };
    };
    expect(consider(20, 'sampled', 500)).toEqual({ share: 1, notable: 0 });
    const shares: number[] = [];
    for (let at = 1000; at <= 20_000; at += 500) shares.push(consider(500, 'sampled', at).share);
    const last = shares.slice(10);
    expect(Math.max(...last)).toBeLessThanOrEqual(SAMPLED_PER_SECOND / 2 / 500 + 0.01);
    consider(20_000, 'sampled', 20_500);
    expect(held).toBeLessThan(1200);
    const failed = consider(1000, 'failed', 21_000);
    expect([failed.notable, failed.share <= 0.1]).toEqual([100, true]);
  });
});

describe('ids', () => {
  it('tell their time, and which of them need an index', () => {
    const time = 1_790_000_000_123;
    const id = toUuid7(time);
    expect(toIdTime(id)).toBe(time);
    expect([
      isFoundByTime(id, time + 5),
      isFoundByTime(id, time + 100_000),
      isFoundByTime('mine', time),
    ]).toEqual([true, false, false]);
    const shares = Array.from({ length: 2000 }, () => toShare(toUuid7(time)));
    expect(shares.reduce((sum, one) => sum + one, 0) / 2000).toBeCloseTo(0.5, 1);
    expect(toShare(id)).toBe(toShare(id));
  });
});
