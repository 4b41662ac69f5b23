/** Whatever waits goes together; nobody is forgotten, answered twice or given another's answer. */
import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createBatcher } from './batcher.ts';
import type { BatcherOptions } from './batcher.ts';

interface Item {
  readonly id: number;
  readonly rows: number;
  readonly kind: string;
}

const soon = () => Date.now() + 10_000;
const open = (more: Partial<BatcherOptions<Item, string>> = {}) => {
  const sent: (readonly Item[])[] = [];
  const batcher = createBatcher<Item, string>({
    maxRows: 4,
    maxWaitMs: 0,
    maxQueue: 100,
    lanes: 1,
    rowsOf: (item) => item.rows,
    canMerge: (one, other) => one.kind === other.kind,
    send: async (items) => {
      sent.push(items);
      await sleep(1);
      return items.map((item) =>
        item.kind === 'bad' ? { error: new Error(`no ${item.id}`) } : { value: `yes ${item.id}` },
      );
    },
    ...more,
  });
  return { batcher, sent };
};
const item = (id: number, rows = 1, kind = 'a') => ({ id, rows, kind });

describe('batcher', () => {
  it('is idle as soon as the last caller has left, whether or not there is a lane', async () => {
    const { batcher } = open({ lanes: 0 });
    const gone = new AbortController();
    const calls = [
      batcher.run(item(1), { deadline: soon(), signal: gone.signal }),
      batcher.run(item(2), { deadline: Date.now() + 30 }),
    ];
    const idle = batcher.idle().then(() => 'idle');
    gone.abort(new Error('gone'));
    await Promise.allSettled(calls);
    expect(await Promise.race([idle, sleep(1000, 'never')])).toBe('idle');
  });

  it('every call gets its own answer, batches keep their limit, order and kind', async () => {
    const calls = fc.array(
      fc.record({ rows: fc.integer({ min: 1, max: 6 }), kind: fc.constantFrom('a', 'b', 'bad') }),
      { maxLength: 30 },
    );
    await fc.assert(
      fc.asyncProperty(calls, fc.integer({ min: 1, max: 3 }), async (list, lanes) => {
        const { batcher, sent } = open({ lanes });
        const items = list.map((one, id) => ({ ...one, id }));
        const ends = await Promise.allSettled(
          items.map((one) => batcher.run(one, { deadline: soon() })),
        );
        for (const [id, end] of ends.entries())
          expect(end.status === 'fulfilled' ? end.value : String(end.reason)).toBe(
            items[id]?.kind === 'bad' ? `Error: no ${id}` : `yes ${id}`,
          );
        expect(sent.flat()).toEqual(items);
        for (const batch of sent) {
          expect(new Set(batch.map((one) => one.kind)).size).toBe(1);
          const rows = batch.reduce((sum, one) => sum + one.rows, 0);
          expect(rows <= 4 || batch.length === 1).toBe(true);
        }
        expect([batcher.active, batcher.queued]).toEqual([0, 0]);
      }),
      { numRuns: 30 },
    );
  });

  it('a lone call waits for no timer; with maxWaitMs it waits for others', async () => {
    const { batcher, sent } = open();
    await batcher.run(item(1), { deadline: soon() });
    expect(sent).toHaveLength(1);
    const patient = open({ maxWaitMs: 5_000, maxRows: 2 });
    const first = patient.batcher.run(item(1), { deadline: soon() });
    await sleep(10);
    expect(patient.sent).toEqual([]);
    await Promise.all([first, patient.batcher.run(item(2), { deadline: soon() })]);
    expect(patient.sent.map((batch) => batch.length)).toEqual([2]);
  });

  it('a call that gave up is not sent', async () => {
    const { batcher, sent } = open({ maxRows: 1 });
    const gone = new AbortController();
    const first = batcher.run(item(1), { deadline: soon() });
    const second = batcher.run(item(2), { deadline: soon(), signal: gone.signal });
    gone.abort(new Error('gone'));
    await expect(second).rejects.toThrow('gone');
    await first;
    await batcher.idle();
    expect(sent.flat().map((one) => one.id)).toEqual([1]);
    const aborted = batcher.run(item(3), { deadline: soon(), signal: gone.signal });
    await expect(aborted).rejects.toThrow('gone');
  });

  it('without lanes everybody waits, and fails together', async () => {
    const { batcher, sent } = open({ lanes: 0, maxQueue: 2 });
    const calls = [1, 2, 3].map((id) => batcher.run(item(id), { deadline: soon() }));
    await expect(calls[2]).rejects.toMatchObject({ code: 'AO429' });
    expect(batcher.queued).toBe(2);
    batcher.fail(new Error('no worker'));
    await expect(calls[0]).rejects.toThrow('no worker');
    await expect(calls[1]).rejects.toThrow('no worker');
    await batcher.idle();
    const late = batcher.run(item(4), { deadline: Date.now() + 30 });
    await expect(late).rejects.toMatchObject({ code: 'AO454' });
    const kept = batcher.run(item(5), { deadline: soon() });
    batcher.setLanes(1);
    expect(await kept).toBe('yes 5');
    expect(sent).toHaveLength(1);
  });

  it('a batch that cannot be sent fails its callers alone', async () => {
    let count = 0;
    const { batcher } = open({
      send: (items) => {
        count += 1;
        if (count === 1) return Promise.reject(new Error('wire'));
        return Promise.resolve(items.map(() => ({ value: 'ok' })));
      },
    });
    await expect(batcher.run(item(1), { deadline: soon() })).rejects.toThrow('wire');
    expect(await batcher.run(item(2), { deadline: soon() })).toBe('ok');
  });
});
