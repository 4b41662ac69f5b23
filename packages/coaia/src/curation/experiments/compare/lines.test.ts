import { expect, test } from 'vitest';
import type { StoredExperiment } from '../storage.ts';
import { toRunGroups } from './lines.ts';

const toRun = (id: string, count: number | string) =>
  ({ experiment_id: id, item_count: count }) as StoredExperiment;

test('runs are read together up to what one reading takes; a large one stands alone', () => {
  // Postgres counts as texts.
  const runs = [
    toRun('a', 9000),
    toRun('b', '9000'),
    toRun('c', 5000),
    toRun('d', 90_000),
    toRun('e', 1),
  ];
  const ids = toRunGroups(runs).map((group) => group.map((run) => run.experiment_id));
  expect(ids).toEqual([['a', 'b'], ['c'], ['d'], ['e']]);
  expect(toRunGroups([])).toEqual([]);
});
