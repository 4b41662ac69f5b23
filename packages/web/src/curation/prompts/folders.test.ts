import { expect, test } from 'vitest';
import { isInFolder, toFolders } from './folders.ts';

test('each folder once with everything below it counted, parents first', () => {
  const names = ['a/b/x', 'a/y', 'a-z/q', 'top', 'a/b/z'];
  expect(toFolders(names)).toEqual([
    { path: 'a', name: 'a', level: 1, count: 3 },
    { path: 'a/b', name: 'b', level: 2, count: 2 },
    { path: 'a-z', name: 'a-z', level: 1, count: 1 },
  ]);
});

test('a folder holds what lies below it and nothing that only begins alike', () => {
  expect(isInFolder('a/b/x', 'a')).toBe(true);
  expect(isInFolder('ab/x', 'a')).toBe(false);
  expect(isInFolder('anything', '')).toBe(true);
});
