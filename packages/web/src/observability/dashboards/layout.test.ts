import { expect, test } from 'vitest';
import { toPlaceAfter, toPlaceBy, toReadingOrder } from './layout.ts';

const place = { x: 6, y: 2, width: 6, height: 4 };

test('arrows move a tile and stop at the edges', () => {
  expect(toPlaceAfter(place, 'ArrowLeft', false)).toEqual({ ...place, x: 5 });
  expect(toPlaceAfter(place, 'ArrowRight', false)).toEqual(place);
  expect(toPlaceAfter({ ...place, y: 0 }, 'ArrowUp', false)).toEqual({ ...place, y: 0 });
  expect(toPlaceAfter(place, 'Enter', false)).toBeUndefined();
});

test('Shift with arrows changes the size and stops at the edges', () => {
  expect(toPlaceAfter(place, 'ArrowDown', true)).toEqual({ ...place, height: 5 });
  expect(toPlaceAfter(place, 'ArrowRight', true)).toEqual(place);
  expect(toPlaceBy(place, [-9, -9], true)).toEqual({ ...place, width: 1, height: 1 });
});

test('tiles are read row by row', () => {
  const tile = (id: string, x: number, y: number) =>
    ({ type: 'widget', id, widgetId: id, x, y, width: 6, height: 6 }) as const;
  const order = toReadingOrder([tile('c', 0, 6), tile('b', 6, 0), tile('a', 0, 0)]);
  expect(order.map(({ id }) => id)).toEqual(['a', 'b', 'c']);
});
