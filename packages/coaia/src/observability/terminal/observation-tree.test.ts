import type { Observation } from '@coaia/client';
import { expect, test } from 'vitest';
import { toTreeRows } from './observation-tree.ts';

const toObservation = (id: string, second: number, parent: string | null): Observation =>
  ({
    id,
    startTime: `2026-01-01T00:00:${String(second).padStart(2, '0')}.000Z`,
    parentObservationId: parent,
  }) as Observation;

const toShape = (observations: readonly Observation[], depth?: number) =>
  toTreeRows(observations, depth).map((row) => `${'.'.repeat(row.depth)}${row.observation.id}`);

test('children stand under their parents, by start time', () => {
  const observations = [
    toObservation('b2', 5, 'b'),
    toObservation('b', 3, null),
    toObservation('b1', 4, 'b'),
    toObservation('a', 1, null),
    toObservation('b1x', 9, 'b1'),
  ];
  expect(toShape(observations)).toEqual(['a', 'b', '.b1', '..b1x', '.b2']);
  expect(toShape(observations, 1)).toEqual(['a', 'b', '.b1', '.b2']);
});

test('orphans and circles stay visible, each once', () => {
  const observations = [
    toObservation('orphan', 1, 'gone'),
    toObservation('x', 2, 'y'),
    toObservation('y', 3, 'x'),
    toObservation('self', 4, 'self'),
    toObservation('below', 5, 'y'),
  ];
  const shape = toShape(observations);
  expect(shape.map((row) => row.replaceAll('.', '')).toSorted()).toEqual([
    'below',
    'orphan',
    'self',
    'x',
    'y',
  ]);
  expect(shape).toEqual(['orphan', 'x', '.y', '..below', 'self']);
});

test('a chain of ten thousand does not overflow the stack', () => {
  const chain = Array.from({ length: 10_000 }, (_, index) =>
    toObservation(String(index), 1, index === 0 ? null : String(index - 1)),
  );
  expect(toTreeRows(chain).at(-1)?.depth).toBe(9_999);
});

test('a hundred thousand children of one parent are in order', () => {
  const many = Array.from({ length: 100_000 }, (_, index) =>
    toObservation(String(index).padStart(6, '0'), 1, index === 0 ? null : '000000'),
  );
  const rows = toTreeRows(many);
  expect(rows).toHaveLength(100_000);
  expect([rows[1]?.observation.id, rows.at(-1)?.observation.id]).toEqual(['000001', '099999']);
  expect(rows.filter(({ isLast }) => isLast)).toHaveLength(2);
});
