import fc from 'fast-check';
import { expect, test } from 'vitest';
import { toLayers, toLayout } from './layout.ts';

const toPlaces = (ids: readonly string[], edges: readonly (readonly [string, string])[]) =>
  new Map(
    toLayers(
      ids,
      edges.map(([from, to]) => ({ from, to })),
    ).map((node) => [node.id, node]),
  );

test('what is included stands to the right of everything that includes it', () => {
  const places = toPlaces(
    ['a', 'b', 'c'],
    [
      ['a', 'b'],
      ['b', 'c'],
      ['a', 'c'],
    ],
  );
  expect([...places.values()].map(({ id, column }) => [id, column])).toEqual([
    ['a', 0],
    ['b', 1],
    ['c', 2],
  ]);
});

test('links that would cross are put beside what links to them', () => {
  const places = toPlaces(
    ['a', 'b', 'x', 'y'],
    [
      ['a', 'y'],
      ['b', 'x'],
    ],
  );
  expect(places.get('y')?.row).toBe(places.get('a')?.row);
  expect(places.get('x')?.row).toBe(places.get('b')?.row);
});

test('a circle ends and leaves every node a place of its own', () => {
  const id = fc.constantFrom('a', 'b', 'c', 'd', 'e');
  fc.assert(
    fc.property(fc.array(fc.tuple(id, id), { maxLength: 12 }), (edges) => {
      const nodes = toLayers(
        ['a', 'b', 'c', 'd', 'e'],
        edges.map(([from, to]) => ({ from, to })),
      );
      expect(new Set(nodes.map(({ column, row }) => `${column}/${row}`)).size).toBe(5);
    }),
  );
});

test('a link over several columns keeps a row of its own in those between', () => {
  const edges = [
    { from: 'a', to: 'b' },
    { from: 'b', to: 'c' },
    { from: 'a', to: 'c' },
  ];
  const layout = toLayout(['a', 'b', 'c'], edges);
  const long = layout.edges.find((edge) => edge.from === 'a' && edge.to === 'c');
  expect(long?.via.map(({ column }) => column)).toEqual([0, 1, 2]);
  expect(long?.via[1]?.row).not.toBe(layout.nodes.find(({ id }) => id === 'b')?.row);
});
