import { describe, expect, test } from 'vitest';
import { toLinks } from './graph-model.ts';
import { findNeighbour, toCurve, toFit, toLayout } from './layout.ts';

const step = (id: string, needs: readonly string[] = [], parent: string | null = null) => ({
  id,
  name: `Step ${id}`,
  parent,
  needs,
});

const links = toLinks([
  step('load'),
  step('a', ['load']),
  step('b', ['Step load'], 'Step load'),
  step('end', ['a', 'b', 'nobody']),
]);

describe('the graph of steps', () => {
  test('links what is needed, by id or by name, and what hangs below', () => {
    expect(links.map(({ from, to, kind }) => `${from} ${to} ${kind}`)).toEqual([
      'load a needs',
      'load b needs',
      'a end needs',
      'b end needs',
    ]);
    expect(toLinks([step('x'), step('y', [], 'x'), step('z', ['z'])])).toEqual([
      { from: 'x', to: 'y', kind: 'parent' },
    ]);
    const chain = [
      step('top'),
      step('a', [], 'top'),
      step('b', ['a'], 'top'),
      step('b[0]', ['a'], 'b'),
    ];
    expect(toLinks(chain).map(({ from, to, kind }) => `${from} ${to} ${kind}`)).toEqual([
      'a b needs',
      'top a parent',
      'b b[0] parent',
    ]);
  });

  test('stands in columns without overlap', () => {
    const places = toLayout(['load', 'a', 'b', 'end'], links, 'LR').positions;
    const at = (id: string) => places.get(id) ?? { x: 0, y: 0 };
    expect(at('load').x).toBeLessThan(at('a').x);
    expect(at('a').x).toBe(at('b').x);
    expect(Math.abs(at('a').y - at('b').y)).toBeGreaterThanOrEqual(58);
    expect(at('end').x).toBeGreaterThan(at('a').x);
    expect(toFit(places, { width: 2000, height: 900 })).toBe(1);
    expect(toFit(places, { width: 412, height: 900 })).toBeCloseTo(412 / (at('end').x + 264), 5);
  });

  test('leads long links around what stands between', () => {
    const long = [...links, { from: 'load', to: 'end', kind: 'needs' as const }];
    const { routes } = toLayout(['load', 'a', 'b', 'end'], long, 'LR');
    expect(routes.get('load a')).toEqual([]);
    expect(routes.get('load end')?.length).toBeGreaterThan(0);
    const path = toCurve(
      [
        { x: 0, y: 0 },
        { x: 10, y: 20 },
      ],
      'TB',
    );
    expect(path).toBe('M0,0 C0,10 10,10 10,20');
    expect(toCurve([], 'LR')).toBe('');
  });

  test('keeps the order of the file among steps with the same neighbours', () => {
    const ids = ['top', 'load', 'check', 'save'];
    const below = ids.slice(1).map((to) => ({ from: 'top', to, kind: 'parent' as const }));
    const { positions } = toLayout(ids, below, 'LR');
    const tops = ids.slice(1).map((id) => positions.get(id)?.y ?? 0);
    expect(tops).toEqual(tops.toSorted((a, b) => a - b));
  });

  test('is walked by arrow keys', () => {
    const places = toLayout(['load', 'a', 'b', 'end'], links, 'LR').positions;
    const [upper, lower] =
      (places.get('a')?.y ?? 0) < (places.get('b')?.y ?? 0) ? ['a', 'b'] : ['b', 'a'];
    expect(['a', 'b']).toContain(findNeighbour('load', 'ArrowRight', places));
    expect(findNeighbour(upper, 'ArrowDown', places)).toBe(lower);
    expect(findNeighbour(lower, 'ArrowLeft', places)).toBe('load');
    expect(findNeighbour('load', 'ArrowLeft', places)).toBeUndefined();
    expect(findNeighbour('end', 'ArrowRight', places)).toBeUndefined();
  });

  test('places 200 steps within a second, also where many links cross many layers', () => {
    const ids = Array.from({ length: 200 }, (_, at) => `s${at}`);
    const tangle = ids.slice(1).flatMap((to, at) => [
      { from: `s${at}`, to, kind: 'needs' as const },
      { from: `s${Math.floor(at / 2)}`, to, kind: 'needs' as const },
    ]);
    const before = process.cpuUsage();
    const { positions, routes } = toLayout(ids, tangle, 'TB');
    const { user } = process.cpuUsage(before);
    expect(user / 1000).toBeLessThan(1000);
    expect(routes.get('s40 s82')).toEqual([]);
    const tops = ids.map((id) => positions.get(id)?.y ?? 0);
    expect(tops).toEqual(tops.toSorted((a, b) => a - b));
  });

  test('places a circle', () => {
    const circle = [
      { from: 'a', to: 'b', kind: 'needs' as const },
      { from: 'b', to: 'a', kind: 'needs' as const },
    ];
    expect(toLayout(['a', 'b'], circle, 'LR').positions.size).toBe(2);
  });
});
