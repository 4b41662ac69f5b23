import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  parseWindow,
  toBar,
  toMoved,
  toTicks,
  toWholeWindow,
  toWindowText,
  toZoomed,
} from './timeline.ts';

test('a bar is placed in percent and cut at the edges', () => {
  const window = { from: 100, to: 300 };
  expect(toBar(window, 150, 200)).toEqual({ left: 25, width: 25 });
  expect(toBar(window, 0, 200)).toEqual({ left: 0, width: 50 });
  expect(toBar(window, 250, 900)).toEqual({ left: 75, width: 25 });
  expect(toBar(window, 0, 50)).toBeUndefined();
  expect(toBar(window, 301, 400)).toBeUndefined();
});

test('zooming keeps the moment under the pointer where it is', () => {
  const next = toZoomed({ from: 0, to: 1000 }, 0.5, 250, 1000);
  expect(next).toEqual({ from: 125, to: 625 });
  expect((250 - next.from) / (next.to - next.from)).toBe(0.25);
});

test('zooming and moving never leave the trace', () => {
  const number = fc.double({ min: 0.01, max: 100, noNaN: true });
  fc.assert(
    fc.property(
      fc.double({ min: 1, max: 1e6, noNaN: true }),
      number,
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.double({ min: -3, max: 3, noNaN: true }),
      (duration, factor, at, by) => {
        const zoomed = toZoomed(toWholeWindow(duration), factor, at * duration, duration);
        const moved = toMoved(zoomed, by, duration);
        for (const window of [zoomed, moved]) {
          expect(window.from).toBeGreaterThanOrEqual(0);
          expect(window.to).toBeLessThanOrEqual(duration * (1 + 1e-9));
          expect(window.to).toBeGreaterThan(window.from);
        }
      },
    ),
  );
});

test('ticks are round and inside', () => {
  expect(toTicks({ from: 0, to: 1000 }, 5)).toEqual([0, 200, 400, 600, 800, 1000]);
  expect(toTicks({ from: 130, to: 180 }, 4)).toEqual([140, 160, 180]);
});

test('a window survives the address; the whole trace needs none', () => {
  expect(toWindowText(toWholeWindow(500), 500)).toBeUndefined();
  const window = { from: 12.5, to: 80 };
  expect(parseWindow(toWindowText(window, 500), 500)).toEqual(window);
  expect(parseWindow('80-12', 500)).toEqual({ from: 0, to: 500 });
  expect(parseWindow('nonsense', 500)).toEqual({ from: 0, to: 500 });
});

test('a trace of no length still has a window', () => {
  expect(toBar(toWholeWindow(0), 0, 0)).toEqual({ left: 0, width: 0 });
});
