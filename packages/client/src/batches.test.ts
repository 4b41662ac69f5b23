import { expect, test } from 'vitest';
import { sendBatches, toBatches } from './batches.ts';
import { ClientError } from './client-error.ts';
import type { IngestionEvent } from './wire.ts';

const toEvent = (id: string, text: string): IngestionEvent => ({
  id,
  type: 'span-create',
  timestamp: '2026-01-01T00:00:00.000Z',
  body: { text },
});

test('cuts by bytes of UTF-8, keeps order, and an oversized event travels alone', () => {
  const events = [
    toEvent('a', 'é'.repeat(100)),
    toEvent('b', 'x'),
    toEvent('c', 'y'.repeat(900)),
    toEvent('d', 'z'),
  ];
  const batches = toBatches(events, undefined, 500);
  expect(batches.map((batch) => batch.ids)).toEqual([['a', 'b'], ['c'], ['d']]);
  const sent = batches.flatMap((batch) => (JSON.parse(batch.body) as { batch: unknown[] }).batch);
  expect(sent).toEqual(events);
  const sizes = batches.map((batch) => Buffer.byteLength(batch.body));
  expect(sizes[0]).toBeLessThanOrEqual(500);
  expect(sizes[2]).toBeLessThanOrEqual(500);
});

test('an empty list is one empty batch', () => {
  expect(toBatches([], undefined)).toEqual([{ ids: [], body: '{"batch":[]}' }]);
});

test('answers are joined; a later failure is reported per event', async () => {
  const batches = toBatches(
    [toEvent('a', 'x'.repeat(400)), toEvent('b', 'x'.repeat(400))],
    undefined,
    500,
  );
  let calls = 0;
  const result = await sendBatches(batches, async () => {
    if (++calls > 1) throw new ClientError('gone', { kind: 'unreachable' });
    return { successes: [{ id: 'a', status: 201 }], errors: [] };
  });
  expect(result).toEqual({
    successes: [{ id: 'a', status: 201 }],
    errors: [{ id: 'b', status: 0, message: 'gone' }],
  });
});

test('a failing first batch rejects, because nothing was stored', async () => {
  const send = async () => {
    throw new ClientError('gone', { kind: 'unreachable' });
  };
  await expect(sendBatches(toBatches([toEvent('a', '')], undefined), send)).rejects.toThrow('gone');
});
